import { isPicture } from '../domain.ts';
import type { Extraction } from '../ports/extractor.ts';
import type { Chain } from './chain.ts';
import type { Fact } from './facts.ts';
import { pointedAt, relationFit } from './graph-features.ts';
import { nearness, placeOf, shareOf } from './nearness.ts';
import { isNested, type QuestionAnalysis } from './question-type.ts';
import { readsInPart, type ReadFacts } from './read.ts';
import { readFeatures } from './read-features.ts';
import { isName, type PhraseSpan } from './spans.ts';
import type { TermKeys } from './term-keys.ts';
import { typeFeatures } from './type-features.ts';
import { normalName, sameName, type Word } from './words.ts';

/** A phrase that could be the answer, where it stands. */
export interface Candidate {
  readonly fact: Fact;
  readonly span: PhraseSpan;
  readonly normal: string;
  /** By name, each in 0…1; see weights.ts. */
  readonly features: Readonly<Record<string, number>>;
}

export interface CandidateContext {
  readonly question: QuestionAnalysis;
  readonly keys: TermKeys;
  readonly weightOf: (term: Word) => number;
  readonly chains: ReadonlyMap<Fact, Chain>;
  readonly extractions: ReadonlyMap<string, Extraction>;
  /** What a reader found in the facts, where there is one. */
  readonly read?: ReadFacts;
}

/** Longest answer, in words. */
const LONGEST = 16;

/** Every phrase of every fact as a candidate with its features. */
export function findCandidates(facts: readonly Fact[], context: CandidateContext): Candidate[] {
  const counts = new Map<string, number>();
  for (const fact of facts)
    for (const name of new Set(fact.spans.map((span) => normalName(span.text))))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  // What the asked picture shows is answered from its readings (answer-reading.ts); labels are no persons, places or times.
  const labels = context.question.asks === 'THING';
  const inPart = readsInPart(context.question, facts);
  return facts.flatMap((fact) =>
    (isPicture(fact.ranked.segment) && (fact.atHand || !labels) ? [] : phrasesOf(fact, context)).flatMap((span) => {
      const normal = normalName(span.text);
      if (normal === '' || span.text.split(/\s+/).length > LONGEST) return [];
      return [
        { fact, span, normal, features: featuresOf(fact, span, normal, counts.get(normal) ?? 1, inPart, context) },
      ];
    }),
  );
}

/** The fact's phrases by their form, and those that the reader found. */
function phrasesOf(fact: Fact, { read }: CandidateContext): readonly PhraseSpan[] {
  const found = (read?.get(fact) ?? []).map(({ span }) => span);
  return [
    ...fact.spans,
    ...found.filter((span) => !fact.spans.some(({ start, end }) => start === span.start && end === span.end)),
  ];
}

