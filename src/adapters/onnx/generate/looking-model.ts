import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AutoTokenizer, env } from '@huggingface/transformers';
import { z } from 'zod';
import { inTurn, type Pause } from '../in-turn.ts';
import type { Model, ModelStart } from '../model-worker.ts';
import { openSession } from '../session.ts';
import { writeBeams } from './beam.ts';
import { pickGreedy } from './greedy.ts';
import { JsonGrammar } from './json-grammar.ts';
import { LookingReader } from './looking-reader.ts';
import { readLookingSettings } from './looking-settings.ts';
import { pickSampled, type SampleOptions } from './sample.ts';
import type { WriteLimits, WrittenTokens } from './token-reader.ts';
import { weigh, type WeighedTokens } from './weigh.ts';
import { write } from './write.ts';

/** How free words are written. */
export type Decoding =
  | { readonly way: 'greedy' }
  | { readonly way: 'beam'; readonly width: number; readonly lengthPower: number }
  | ({ readonly way: 'sample' } & SampleOptions)
  /** Within a JSON schema; greedy, unless it is to draw. */
  | { readonly way: 'json'; readonly schema: unknown; readonly sample?: SampleOptions };

export type LookingRequest = {
  /** In the chat format, up to where the answer begins. */
  readonly prompt: string;
  /** [tokens × dimension]; without it the language model alone reads. */
  readonly vision?: Float32Array;
} & (
  | { readonly decoding: Decoding; readonly mostTokens: number }
  /** The likelihood of each text as the answer. */
  | { readonly texts: readonly string[] }
);

export interface LookingText {
  readonly text: string;
  /** Of all tokens written, the closing one included; natural logarithm. */
  readonly logProbability: number;
  /** How many those are. */
  readonly tokens: number;
  /** False where it was cut off. */
  readonly ended: boolean;
}

const TokenizerFile = z.object({
  model: z.object({ vocab: z.record(z.string(), z.number()) }),
  added_tokens: z.array(z.object({ id: z.number(), content: z.string() })).default([]),
});

/** The vision-language model: writes or weighs texts behind a prompt and, where one is given, a picture. */
export async function openLookingModel(start: ModelStart): Promise<Model> {
  const settings = readLookingSettings(start.folder);
  const { session, device } = await openSession(start, 'model.onnx');
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.localModelPath = dirname(start.folder);
  const tokenizer = await AutoTokenizer.from_pretrained(basename(start.folder), { local_files_only: true });
  const tokensOf = (text: string) => tokenizer.encode(text, { add_special_tokens: false });
  let grammar: Promise<JsonGrammar> | undefined;

  async function writeTokens(
    reader: LookingReader,
    prompt: readonly number[],
    decoding: Decoding,
    limits: WriteLimits,
  ): Promise<WrittenTokens> {
    switch (decoding.way) {
      case 'greedy':
        return write(reader, prompt, pickGreedy, limits);
      case 'beam':
        return writeBeams(reader, prompt, decoding, limits);
      case 'sample':
        return write(reader, prompt, pickSampled(decoding), limits);
      case 'json': {
        grammar ??= JsonGrammar.open(readVocabulary(start.folder, settings.vocabulary), settings.eosId);
        const choose = decoding.sample ? pickSampled(decoding.sample) : pickGreedy;
        return (await grammar).within(decoding.schema, choose, (pick) => write(reader, prompt, pick, limits));
      }
    }
  }

  return {
    device,
    ...inTurn<LookingRequest, LookingText | WeighedTokens[]>(async (request, pause: Pause) => {
      const reader = new LookingReader(session, settings, request.vision);
      const prompt = tokensOf(request.prompt);
      if ('texts' in request) return weigh(reader, prompt, request.texts.map(tokensOf), { end: settings.eosId, pause });
      const { decoding, mostTokens } = request;
      const limits = { ends: new Set([settings.eosId]), mostTokens, pause };
      const { tokens, logProbability, ended } = await writeTokens(reader, prompt, decoding, limits);
      // The tokeniser refuses an empty list: the model may have nothing to say.
      const text = tokens.length > 0 ? tokenizer.decode([...tokens], { skip_special_tokens: true }).trim() : '';
      return { text, logProbability, tokens: tokens.length + (ended ? 1 : 0), ended };
    }),
  };
}

/** Each token as the byte-level tokeniser writes it, by its number. */
function readVocabulary(folder: string, size: number): string[] {
  const { model, added_tokens } = TokenizerFile.parse(JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')));
  const vocabulary = Array<string>(size).fill('');
  for (const [token, id] of Object.entries(model.vocab)) vocabulary[id] = token;
  for (const { id, content } of added_tokens) vocabulary[id] = content;
  return vocabulary;
}
