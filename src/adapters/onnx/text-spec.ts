import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Space } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import type { ModelName } from './pack.ts';

const Settings = z.object({
  version: z.string(),
  licence: z.string(),
  /** Numbers of a vector: all that the model gives, or its first ones (for models trained so). */
  dimension: z.number().int().positive(),
  /** The first token's output, or the mean of all. */
  pooling: z.enum(['cls', 'mean']),
  queryPrefix: z.string().default(''),
  maxTokens: z.number().int().min(8).default(512),
});

/** What a text embedder's thread must know of its model. */
export type TextSettings = z.infer<typeof Settings>;

export const DEFAULT_TEXT_MODEL = 'bge-small-en-v1.5';

const BGE_SMALL: TextSettings = {
  version: 'q8-1.0.0-beta3',
  licence: 'MIT',
  dimension: 384,
  pooling: 'cls',
  queryPrefix: 'Represent this sentence for searching relevant passages: ',
  maxTokens: 512,
};

/**
 * A text embedder of the pack: a folder with `model.onnx` (BERT inputs, `last_hidden_state`), a WordPiece
 * `tokenizer.json` and, for any but the default, `embedder.json` with these settings. MODEL_MISSING names the path.
 */
export function readTextModel(
  modelsDir: string,
  id: string,
): { readonly name: ModelName; readonly settings: TextSettings } {
  const settings = id === DEFAULT_TEXT_MODEL ? BGE_SMALL : readSettings(join(modelsDir, id, 'embedder.json'), id);
  return { name: { id, version: settings.version, licence: settings.licence }, settings };
}

/** The space of a model's vectors; only the first version of the default model has the bare name. */
export function textSpace({ name, settings }: { readonly name: ModelName; readonly settings: TextSettings }): Space {
  const { id, version } = name;
  const isFirst = id === DEFAULT_TEXT_MODEL && version === 'q8-1.0.0-beta3';
  return { name: isFirst ? id : `${id}@${version}`, model: id, version, dimension: settings.dimension };
}

function readSettings(path: string, id: string): TextSettings {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SensegraphError('MODEL_MISSING', `There is no text model ${id}: ${path} is missing.`, { cause });
  }
  try {
    return Settings.parse(JSON.parse(text));
  } catch (cause) {
    throw new SensegraphError('MODEL_CORRUPT', `${path} is no description of a text model: ${String(cause)}`, {
      cause,
    });
  }
}
