import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, NoObjectGeneratedError, Output, type LanguageModel as SdkModel, type ModelMessage } from 'ai';
import { SensegraphError } from '../../errors.ts';
import type { LanguageModel, ObjectRequest } from '../../ports/language-model.ts';

const TIMEOUT_MS = 60_000;

export interface OpenAiCompatibleOptions {
  /** Base URL, e.g. `http://127.0.0.1:11434/v1`. */
  readonly url: string;
  readonly model: string;
  readonly key?: string;
  /** Of one request. Default 60 s. */
  readonly timeoutMs?: number;
  /** Greater lengths cost more; the answer's schema fits in the default of 1,500 tokens. */
  readonly maxOutputTokens?: number;
}

/** A language model behind an endpoint that speaks the OpenAI chat API (Ollama, vLLM, llama.cpp, a hosted one). */
export class OpenAiCompatibleModel implements LanguageModel {
  readonly id: string;
  readonly #model: SdkModel;
  readonly #timeoutMs: number;
  readonly #maxOutputTokens: number;

  constructor(options: OpenAiCompatibleOptions) {
    this.id = options.model;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#maxOutputTokens = options.maxOutputTokens ?? 1500;
    const provider = createOpenAICompatible({
      name: 'openai-compatible',
      baseURL: options.url,
      supportsStructuredOutputs: true,
      ...(options.key === undefined ? {} : { apiKey: options.key }),
    });
    this.#model = provider.chatModel(options.model);
  }

  /** JSON of the schema. What doesn't fit goes back once with what is wrong with it; then, and on any failure of the way there, LANGUAGE_MODEL_FAILED. */
  async generateObject<T>(request: ObjectRequest<T>): Promise<T> {
    const messages: ModelMessage[] = [{ role: 'user', content: request.prompt }];
    try {
      return await this.#generate(messages, request);
    } catch (error) {
      request.signal?.throwIfAborted();
      if (!NoObjectGeneratedError.isInstance(error)) throw failed(error);
      messages.push(
        { role: 'assistant', content: error.text || '(nothing)' },
        {
          role: 'user',
          content: `That does not fit. ${complaint(error)}\nReply again with the whole JSON object and nothing else.`,
        },
      );
    }
    try {
      return await this.#generate(messages, request);
    } catch (error) {
      request.signal?.throwIfAborted();
      throw failed(error);
    }
  }

  async #generate<T>(messages: ModelMessage[], { system, schema, sampling, signal }: ObjectRequest<T>): Promise<T> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const { output } = await generateText({
      model: this.#model,
      system,
      messages,
      output: Output.object({ schema }),
      temperature: sampling?.temperature ?? 0,
      ...(sampling ? { seed: sampling.seed } : {}),
      maxRetries: 0,
      maxOutputTokens: this.#maxOutputTokens,
      abortSignal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    return schema.parse(output);
  }
}

/** What is wrong, for the model: the deepest cause says most. */
function complaint(error: Error): string {
  let deepest: Error = error;
  while (deepest.cause instanceof Error) deepest = deepest.cause;
  return deepest.message.slice(0, 1000);
}

function failed(error: unknown): SensegraphError {
  const why = error instanceof Error ? error.message : String(error);
  return new SensegraphError(
    'LANGUAGE_MODEL_FAILED',
    `The language model gave no usable answer: ${why}. Check SENSEGRAPH_LLM_URL and SENSEGRAPH_LLM_MODEL.`,
    { cause: error },
  );
}
