import { z } from 'zod';
import type { Evidence, EvidencePath } from '../../domain.ts';
import { asData } from './as-data.ts';

/** Characters of each part of a prompt: with 20 evidences it stays below what the smallest model reads. */
const TITLE = 80;
const QUOTE = 450;
const SUMMARY = 200;
const CLAIM = 300;
const QUESTION = 2000;

/** Told to models that keep to a schema; another spelling ("E1 ") is mended or dropped afterwards. */
export const EvidenceId = z.string().meta({ pattern: '^E[1-9][0-9]?$' });

/** A sentence with what it rests on, as a model writes it. */
export const Cited = z.object({
  text: z.string().min(1).max(600).describe('One sentence.'),
  evidence: z.array(EvidenceId).min(1).max(8).describe('Ids of the evidence it rests on, such as E1.'),
});
export type Cited = z.infer<typeof Cited>;

/** One evidence, with the id the model may cite. */
export interface NumberedEvidence {
  readonly id: string;
  readonly evidence: Evidence;
}

/** What every prompt of a question is made of. */
export interface PromptMaterial {
  readonly question: string;
  /** Of the picture, recording or text that the question is about. */
  readonly assetTitle?: string;
  readonly choices?: readonly string[];
  readonly evidence: readonly NumberedEvidence[];
  readonly paths: readonly EvidencePath[];
  /** What was seen and heard at hand (the first step), by the models that look and listen. */
  readonly described: readonly Cited[];
}

/** Evidence, paths and what was described, one JSON object a line, between tags that no line can hold. */
export function evidenceBlock({ evidence, paths, described }: PromptMaterial): string[] {
  return [
    '<evidence>',
    ...evidence.map(({ id, evidence: { asset, segment, quote } }) =>
      JSON.stringify({ id, from: asData(asset.title, TITLE), kind: segment.kind, text: asData(quote, QUOTE) }),
    ),
    ...described.map((claim) => JSON.stringify({ described: asData(claim.text, CLAIM), evidence: claim.evidence })),
    ...paths.map(({ summary }) => JSON.stringify({ path: asData(summary, SUMMARY) })),
    '</evidence>',
  ];
}

/** A claim of a model as a line of another prompt: what a model wrote may be what an ingested text made it write. */
export function claimLine(step: string, { text, evidence }: Cited): string {
  return JSON.stringify({ step, text: asData(text, CLAIM), evidence });
}

/** What is asked, last. */
export function questionLines({ question, assetTitle, choices }: PromptMaterial): string[] {
  return [
    ...(assetTitle === undefined ? [] : [`The question is about ${JSON.stringify(asData(assetTitle, TITLE))}.`]),
    `Question: ${JSON.stringify(asData(question, QUESTION))}`,
    ...(choices && choices.length > 0
      ? [`The answer is one of: ${JSON.stringify(choices.map((choice) => asData(choice, QUESTION)))}`]
      : []),
  ];
}
