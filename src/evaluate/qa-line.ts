import { z } from 'zod';

/** A line of a manifest of questions; which fields it has depends on its task (docs/reasoning.md). */
export const QaLine = z.object({
  id: z.string(),
  task: z.string(),
  source: z.string().default('unknown'),
  /** The picture or table it is about. */
  file: z.string().optional(),
  question: z.string().optional(),
  statement: z.string().optional(),
  choices: z.array(z.string()).optional(),
  answer: z.union([z.string(), z.number(), z.boolean()]).optional(),
  answers: z.array(z.union([z.string(), z.number()])).optional(),
  aliases: z.array(z.string()).optional(),
  answer_index: z.number().int().min(0).optional(),
  /** The text that holds the answer. */
  context: z.string().optional(),
  title: z.string().optional(),
  /** Texts that hold the answer among them, for a question over several. */
  passages: z.array(z.object({ title: z.string().optional(), text: z.string().min(1) })).optional(),
});
export type QaLine = z.infer<typeof QaLine>;
