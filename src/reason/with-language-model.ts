import type { Step } from '../domain.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Retrieval } from '../retrieve/retrieval.ts';
import type { Considered } from './consider.ts';
import { majority, type Majority } from './majority.ts';
import type { Cited, NumberedEvidence, PromptMaterial } from './prompts/evidence-block.ts';
import { writeChain, type WrittenChain } from './write-chain.ts';

/** Evidence and paths given to the model, and what it is told of pictures and sounds, with the evidence of that. */
const EVIDENCE = 14;
const PATHS = 4;
const DESCRIBED = 6;
/** Of the first step, these rest on what was said or written; it stands in the evidence already. */
const WORDS: ReadonlySet<string> = new Set(['PASSAGE', 'SPEECH']);
/** At which self-consistency draws (arXiv 2203.11171, section 3.1). */
const TEMPERATURE = 0.7;

/**
 * Lets a language model think and answer, `samples` times; what most agree on counts, and their share in the confidence.
 * Null, so that the caller answers without it, when no chain gave an answer that evidence bears; of a small model also when
 * it has no answer or is not sure. Throws only when aborted.
 */
export async function reasonWithLanguageModel(
  { retrieval, question }: Considered,
  described: Step,
  model: LanguageModel,
  options: {
    readonly choices?: readonly string[];
    readonly minConfidence: number;
    readonly samples?: number;
    readonly signal?: AbortSignal;
  },
): Promise<Majority<WrittenChain> | null> {
  const material = materialOf(retrieval, described, options.choices);
  if (material.evidence.length === 0) return null;
  const { samples = 1, signal } = options;
  const write = (sample: number) =>
    writeChain(material, question, model, {
      ...(samples > 1 ? { sampling: { temperature: TEMPERATURE, seed: sample + 1 } } : {}),
      ...(signal ? { signal } : {}),
    });
  const all = [...Array(samples).keys()];
  const chains: (WrittenChain | null)[] = [];
  if (model.isSmall) for (const sample of all) chains.push(await write(sample));
  else chains.push(...(await Promise.all(all.map(write))));
  const most = majority(chains);
  if (!most) return null;
  const isUnsure = most.vote.shortAnswer === null || most.confidence < options.minConfidence;
  return model.isSmall && isUnsure ? null : most;
}

/** What is given to the model: best evidence first, then what the paths and the description rest on; each once. */
export function materialOf(
  retrieval: Retrieval,
  described: Step,
  choices: readonly string[] | undefined,
): PromptMaterial {
  const { question, paths } = retrieval;
  const seen = described.claims.filter(({ evidence }) => evidence.some(({ segment }) => !WORDS.has(segment.kind)));
  const hops = paths.flatMap((path) => path.hops.flatMap((hop) => hop.evidence));
  const known = new Map([...retrieval.evidence, ...hops].map((evidence) => [evidence.id, evidence]));
  const given = [...known.values()].filter(({ quote }) => quote.trim() !== '').slice(0, EVIDENCE);
  const ofSeen = seen.flatMap(({ evidence }) => evidence).filter(({ id }) => !given.some((one) => one.id === id));
  const all = [...given, ...new Map(ofSeen.slice(0, DESCRIBED).map((one) => [one.id, one])).values()];
  const evidence = all.map((one, i): NumberedEvidence => ({ id: `E${i + 1}`, evidence: one }));
  const idOf = new Map(evidence.map((one) => [one.evidence.id, one.id]));
  const lines = seen.map((claim): Cited => ({
    text: claim.text,
    evidence: claim.evidence.flatMap(({ id }) => idOf.get(id) ?? []),
  }));
  return {
    question: question.text,
    ...(question.asset ? { assetTitle: question.asset.title } : {}),
    ...(choices && choices.length > 0 ? { choices } : {}),
    evidence,
    paths: paths.slice(0, PATHS),
    described: lines.filter((line) => line.evidence.length > 0).slice(0, DESCRIBED),
  };
}
