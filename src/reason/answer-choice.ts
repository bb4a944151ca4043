import type { TextEmbedder } from '../ports/encoders.ts';
import { findCandidates } from './candidates.ts';
import type { Considered } from './consider.ts';
import { evidenceOf, type Fact } from './facts.ts';
import { restate, type Found } from './found.ts';
import { rankCandidates } from './score.ts';
import { normalName, sameName, wordsOf } from './words.ts';

/** Sentences the choices are compared with. */
const SENTENCES = 16;
/** How much each sign counts, and how sharply the best choice stands out. */
const CHOICE = { similarity: 4, overlap: 2, extracted: 2, sharpness: 2 } as const;
/** A choice that says that it can't be told is taken when no other stands out by this. */
const UNDECIDED = 0.12;
const UNKNOWN_CHOICE =
  /\b(?:unknown|undetermined|not (?:known|enough|clear|determined|answerable|given)|can(?:not|['’]?t)(?: be)? (?:determined|answered|known|tell|say)|none of)\b/i;

/** Answers with one of the given choices, by likeness in the text space, shared words, and what would be answered without choices. */
export async function answerChoice(
  considered: Considered,
  embedder: TextEmbedder,
  signal?: AbortSignal,
): Promise<Found | null> {
  const { question, facts, chains, retrieval } = considered;
  const choices = question.options;
  if (choices.length === 0) return null;
  const near = facts.toSorted((a, b) => value(b) - value(a)).slice(0, SENTENCES);
  function value(fact: Fact): number {
    return fact.similarity + fact.rank * 0.5 + (chains.get(fact)?.whole ?? 0);
  }
  const embedded = await embedder.embed(
    [
      ...choices.map((choice) => ({ text: `${retrieval.question.text} ${choice}` })),
      ...near.map(({ text }) => ({ text })),
    ],
    'passage',
    signal,
  );
  const vectors = embedded.map(({ vector }) => vector);
  const extracted = rankCandidates(findCandidates(facts, considered)).slice(0, 30);
  const scored = choices.map((choice, i) => {
    const normal = normalName(choice);
    const keys = new Set(
      wordsOf(choice)
        .filter((word) => !word.stop)
        .map((word) => word.stem),
    );
    let best: { fact: Fact | undefined; score: number } = { fact: near[0], score: 0 };
    for (const [k, fact] of near.entries()) {
      const likeness = dot(vectors[i], vectors[choices.length + k]);
      const overlap = keys.size === 0 ? 0 : [...keys].filter((key) => fact.keys.has(key)).length / keys.size;
      const weight = 0.5 + 0.5 * (chains.get(fact)?.whole ?? 0);
      const score = (CHOICE.similarity * likeness + CHOICE.overlap * overlap) * weight;
      if (score > best.score) best = { fact, score };
    }
    const at = extracted.findIndex(({ candidate }) => sameName(candidate.normal, normal));
    const gap = at < 0 ? Infinity : (extracted[0]?.score ?? 0) - (extracted[at]?.score ?? 0);
    return {
      choice,
      fact: extracted[at]?.candidate.fact ?? best.fact,
      score: best.score + CHOICE.extracted * Math.exp(-gap / 2),
    };
  });
  const unknown = scored.find(({ choice }) => UNKNOWN_CHOICE.test(choice));
  const sorted = scored.filter((entry) => entry !== unknown).toSorted((a, b) => b.score - a.score);
  const [best] = sorted;
  if (!best) return null;
  const mass = sorted.map(({ score }) => Math.exp((score - best.score) * CHOICE.sharpness));
  const share = 1 / mass.reduce((a, b) => a + b, 0);
  const even = 1 / sorted.length;
  const chosen = unknown && share - even < UNDECIDED ? { ...unknown, fact: best.fact } : best;
  const evidence = chosen.fact ? [evidenceOf(chosen.fact)] : [];
  return {
    shortAnswer: chosen.choice,
    text: restate(chosen.choice, evidence),
    confidence: chosen === best ? share : 0.5,
    evidence,
  };
}

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  let sum = 0;
  if (a && b) for (const [i, x] of a.entries()) sum += x * (b[i] ?? 0);
  return sum;
}

/** The answer as it was given to choose among; null where it is none of what was given. */
export function amongOptions(found: Found | null, { question: { form, options } }: Considered): Found | null {
  if (!found || form !== 'CHOICE') return found;
  const option = options.find((one) => sameName(normalName(one), normalName(found.shortAnswer)));
  return option === undefined ? null : { ...found, shortAnswer: option };
}
