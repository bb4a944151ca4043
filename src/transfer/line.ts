import { z } from 'zod';
import type { WholeConversation } from '../conversation.ts';
import type { Answer, Asset, Entity, Mention, Merge, Reading, Relation, Segment, Space } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import { conversation } from './conversation-line.ts';
import { asset, count, entityKind, id, place, reading, segment, space } from './line-parts.ts';

/** The format of an export: JSON lines, each an object of one key that says what it holds. See docs/import-export.md. */
export const FORMAT = 'sensegraph-export';
/** That of what is written. Version 1, which has no conversations, is read as well. */
export const VERSION = 2;

export interface Header {
  readonly format: typeof FORMAT;
  readonly version: 1 | typeof VERSION;
  readonly createdAt: string;
  /** The program that wrote it. */
  readonly by: string;
  /** The spaces that its vectors are in; none where it was written without vectors. */
  readonly spaces: readonly (Space & { readonly isText: boolean })[];
}

/** Numbers are base64 of little-endian bytes. */
export type Line =
  | { readonly header: Header }
  /** Begins an asset; what follows is its, up to the next asset or the first line of another kind. */
  | { readonly asset: Asset }
  | { readonly entity: Entity }
  | { readonly segment: Segment }
  | { readonly reading: Reading }
  | { readonly mention: Mention }
  | { readonly relation: Relation }
  /** `values`: float32 [dimension of the space], unit norm. */
  | { readonly vector: { readonly space: string; readonly nodeId: string; readonly values: string } }
  /** Of a segment's sentences. `scales`: float32 [sentences]; `values`: int8 [sentences × dimension]. */
  | { readonly sentences: { readonly segmentId: string; readonly scales: string; readonly values: string } }
  | { readonly merge: Merge }
  | { readonly answer: Answer }
  | { readonly conversation: WholeConversation }
  | { readonly end: End };

export interface End {
  readonly assets: number;
  readonly merges: number;
  readonly answers: number;
  /** Absent in version 1. */
  readonly conversations?: number;
}

const cited = z.array(z.looseObject({ asset: z.looseObject({ id: id('Asset') }) }));

const LINES = {
  header: z.strictObject({
    format: z.literal(FORMAT),
    version: z.literal([1, VERSION]),
    createdAt: z.iso.datetime(),
    by: z.string(),
    spaces: z.array(space.extend({ isText: z.boolean() })),
  }),
  asset,
  entity: z.strictObject({
    id: id('Entity'),
    kind: entityKind,
    name: z.string(),
    aliases: z.array(z.string()),
    synset: count.optional(),
  }),
  segment,
  reading,
  mention: z.strictObject({
    id: id('Mention'),
    segmentId: id('Segment'),
    entityId: id('Entity'),
    surface: z.string(),
    method: z.enum(['NAMED', 'READ', 'DEPICTED', 'HEARD', 'SPEAKS', 'TITLE']),
    score: z.number(),
    locator: place,
    sentence: z.int().min(-1),
  }),
  relation: z.strictObject({
    id: id('Relation'),
    subjectId: id('Entity'),
    predicate: z.string(),
    objectId: id('Entity'),
    type: z.enum(['IS_A', 'RELATES_TO', 'CO_OCCURS']),
    confidence: z.number(),
    evidence: z.array(z.strictObject({ segmentId: id('Segment'), sentence: z.int().min(-1), locator: place })),
  }),
  vector: z.strictObject({ space: z.string(), nodeId: z.string(), values: z.base64() }),
  sentences: z.strictObject({ segmentId: id('Segment'), scales: z.base64(), values: z.base64() }),
  merge: z.strictObject({
    id: z.string(),
    intoId: id('Entity'),
    fromId: z.string(),
    fromName: z.string(),
    reason: z.enum(['EXACT', 'ALIAS', 'TRIGRAM', 'VECTOR', 'MANUAL']),
    score: z.number(),
    createdAt: z.iso.datetime(),
  }),
  answer: z.looseObject({
    id: id('Answer'),
    question: z.string(),
    createdAt: z.iso.datetime(),
    steps: z.array(z.looseObject({ claims: z.array(z.looseObject({ evidence: cited })) })),
    paths: z.array(z.looseObject({ hops: z.array(z.looseObject({ evidence: cited })) })),
  }),
  conversation,
  end: z.strictObject({ assets: count, merges: count, answers: count, conversations: count.optional() }),
} as const;

/** BAD_INPUT, naming `where` (a file and a line), when it is not a line of an export. */
export function parseLine(text: string, where: string): Line {
  const bad = (what: string, cause?: unknown): SensegraphError =>
    new SensegraphError('BAD_INPUT', `${where}: ${what}`, { cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw bad('it is not JSON.', cause);
  }
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const [key = ''] = keys;
  if (keys.length !== 1 || !Object.hasOwn(LINES, key))
    throw bad(`a line is an object of one key, one of ${Object.keys(LINES).join(', ')}.`);
  const kind = key as keyof typeof LINES;
  const parsed = LINES[kind].safeParse((value as Record<string, unknown>)[kind]);
  if (parsed.success) return { [kind]: parsed.data } as unknown as Line;
  const [issue] = parsed.error.issues;
  throw bad(`${[kind, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'it is not valid'}.`);
}

export function floatsOf(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  const values = new Float32Array(Math.floor(bytes.length / 4));
  for (let i = 0; i < values.length; i++) values[i] = bytes.readFloatLE(i * 4);
  return values;
}

export function base64Of(values: Float32Array): string {
  const bytes = Buffer.alloc(values.length * 4);
  for (let i = 0; i < values.length; i++) bytes.writeFloatLE(values[i] ?? 0, i * 4);
  return bytes.toString('base64');
}
