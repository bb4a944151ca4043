import { z } from 'zod';

/** What several kinds of line are made of, beginning with an id of that label. */
export const id = (label: string): z.ZodString => z.string().startsWith(`${label}:`).max(1000);
export const count = z.int().min(0);
export const place = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('TextSpan'), start: z.number(), end: z.number(), quote: z.string() }),
  z.looseObject({
    type: z.literal('ImageRegion'),
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
  }),
  z.looseObject({ type: z.literal('TimeSpan'), startSeconds: z.number(), endSeconds: z.number() }),
  z.looseObject({ type: z.literal('VideoSpan'), startSeconds: z.number(), endSeconds: z.number(), x: z.number() }),
]);
export const space = z.strictObject({
  name: z.string().min(1).max(200),
  model: z.string(),
  version: z.string(),
  dimension: z.int().min(1).max(2000),
});

export const modality = z.enum(['TEXT', 'IMAGE', 'AUDIO', 'VIDEO', 'DOCUMENT']);
export const entityKind = z.enum([
  'PERSON',
  'PLACE',
  'ORGANISATION',
  'WORK',
  'EVENT',
  'DATE',
  'QUANTITY',
  'CONCEPT',
  'NAME',
]);

export const asset = z.strictObject({
  id: id('Asset'),
  modality,
  mediaType: z.string(),
  byteSize: count,
  title: z.string(),
  blobKey: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
  width: count.optional(),
  height: count.optional(),
  durationSeconds: z.number().min(0).optional(),
  pages: count.optional(),
});

export const segment = z.strictObject({
  id: id('Segment'),
  assetId: id('Asset'),
  ordinal: count,
  kind: z.enum(['PASSAGE', 'IMAGE', 'FIGURE', 'SHOT', 'TEXT_LINE', 'SPEECH', 'SOUND']),
  locator: place,
  text: z.string(),
  sentences: z.array(z.strictObject({ start: count, end: count })),
});

export const reading = z.strictObject({
  id: z.string(),
  segmentId: id('Segment'),
  kind: z.enum(['LABEL', 'TEXT_LINE', 'TRANSCRIPT', 'CAPTION', 'SOUND_EVENT']),
  text: z.string(),
  score: z.number(),
  locator: place,
  model: z.string(),
  modelVersion: z.string(),
});
