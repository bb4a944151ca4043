import { z } from 'zod';
import { LONGEST_TITLE, MOST_TURNS } from '../ports/conversations.ts';
import { asset, count, entityKind, id, modality, place, reading, segment } from './line-parts.ts';

const KINDS = z.enum([...entityKind.options, ...modality.options]);
/** What a turn can speak of. */
const thing = z
  .string()
  .regex(/^(?:Entity|Asset|Segment):/, 'it is no id of an entity, an asset or a segment')
  .max(1000);
const node = z
  .string()
  .regex(/^(?:Entity|Segment):/, 'it is no id of an entity or a segment')
  .max(1000);

const evidence = z.strictObject({
  id: z.string(),
  segment,
  asset,
  locator: place,
  quote: z.string(),
  reading: reading.optional(),
  score: z.number(),
});

const clarification = z.strictObject({
  reason: z.enum(['NO_REFERENT', 'SEVERAL_REFERENTS', 'SEVERAL_ENTITIES', 'NO_ASSET']),
  text: z.string(),
  phrase: z.string(),
  start: count,
  end: count,
  question: z.string(),
  candidates: z.array(z.strictObject({ id: thing, caption: z.string(), kind: KINDS, evidence: evidence.nullable() })),
});

const turn = z.strictObject({
  id: id('Turn'),
  conversationId: id('Conversation'),
  number: z.int().min(1).max(MOST_TURNS),
  question: z.string(),
  understoodAs: z.string().nullable(),
  references: z.array(z.strictObject({ phrase: z.string(), id: thing.nullable(), name: z.string() })),
  assetId: id('Asset').optional(),
  answerId: id('Answer').optional(),
  clarification: clarification.optional(),
  referents: z.array(
    z.strictObject({
      id: thing.nullable(),
      name: z.string(),
      kind: KINDS,
      role: z.enum(['QUESTION', 'ANSWER', 'ASSET', 'SHOWN']),
      noun: z.string().optional(),
      takesThe: z.boolean().optional(),
      pronoun: z.enum(['HE', 'SHE']).optional(),
      moments: z
        .array(
          z.strictObject({
            segmentId: id('Segment'),
            kind: segment.shape.kind,
            startSeconds: z.number().min(0),
            endSeconds: z.number().min(0),
          }),
        )
        .max(6)
        .optional(),
    }),
  ),
  cites: z.array(id('Segment')),
  createdAt: z.iso.datetime(),
  about: z.array(node),
});

/** A conversation with all of its turns, which are numbered without gaps and are its own. */
export const conversation = z
  .strictObject({
    id: id('Conversation'),
    title: z.string().max(LONGEST_TITLE),
    createdAt: z.iso.datetime(),
    forkedFrom: id('Turn').optional(),
    turns: z.array(turn).max(MOST_TURNS),
  })
  .superRefine((whole, context) => {
    const seen = new Set<string>();
    for (const [i, one] of whole.turns.entries()) {
      const refuse = (field: keyof typeof one, message: string): void =>
        context.addIssue({ code: 'custom', path: ['turns', i, field], message });
      if (one.conversationId !== whole.id) refuse('conversationId', `the turn is not one of ${whole.id}`);
      if (one.number !== i + 1) refuse('number', `turns are numbered from 1 without gaps, so that this is ${i + 1}`);
      if (seen.has(one.id)) refuse('id', 'the turn is there twice');
      seen.add(one.id);
    }
  });
