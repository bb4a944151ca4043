import type { Span } from '../domain.ts';
import type { PassageReading, SpanReader } from '../ports/span-reader.ts';
import type { Retrieval } from '../retrieve/retrieval.ts';
import { keyOf, marginOf, NOTHING_READ, readEach, sureness, type AskedText } from '../retrieve/read-each.ts';
import type { SubAnswer } from '../retrieve/sub-answer.ts';
import { behindWhatLeads, findSubAnswers, isRead, leadOf } from '../retrieve/sub-answers.ts';
import { withinBrackets } from './brackets.ts';
import type { Considered } from './consider.ts';
import type { Fact } from './facts.ts';
import { isNested, type QuestionAnalysis } from './question-type.ts';
import { spansOf, type PhraseSpan } from './spans.ts';
import { normalName, wordsOf } from './words.ts';

/** A span that the reader found in a fact. */
export interface ReadPhrase {
  readonly span: PhraseSpan;
  readonly normal: string;
  /** Reader's score over its score for "not here", as a probability. */
  readonly sure: number;
  /** Share among the spans of all passages that were read, 0…1. */
  readonly share: number;
  /** How near its score comes to that of its passage's best: 1 for that, 0 from DEPTH below. */
  readonly closeness: number;
  /** How far what is left of the question, of which its passage was asked, is to be trusted; 0 where it was asked the question itself. */
  readonly left: number;
}

/** What a reader found, by fact. */
export type ReadFacts = ReadonlyMap<Fact, readonly ReadPhrase[]>;

/** Passages that are read: each costs 5 to 20 ms on two cores. */
const PASSAGES = 8;
/** Sentences that lead to a passage and are read before it. */
const LEAD = 2;
/** Below its passage's best score by this much a span says nothing. */
const DEPTH = 8;

/**
 * Reads the best passages of the evidence, each behind the sentences that lead there (a question of two hops names what
 * only the first says): that of a sub-answer which it names, or those of its chain. Spans are put into the facts they begin in: what was taken for two sentences may be one ("St. Louis").
 */
export async function readFactsWith(
  reader: SpanReader,
  considered: Considered,
  signal?: AbortSignal,
): Promise<ReadFacts> {
  const passages = passagesOf(considered, await subAnswersOf(reader, considered, signal));
  const read = await readTexts(reader, considered.retrieval, passages, signal);
  const found: { fact: Fact; span: PhraseSpan; margin: number; nearest: number; left: number }[] = [];
  for (const [i, reading] of read.entries()) {
    const { spans } = reading;
    const { lead = '', facts = [], trust, asked } = passages[i] ?? {};
    const left = asked === undefined || asked === considered.retrieval.question.text ? 0 : (trust ?? 1);
    // Beside the best of its own passage: scores of two passages say less of which of them answers.
    const nearest = marginOf(Math.max(...spans.map(({ score }) => score)), reading, trust);
    for (const span of spans) {
      const own = spanIn(span, lead.length, facts);
      if (!own) continue;
      const { fact, from, to } = own;
      const [start, end] = withinBrackets(fact.ranked.segment.text, from, to);
      const isThere = found.some(
        (one) => one.fact === fact && one.span.start === start - fact.offset && one.span.end === end - fact.offset,
      );
      // Spans come best first.
      if (end <= start || isThere) continue;
      const margin = marginOf(span.score, reading, trust);
      found.push({ fact, span: phraseAt(fact, start - fact.offset, end - fact.offset), margin, nearest, left });
    }
  }
  const top = Math.max(...found.map(({ margin }) => margin));
  const mass = found.reduce((sum, { margin }) => sum + Math.exp((margin - top) / 2), 0);
  return Map.groupBy(
    found.map(({ fact, span, margin, nearest, left }) => ({
      fact,
      span,
      normal: normalName(span.text),
      sure: sureness(margin),
      share: Math.exp((margin - top) / 2) / mass,
      closeness: 1 + Math.max(-DEPTH, margin - nearest) / DEPTH,
      left,
    })),
    ({ fact }) => fact,
  );
}

/** What the reader says to the question, or what is left of it, of each passage behind its lead; retrieval may have asked it. */
export async function readTexts(
  reader: SpanReader,
  { question, readings = [] }: Pick<Retrieval, 'question' | 'readings'>,
  passages: readonly Pick<ReadPassage, 'asked' | 'lead' | 'text'>[],
  signal?: AbortSignal,
): Promise<PassageReading[]> {
  const texts = passages.map(({ asked = question.text, lead, text }) => ({ asked, lead, text }));
  const known = new Map(readings.map((one) => [keyOf(one), one.reading]));
  const missing = [...new Map(texts.map((one) => [keyOf(one), one])).values()].filter((one) => !known.has(keyOf(one)));
  const read = await readEach(reader, missing, signal);
  for (const [i, one] of missing.entries()) known.set(keyOf(one), read[i] ?? NOTHING_READ);
  return texts.map((one) => known.get(keyOf(one)) ?? NOTHING_READ);
}

