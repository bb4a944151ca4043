import { z } from 'zod';
import { SensegraphError } from '../../errors.ts';
import type { LanguageModel, ObjectRequest } from '../../ports/language-model.ts';
import type { LookingRequest, LookingText } from './generate/looking-model.ts';
import { plainWords } from './generate/looking-settings.ts';

/** A rationale takes 80 to 300, an answer less. */
const MOST_TOKENS = 600;
/** What is drawn holds this share of the probability: the long tail of a small model is noise. */
const NUCLEUS = 0.9;
const MOST_ITEMS = 2;
/** Characters of a prompt that are read, from its beginning: about 3,000 tokens, ten seconds on two cores. */
const MOST_CHARACTERS = 12_000;

/**
 * The language model of the pack, 135 million parameters, as the port wants it: it writes within the JSON schema, so
 * that what it writes always parses; whether it makes sense is for the caller to check.
 */
export function openEmbeddedLanguageModel(
  id: string,
  ask: <T>(request: LookingRequest, signal: AbortSignal | undefined) => Promise<T>,
): LanguageModel {
  return {
    id,
    isSmall: true,
    async generateObject<T>({ system, prompt, schema, sampling, signal }: ObjectRequest<T>): Promise<T> {
      const { text, ended } = await ask<LookingText>(
        {
          prompt: chat(system, prompt),
          decoding: {
            way: 'json',
            schema: shortLists(z.toJSONSchema(schema)),
            ...(sampling ? { sample: { ...sampling, topP: NUCLEUS } } : {}),
          },
          mostTokens: MOST_TOKENS,
        },
        signal,
      );
      if (!ended) throw failed(`its answer was longer than ${MOST_TOKENS} tokens`);
      try {
        return schema.parse(JSON.parse(text));
      } catch (cause) {
        throw failed(cause instanceof Error ? cause.message : String(cause), cause);
      }
    },
  };
}

/** The schema with lists of at most two: a small model fills a list up to its bound, with the same over and over. */
export function shortLists(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(shortLists);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, shortLists(value)] as const);
  const isList = 'type' in schema && schema.type === 'array';
  return isList
    ? {
        ...Object.fromEntries(entries),
        maxItems: Math.max(MOST_ITEMS, Number(('minItems' in schema && schema.minItems) || 0)),
      }
    : Object.fromEntries(entries);
}

/** SmolLM2's chat format, up to where the answer begins. */
function chat(system: string, prompt: string): string {
  const words = plainWords(prompt).slice(0, MOST_CHARACTERS);
  return `<|im_start|>system\n${plainWords(system)}<|im_end|>\n<|im_start|>user\n${words}<|im_end|>\n<|im_start|>assistant\n`;
}

function failed(why: string, cause?: unknown): SensegraphError {
  return new SensegraphError(
    'LANGUAGE_MODEL_FAILED',
    `The embedded language model gave no usable answer: ${why}. It is a small one: set SENSEGRAPH_LLM_URL to a larger one.`,
    { cause },
  );
}