function featuresOf(
  fact: Fact,
  span: PhraseSpan,
  normal: string,
  count: number,
  inPart: boolean,
  context: CandidateContext,
): Record<string, number> {
  const { question, keys } = context;
  const chain = context.chains.get(fact);
  const placed = placeOf(fact, span);
  const { inside, before, after } = placed;

  const nested = isNested(question);
  const complement =
    question.asks === 'THING' &&
    (question.expects[0] ?? 'CONCEPT') === 'CONCEPT' &&
    /\b(?:was|is|were|are|became|as)\s+(?:an?\s+|the\s+)?$/i.test(fact.text.slice(0, span.start));

  const { direct, near, closeness, nearCloseness, verbCloseness } = nearness(placed, complement, context);
  const questionKeys = new Set(question.terms.flatMap((term) => [...term.keys]));
  const content = inside.filter((word) => !word.stop);
  const asked =
    content.filter((word) => word.keys.some((key) => questionKeys.has(key))).length / Math.max(1, content.length);
  const given =
    question.names.some((name) => sameName(name, normal)) ||
    question.options.some((option) => normalName(option) === normal);
  const shown = question.terms.some((term) => keys.get(term)?.has(`=${normal}`));
  const bridge = chain?.links.some((link) => link !== '' && sameName(link, normal)) ? 1 : 0;
  const prior = before.at(-1)?.text.toLowerCase() ?? '';
  const named = isName(span);
  const gap = after[0] ? fact.text.slice(span.end, after[0].start) : '';
  const acts =
    /^[\s,]*$/.test(gap) &&
    after
      .slice(0, gap.includes(',') ? 2 : 3)
      .some((word) => question.verb !== undefined && shareOf(question.verb, word, keys) > 0);
  // "Who found …": in "Biscuit was found by Ada" Biscuit is not who did it.
  const passive = after.slice(0, 2).some((word) => /^(?:is|are|was|were|been|being)$/i.test(word.text));
  const fitsVoice = question.asks === 'PERSON' && passive === question.passive;
  const follows = (words: readonly Word[]) =>
    words.some((word) => question.terms.some((term) => question.nearTerms.has(term) && shareOf(term, word, keys) > 0));

  return {
    rank: nested ? 0 : fact.rank,
    similarity: nested ? 0 : fact.similarity,
    // Of a question in a question, the sentence that holds the answer need not be like the question.
    nestedRank: inPart ? fact.rank : 0,
    nestedSimilarity: inPart ? fact.similarity : 0,
    nestedTopic: nested && !inPart ? (chain?.direct ?? 0) : 0,
    // Weighed beside what a reader says: where none is, nothing stands against it.
    nestedOwn: inPart && context.read ? (chain?.own ?? 0) : 0,
    reached: (chain?.whole ?? 0) - (chain?.direct ?? 0),
    supported: chain?.support.some((other) => other.ranked.segment.id !== fact.ranked.segment.id) ? 1 : 0,
    direct,
    near,
    topic: chain?.direct ?? 0,
    chain: chain?.whole ?? 0,
    verb: question.verb && verbCloseness > 0 ? 1 : 0,
    verbMissing: question.verb && verbCloseness === 0 ? 1 : 0,
    verbCloseness,
    steps: (chain?.support.length ?? 0) / 3,
    coherence: chain?.coherence ?? 0,
    closeness,
    nearCloseness,
    ...typeFeatures(question, placed),
    ...readFeatures(context.read, fact, span, normal, inPart),
    asked,
    given: given || shown || asked === 1 ? 1 : 0,
    bridge,
    topicName: [...fact.topic].some((name) => sameName(name, normal)) ? 1 : 0,
    pointed: pointedAt(fact, context),
    complement: complement ? 1 : 0,
    relation: relationFit(fact, span, context),
    byAgent: question.asks === 'PERSON' && prior === 'by' ? 1 : 0,
    actsNext: named && acts && fitsVoice ? 1 : 0,
    undergoes: acts && !fitsVoice ? 1 : 0,
    placed: question.asks === 'PLACE' && /^(?:in|at|near|to|from|on|of)$/.test(prior) ? 1 : 0,
    appositive: /^\s*[,(]/.test(gap) || /[,(]\s*$/.test(fact.text.slice(0, span.start)) ? 1 : 0,
    followsNear: follows(before.slice(-3)) ? 1 : 0,
    subject: before.filter((word) => !word.stop).length === 0 ? 1 : 0,
    firstSentence: fact.index <= 0 ? 1 : 0,
    repeated: Math.min(1, (count - 1) / 4),
    length: Math.min(1, content.length / 5),
    isName: named ? 1 : 0,
    isConcept: span.kind === 'CONCEPT' ? 1 : 0,
    cutName: named && isCut(span, fact, (other) => other.kind === span.kind) ? 1 : 0,
    cutConcept: span.kind === 'CONCEPT' && inside.some((word) => word.capital) ? 1 : 0,
    cutNumber: isNumber(span) && isCut(span, fact, isNumber) ? 1 : 0,
  };
}

function isNumber({ kind }: PhraseSpan): boolean {
  return kind === 'DATE' || kind === 'QUANTITY';
}

/** True when the phrase is a part of a longer one of the fact. */
function isCut(span: PhraseSpan, fact: Fact, alike: (other: PhraseSpan) => boolean): boolean {
  return fact.spans.some(
    (other) =>
      other.start <= span.start && other.end >= span.end && other.text.length > span.text.length && alike(other),
  );
}