/** A span behind a lead of so many characters as a range of the segment, with the fact that it begins in. */
export function spanIn(
  { start, end }: Span,
  lead: number,
  facts: readonly Fact[],
): { fact: Fact; from: number; to: number } | undefined {
  const [from, to] = [start - lead, end - lead];
  const fact = facts.find(({ offset, text }) => offset <= from && from < offset + text.length);
  return fact && to > from ? { fact, from, to } : undefined;
}

/** Whether the question has another inside and its way may lead through several texts: the reader, who reads one at a time, sees only a part of it. */
export function readsInPart(question: QuestionAnalysis, facts: readonly Fact[]): boolean {
  return isNested(question) && new Set(facts.map(({ ranked }) => ranked.asset.id)).size > 1;
}

/** What is read before a passage, and what is asked of it, where that is not the question itself, with how far that is to be trusted. */
type Leading = Pick<AskedText, 'lead'> & { readonly asked?: string; readonly trust?: number };

/** A passage as it is read. */
export interface ReadPassage extends Leading {
  readonly text: string;
  readonly facts: readonly Fact[];
}

/** What has to be found first for a question that has another inside; retrieval may have read for it. */
async function subAnswersOf(
  reader: SpanReader,
  { retrieval, question }: Considered,
  signal?: AbortSignal,
): Promise<readonly SubAnswer[]> {
  if (!isNested(question)) return [];
  const passages = retrieval.segments.map(({ segment, asset }) => ({ segment, title: asset.title }));
  return retrieval.subAnswers ?? (await findSubAnswers(retrieval.question.text, passages, passages, reader, signal));
}

/** The segments of the best facts, by what the chain says of the question and by their rank. */
export function passagesOf(considered: Considered, subAnswers: readonly SubAnswer[]): ReadPassage[] {
  const { facts, chains } = considered;
  const worth = (fact: Fact) =>
    (fact.atHand ? 1 : 0) + (chains.get(fact)?.whole ?? 0) + (fact.rank + fact.similarity) / 2;
  return bestPassages(
    facts.toSorted((a, b) => worth(b) - worth(a)),
    PASSAGES,
    (best) => leadingTo(best, considered, subAnswers),
  );
}

/** The passages of the first facts that have sentences to read, `most` of them. */
export function bestPassages(facts: readonly Fact[], most: number, leadingTo: (best: Fact) => Leading): ReadPassage[] {
  const told = facts.filter(({ ranked }) => isRead(ranked.segment.kind));
  return [...Map.groupBy(told, ({ ranked }) => ranked.segment.id).values()].slice(0, most).flatMap((own) => {
    const [best] = own;
    return best ? [{ ...leadingTo(best), text: best.ranked.segment.text, facts: own }] : [];
  });
}

/**
 * Its title and what the surest sub-answer that the passage names leaves of the question; or its title behind the
 * sentences of that, or those of its chain, of other passages.
 */
function leadingTo(best: Fact, { chains, question, retrieval }: Considered, subAnswers: readonly SubAnswer[]): Leading {
  const { segment, asset } = best.ranked;
  const title = leadOf(asset.title, segment.text);
  if (!isNested(question)) return { lead: title };
  const [led] = behindWhatLeads(retrieval.question.text, [{ segment, title: asset.title }], subAnswers);
  if (led) return { asked: led.asked, lead: led.lead, trust: led.trust };
  const support = (chains.get(best)?.support ?? []).filter(({ ranked }) => ranked.segment.id !== segment.id);
  return { lead: [...support.slice(0, LEAD).map(({ text }) => text), title].join(' ') };
}

/** The span as a phrase of the fact, with the kind that its form tells. */
function phraseAt(fact: Fact, start: number, end: number): PhraseSpan {
  const text = fact.ranked.segment.text.slice(fact.offset + start, fact.offset + end);
  const known = fact.spans.find((span) => span.start === start && span.end === end);
  if (known) return known;
  const whole = spansOf(text, wordsOf(text)).find((span) => span.start === 0 && span.end === text.length);
  return { text, start, end, kind: whole?.kind ?? (/\d/.test(text) ? 'QUANTITY' : 'CONCEPT') };
}
