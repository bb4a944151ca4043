import { join } from 'node:path';
import { readJson, type HubFolder, type Json } from './folder.ts';

/** How a text model makes one vector of its token outputs, and what it wants put before a text. */
export interface TextSettings {
  readonly dimension: number;
  readonly pooling: 'cls' | 'mean';
  readonly prefix: { readonly query: string; readonly passage: string };
  /** Most tokens of a text, the special ones included. */
  readonly limit: number;
}

const SEARCH = 'Represent this sentence for searching relevant passages: ';
/** Families whose folders on the hub often lack the files of sentence-transformers, by their cards. */
const FAMILIES: readonly [RegExp, Pick<TextSettings, 'pooling' | 'prefix'>][] = [
  [/\bbge-(?:small|base|large)-en/i, { pooling: 'cls', prefix: { query: SEARCH, passage: '' } }],
  [/\bbge-/i, { pooling: 'cls', prefix: { query: '', passage: '' } }],
  [/\b(?:mxbai-embed|snowflake-arctic-embed)/i, { pooling: 'cls', prefix: { query: SEARCH, passage: '' } }],
  [/\be5-/i, { pooling: 'mean', prefix: { query: 'query: ', passage: 'passage: ' } }],
  [/\bnomic-embed/i, { pooling: 'mean', prefix: { query: 'search_query: ', passage: 'search_document: ' } }],
];
const LONGEST = 512;

/**
 * By the files of sentence-transformers where they are there (`1_Pooling/config.json`, the prompts in
 * `config_sentence_transformers.json`), else by the family that the name tells, else the mean without a prefix.
 */
export async function textSettings({ name, path, config }: HubFolder): Promise<TextSettings> {
  const family = FAMILIES.find(([pattern]) => pattern.test(name))?.[1];
  const pooling = (await readJson(join(path, '1_Pooling', 'config.json')))?.json;
  const prompts = (await readJson(join(path, 'config_sentence_transformers.json')))?.json['prompts'] as
    | Json
    | undefined;
  const tokenizer = (await readJson(join(path, 'tokenizer_config.json')))?.json;
  const query = prompts?.['query'];
  const passage = prompts?.['passage'] ?? prompts?.['document'];
  return {
    dimension: firstNumber(config, 'hidden_size', 'dim', 'd_model') ?? 0,
    pooling: pooling ? (pooling['pooling_mode_cls_token'] === true ? 'cls' : 'mean') : (family?.pooling ?? 'mean'),
    prefix: {
      query: typeof query === 'string' ? query : (family?.prefix.query ?? ''),
      passage: typeof passage === 'string' ? passage : (family?.prefix.passage ?? ''),
    },
    limit: Math.min(
      LONGEST,
      firstNumber(config, 'max_position_embeddings') ?? LONGEST,
      firstNumber(tokenizer ?? {}, 'model_max_length') ?? LONGEST,
    ),
  };
}

/** The first of the names that holds a positive number. */
export function firstNumber(json: Json, ...names: readonly string[]): number | undefined {
  return names.map((name) => json[name]).find((value): value is number => typeof value === 'number' && value > 0);
}
