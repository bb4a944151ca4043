import type { Entity } from '../domain.ts';
import type { Extractor, FoundName } from '../ports/extractor.ts';
import type { Ledger } from '../ports/ledger.ts';
import { blockKeys, normalName, trigramSimilarity } from './blocking.ts';

/** Longest name looked up, in words. */
const LONGEST = 6;
/** Spelling that is near enough for a name that is not known as written. */
const NEAR = 0.7;
const CONCEPT_SCORE = 0.6;
const SMALL = new Set(
  'a an the of in on at to for by with and or is are was were be been do does did has have had who whom whose what which where when why how that this these those it its he she they his her their from as not no first last same more most than both also many much long old'.split(
    ' ',
  ),
);

export interface QuestionName {
  readonly entity: Entity;
  readonly surface: string;
  readonly score: number;
}

/** Entities that a question names: every run of up to six words that the ledger knows, longest first, then names spelt nearly so. */
export async function findQuestionNames(
  question: string,
  deps: { readonly ledger: Pick<Ledger, 'entitiesByName' | 'entitiesByBlock'>; readonly extractor: Extractor },
): Promise<QuestionName[]> {
  const words = [...question.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’.&-]*/gu)].map((match) => ({
    text: match[0].replace(/[.'’]+$/, ''),
    start: match.index,
  }));
  const runs: { from: number; length: number; surface: string; normals: string[] }[] = [];
  for (let length = Math.min(LONGEST, words.length); length >= 1; length--) {
    for (let from = 0; from + length <= words.length; from++) {
      const [first, last] = [words[from], words[from + length - 1]];
      if (!first || !last || (length === 1 && SMALL.has(first.text.toLowerCase()))) continue;
      const surface = question.slice(first.start, last.start + last.text.length);
      runs.push({ from, length, surface, normals: [...new Set([normalName(surface), normalName(singular(surface))])] });
    }
  }
  const { names } = deps.extractor.extract({ text: question, sentences: [{ start: 0, end: question.length }] });
  // A word in small letters by itself counts only as a noun ("the cast of the play", not "who cast the bell"), and not
  // where it points at what is at hand ("this picture").
  const nouns = new Set(
    names.flatMap(({ surface, start }) =>
      /\b(?:this|these|that)\s+$/i.test(question.slice(0, start))
        ? []
        : [surface.toLowerCase(), ...surface.toLowerCase().split(/\s+/)],
    ),
  );
  const known = await deps.ledger.entitiesByName([...new Set(runs.flatMap((run) => run.normals))]);
  const taken = new Set<number>();
  const found: QuestionName[] = [];
  for (const { from, length, surface, normals } of runs) {
    if (Array.from({ length }, (_, i) => taken.has(from + i)).some(Boolean)) continue;
    if (length === 1 && !/\p{Lu}|\d/u.test(surface) && !nouns.has(surface.toLowerCase())) continue;
    const entities = normals.flatMap((normal) => known.get(normal) ?? []);
    if (entities.length === 0) continue;
    for (let i = 0; i < length; i++) taken.add(from + i);
    for (const entity of entities)
      found.push({
        entity,
        surface,
        score: entity.kind === 'CONCEPT' ? CONCEPT_SCORE : /\p{Lu}|\d/u.test(surface) ? 1 : 0.8,
      });
  }
  found.push(...(await nearlySpelt(names, found, deps.ledger)));
  return found;
}

/** Names that the extractor sees and nothing is called exactly: the likest known name, by blocked trigrams. */
async function nearlySpelt(
  names: readonly FoundName[],
  exact: readonly QuestionName[],
  ledger: Pick<Ledger, 'entitiesByBlock'>,
): Promise<QuestionName[]> {
  const missing = names.filter(
    ({ kind, surface }) =>
      kind !== 'CONCEPT' &&
      kind !== 'QUANTITY' &&
      kind !== 'DATE' &&
      !exact.some((name) => name.surface.includes(surface) || surface.includes(name.surface)),
  );
  const found: QuestionName[] = [];
  for (const { name, surface } of missing) {
    const normal = normalName(name);
    let best: QuestionName | undefined;
    for (const candidate of await ledger.entitiesByBlock(blockKeys(normal), 50)) {
      const score = trigramSimilarity(normal, candidate.normal);
      if (score >= NEAR && score > (best?.score ?? 0)) best = { entity: candidate.entity, surface, score };
    }
    if (best) found.push(best);
  }
  return found;
}

function singular(text: string): string {
  return /[^s]s$/.test(text) ? text.slice(0, -1) : text;
}
