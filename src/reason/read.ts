import type { Span } from '../domain.ts';
import type { SpanReader } from '../ports/span-reader.ts';
import { findSubAnswers, isRead, sureness, type SubAnswer } from '../retrieve/sub-answers.ts';
import type { Considered } from './consider.ts';
import type { Fact } from './facts.ts';
import { isNested, type QuestionAnalysis } from './question-type.ts';
import { spansOf, type PhraseSpan } from './spans.ts';
import { normalName, titleName, wordsOf } from './words.ts';

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
}

/** What a reader found, by fact. */
export type ReadFacts = ReadonlyMap<Fact, readonly ReadPhrase[]>;

/** Passages that are read: each costs 5 to 20 ms on two cores. */
const PASSAGES = 8;
/** Sentences that lead to a passage and are read before it. */
const LEAD = 2;
/** A sub-answer that is less sure leads nowhere. */
const SURE = 0.3;
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
  const read = await reader.read(
    considered.retrieval.question.text,
    passages.map(({ lead, text }) => lead + text),
    signal,
  );
  const found: { fact: Fact; span: PhraseSpan; margin: number; nearest: number }[] = [];
  for (const [i, { spans, absent }] of read.entries()) {
    const { lead = '', facts = [] } = passages[i] ?? {};
    // Beside the best of its own passage: scores of two passages say less of which of them answers.
    const nearest = Math.max(...spans.map(({ score }) => score)) - absent;
    for (const span of spans) {
      const own = spanIn(span, lead.length, facts);
      if (!own) continue;
      const { fact, from, to } = own;
      const [start, end] = withinBrackets(fact.ranked.segment.text, from, to);
      if (end <= start) continue;
      const margin = span.score - absent;
      found.push({ fact, span: phraseAt(fact, start - fact.offset, end - fact.offset), margin, nearest });
    }
  }
  const top = Math.max(...found.map(({ margin }) => margin));
  const mass = found.reduce((sum, { margin }) => sum + Math.exp((margin - top) / 2), 0);
  return Map.groupBy(
    found.map(({ fact, span, margin, nearest }) => ({
      fact,
      span,
      normal: normalName(span.text),
      sure: sureness(margin),
      share: Math.exp((margin - top) / 2) / mass,
      closeness: 1 + Math.max(-DEPTH, margin - nearest) / DEPTH,
    })),
    ({ fact }) => fact,
  );
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

/** A passage as it is read. */
export interface ReadPassage {
  /** Title and the sentences before it. */
  readonly lead: string;
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
  return (
    retrieval.subAnswers ??
    (await findSubAnswers(
      retrieval.question.text,
      retrieval.segments.map(({ segment, asset }) => ({ segment, title: asset.title })),
      reader,
      signal,
    ))
  );
}

/** The segments of the best facts, by what the chain says of the question and by their rank. */
export function passagesOf(considered: Considered, subAnswers: readonly SubAnswer[]): ReadPassage[] {
  const { facts, chains } = considered;
  const worth = (fact: Fact) =>
    (fact.atHand ? 1 : 0) + (chains.get(fact)?.whole ?? 0) + (fact.rank + fact.similarity) / 2;
  const bySegment = Map.groupBy(
    facts.toSorted((a, b) => worth(b) - worth(a)).filter(({ ranked }) => isRead(ranked.segment.kind)),
    ({ ranked }) => ranked.segment.id,
  );
  return [...bySegment.values()].slice(0, PASSAGES).flatMap((own) => {
    const [best] = own;
    if (!best) return [];
    const { segment, asset } = best.ranked;
    const title = titleName(asset.title);
    // A text without a title of its own is called by its first words.
    const isTitled = !segment.text.toLowerCase().startsWith(title.toLowerCase().slice(0, 20));
    const before = leadingTo(best, considered, subAnswers);
    const lead = [...before.map(({ text }) => text), `${isTitled ? title : ''}: `].join(' ');
    return [{ lead, text: segment.text, facts: own }];
  });
}

/** The sentence of the surest sub-answer that the passage names, or those of the chain, of other passages. */
function leadingTo(best: Fact, { facts, chains, question }: Considered, subAnswers: readonly SubAnswer[]): Fact[] {
  if (!isNested(question)) return [];
  const { segment, asset } = best.ranked;
  const said = ` ${normalName(`${titleName(asset.title)} ${segment.text}`)} `;
  const named = subAnswers
    .filter(({ segmentId, sure, text }) => {
      const name = normalName(text);
      return segmentId !== segment.id && sure >= SURE && name.length > 2 && said.includes(` ${name} `);
    })
    .toSorted((a, b) => b.sure - a.sure);
  for (const { segmentId, start } of named) {
    const fact = facts.find(
      ({ ranked, offset, text }) => ranked.segment.id === segmentId && offset <= start && start < offset + text.length,
    );
    if (fact) return [fact];
  }
  return (chains.get(best)?.support ?? []).filter(({ ranked }) => ranked.segment.id !== segment.id).slice(0, LEAD);
}

const OPENING = '([{';
const CLOSING = ')]}';

/** The range without what lies beyond a bracket that it doesn't hold both of: "a commune (gmina" is "a commune". */
export function withinBrackets(text: string, from: number, to: number): [start: number, end: number] {
  const open: number[] = [];
  let start = from;
  for (let i = from; i < to; i++) {
    const mark = text[i] ?? '';
    if (OPENING.includes(mark)) open.push(i);
    // Of what came before the bracket only its end is here.
    else if (CLOSING.includes(mark) && open.pop() === undefined) start = i + 1;
  }
  const [first = to, second = to] = open;
  const end = first === start ? second : first;
  if (first === start) start += 1;
  const own = text.slice(start, end);
  return [start + own.length - own.trimStart().length, end - own.length + own.trimEnd().length];
}

/** The span as a phrase of the fact, with the kind that its form tells. */
function phraseAt(fact: Fact, start: number, end: number): PhraseSpan {
  const text = fact.ranked.segment.text.slice(fact.offset + start, fact.offset + end);
  const known = fact.spans.find((span) => span.start === start && span.end === end);
  if (known) return known;
  const whole = spansOf(text, wordsOf(text)).find((span) => span.start === 0 && span.end === text.length);
  return { text, start, end, kind: whole?.kind ?? (/\d/.test(text) ? 'QUANTITY' : 'CONCEPT') };
}
