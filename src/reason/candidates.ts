import type { Extraction } from '../ports/extractor.ts';
import { kindsOfHead } from './answer-types.ts';
import type { Chain } from './chain.ts';
import type { Fact } from './facts.ts';
import { isNested, type QuestionAnalysis } from './question-type.ts';
import type { PhraseSpan } from './spans.ts';
import { saidIn, type TermKeys } from './term-keys.ts';
import { normalName, sameName, wordsOf, type Word } from './words.ts';

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
}

/** Longest answer, in words. */
const LONGEST = 9;

/** Every phrase of every fact as a candidate with its features. */
export function findCandidates(facts: readonly Fact[], context: CandidateContext): Candidate[] {
  const counts = new Map<string, number>();
  for (const fact of facts)
    for (const name of new Set(fact.spans.map((span) => normalName(span.text))))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  return facts.flatMap((fact) =>
    fact.spans.flatMap((span) => {
      const normal = normalName(span.text);
      if (normal === '' || span.text.split(/\s+/).length > LONGEST) return [];
      return [{ fact, span, normal, features: featuresOf(fact, span, normal, counts.get(normal) ?? 1, context) }];
    }),
  );
}

function featuresOf(
  fact: Fact,
  span: PhraseSpan,
  normal: string,
  count: number,
  context: CandidateContext,
): Record<string, number> {
  const { question, keys, weightOf } = context;
  const chain = context.chains.get(fact);
  const inside = fact.words.filter((word) => word.start >= span.start && word.end <= span.end);
  const before = fact.words.filter((word) => word.end <= span.start);
  const after = fact.words.filter((word) => word.start >= span.end);
  const shareOf = (term: Word, word: Word) => Math.max(0, ...word.keys.map((key) => keys.get(term)?.get(key) ?? 0));

  const nested = isNested(question);
  const complement =
    question.asks === 'THING' &&
    (question.expects[0] ?? 'CONCEPT') === 'CONCEPT' &&
    /\b(?:was|is|were|are|became|as)\s+(?:an?\s+|the\s+)?$/i.test(fact.text.slice(0, span.start));

  // Said around the candidate, not in it: the share of the question, and how near.
  let [total, near, nearTotal, direct, closeness, nearCloseness, verbCloseness] = [0, 0, 0, 0, 0, 0, 0];
  for (const term of question.terms) {
    const weight = weightOf(term);
    let [said, nearness] = [0, 0];
    const whole = saidIn(fact, keys.get(term) ?? new Map()).own;
    for (const [words, sign] of [
      [before, -1],
      [after, 1],
    ] as const) {
      for (const [i, word] of words.entries()) {
        if (shareOf(term, word) === 0) continue;
        const share = whole;
        const distance = sign < 0 ? words.length - 1 - i : i;
        said = Math.max(said, share);
        nearness = Math.max(nearness, share / (1 + distance / 4));
      }
    }
    // Said by the sentence as a whole ("was harbour master" tells a job), by no word of it.
    if (said === 0 && whole > 0 && !inside.some((word) => shareOf(term, word) > 0))
      [said, nearness] = [whole, complement ? whole : whole / 2];
    total += weight;
    direct += weight * said;
    closeness += weight * nearness;
    if (term === question.verb) verbCloseness = nearness;
    if (!question.nearTerms.has(term)) continue;
    nearTotal += weight;
    near += weight * said;
    nearCloseness += weight * nearness;
  }
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
  const isName = span.kind !== 'CONCEPT' && span.kind !== 'DATE' && span.kind !== 'QUANTITY';
  const gap = after[0] ? fact.text.slice(span.end, after[0].start) : '';
  const acts =
    /^[\s,]*$/.test(gap) &&
    after
      .slice(0, gap.includes(',') ? 2 : 3)
      .some((word) => question.verb !== undefined && shareOf(question.verb, word) > 0);
  // "Who found …": in "Biscuit was found by Ada" Biscuit is not who did it.
  const passive = after.slice(0, 2).some((word) => /^(?:is|are|was|were|been|being)$/i.test(word.text));
  const fitsVoice = question.asks === 'PERSON' && passive === question.passive;
  const follows = (words: readonly Word[]) =>
    words.some((word) => question.terms.some((term) => question.nearTerms.has(term) && shareOf(term, word) > 0));

  return {
    rank: nested ? 0 : fact.rank,
    similarity: nested ? 0 : fact.similarity,
    // Of a question in a question, the sentence that holds the answer need not be like the question.
    nestedRank: nested ? fact.rank : 0,
    nestedSimilarity: nested ? fact.similarity : 0,
    nestedTopic: nested ? (chain?.direct ?? 0) : 0,
    reached: (chain?.whole ?? 0) - (chain?.direct ?? 0),
    supported: chain?.support.some((other) => other.ranked.segment.id !== fact.ranked.segment.id) ? 1 : 0,
    direct: direct / (total || 1),
    near: nearTotal > 0 ? near / nearTotal : 0,
    topic: chain?.direct ?? 0,
    chain: chain?.whole ?? 0,
    verb: question.verb && verbCloseness > 0 ? 1 : 0,
    verbMissing: question.verb && verbCloseness === 0 ? 1 : 0,
    verbCloseness,
    steps: (chain?.support.length ?? 0) / 3,
    coherence: chain?.coherence ?? 0,
    closeness: closeness / (total || 1),
    nearCloseness: nearTotal > 0 ? nearCloseness / nearTotal : 0,
    ...typeFeatures(question, span, inside, before, after, fact, isName),
    asked,
    given: given || shown || asked === 1 ? 1 : 0,
    bridge,
    topicName: [...fact.topic].some((name) => sameName(name, normal)) ? 1 : 0,
    pointed: pointedAt(fact, context),
    complement: complement ? 1 : 0,
    relation: relationFit(fact, span, context),
    byAgent: question.asks === 'PERSON' && prior === 'by' ? 1 : 0,
    actsNext: isName && acts && fitsVoice ? 1 : 0,
    undergoes: acts && !fitsVoice ? 1 : 0,
    placed: question.asks === 'PLACE' && /^(?:in|at|near|to|from|on|of)$/.test(prior) ? 1 : 0,
    appositive: /^\s*[,(]/.test(gap) || /[,(]\s*$/.test(fact.text.slice(0, span.start)) ? 1 : 0,
    followsNear: follows(before.slice(-3)) ? 1 : 0,
    subject: before.filter((word) => !word.stop).length === 0 ? 1 : 0,
    firstSentence: fact.index <= 0 ? 1 : 0,
    repeated: Math.min(1, (count - 1) / 4),
    length: Math.min(1, content.length / 5),
    isName: isName ? 1 : 0,
    isConcept: span.kind === 'CONCEPT' ? 1 : 0,
    cutName:
      isName &&
      fact.spans.some(
        (other) =>
          other !== span &&
          other.kind === span.kind &&
          other.start <= span.start &&
          other.end >= span.end &&
          other.text.length > span.text.length,
      )
        ? 1
        : 0,
    cutConcept: span.kind === 'CONCEPT' && inside.some((word) => word.capital) ? 1 : 0,
    cutNumber:
      (span.kind === 'QUANTITY' || span.kind === 'DATE') &&
      fact.spans.some(
        (other) =>
          other !== span &&
          (other.kind === 'DATE' || other.kind === 'QUANTITY') &&
          other.start <= span.start &&
          other.end >= span.end &&
          other.text.length > span.text.length,
      )
        ? 1
        : 0,
  };
}

function typeFeatures(
  question: QuestionAnalysis,
  span: PhraseSpan,
  inside: readonly Word[],
  before: readonly Word[],
  after: readonly Word[],
  fact: Fact,
  isName: boolean,
): Record<string, number> {
  const { expects, head, asks } = question;
  const numeric = span.kind === 'DATE' || span.kind === 'QUANTITY';
  const wantsNumber = expects[0] === 'DATE' || expects[0] === 'QUANTITY';
  const fits =
    expects.length === 0
      ? 0
      : expects[0] === span.kind || (expects.includes(span.kind) && span.kind !== 'NAME')
        ? 1
        : 0;
  const maybe =
    fits === 0 && span.kind === 'NAME' && expects.length > 0 && !wantsNumber && expects[0] !== 'CONCEPT' ? 1 : 0;
  const headInside = head !== undefined && inside.length > 1 && inside.some((word) => word.stem === head);
  const headBeside =
    head !== undefined &&
    (before.slice(-3).some((word) => word.stem === head) || after.slice(0, 2).some((word) => word.stem === head)) &&
    !headInside;
  // "The Esk is a river": the sentence says the kind of its subject.
  const isHead =
    head !== undefined &&
    isName &&
    after
      .slice(0, 8)
      .some((word, i) => word.stem === head && after.slice(0, i).some((w) => /^(?:is|was|are|were)$/.test(w.text)));
  const unit =
    question.head !== undefined && asks === 'COUNT' && after.slice(0, 3).some((word) => word.stem === question.head);
  return {
    type: fits,
    maybe,
    typeClash:
      expects.length > 0 && fits === 0 && maybe === 0 && (numeric !== wantsNumber || isName || expects[0] === 'CONCEPT')
        ? 1
        : 0,
    loose: expects.length > 0 && fits === 0 && span.kind === 'CONCEPT' ? 1 : 0,
    untypedNumber: expects.length === 0 && numeric ? 1 : 0,
    untypedName: expects.length === 0 && isName ? 1 : 0,
    headInside: headInside ? 1 : 0,
    headBeside: headBeside ? 1 : 0,
    isHead: isHead ? 1 : 0,
    unit: unit ? 1 : 0,
    fullDate: asks === 'TIME' && span.kind === 'DATE' && /\d.*\d{4}/.test(span.text) ? 1 : 0,
    yearForYear: head !== undefined && kindsOfHead(head)[0] === 'DATE' && /^\d{4}$/.test(span.text) ? 1 : 0,
    measured:
      question.asks === 'MEASURE' || question.asks === 'DURATION'
        ? wordsOf(span.text).length > 1 && span.kind === 'QUANTITY'
          ? 1
          : 0
        : 0,
    yearForCount: asks === 'COUNT' && /^(?:1[5-9]|20)\d\d$/.test(span.text) ? 1 : 0,
    bare: span.kind === 'QUANTITY' && /^(?:one|once|half|1|2|two)$/i.test(span.text) && fact.words.length > 8 ? 1 : 0,
  };
}

/** How surely the fact, or one it shares a name with, speaks of what the asked asset shows. */
function pointedAt(fact: Fact, { keys, chains }: CandidateContext): number {
  const pointing = [...keys.values()].filter((own) => [...own.keys()].some((key) => key.startsWith('=')));
  if (pointing.length === 0) return 0;
  const chain = chains.get(fact);
  if (fact.atHand) return 0;
  const facts = [fact, ...(chain?.support.filter((other, i) => chain.links[i] !== '' && !other.atHand) ?? [])];
  return Math.max(...pointing.flatMap((own) => facts.map((member) => saidIn(member, own).own)));
}

/** "X built Y": X answers who built Y, Y answers what X built. The predicate has to be asked for, the other side known. */
function relationFit(fact: Fact, span: PhraseSpan, context: CandidateContext): number {
  const extraction = context.extractions.get(fact.ranked.segment.id);
  if (!extraction) return 0;
  const links = context.chains.get(fact)?.links ?? [];
  let best = 0;
  for (const relation of extraction.relations) {
    if (relation.sentence !== Math.max(0, fact.index) || relation.type === 'CO_OCCURS') continue;
    const [subject, object] = [extraction.names[relation.subject], extraction.names[relation.object]];
    if (!subject || !object) continue;
    const isAt = (name: { start: number; end: number }) =>
      name.start - fact.offset < span.end && name.end - fact.offset > span.start;
    const other = isAt(subject) ? object : isAt(object) ? subject : undefined;
    if (!other || other === (isAt(subject) ? subject : object)) continue;
    const predicate = wordsOf(relation.predicate).filter((word) => !word.stop);
    const asked = predicate.some((word) =>
      context.question.terms.some((term) => word.keys.some((key) => term.keys.includes(key))),
    );
    const otherWords = wordsOf(other.name);
    const known =
      links.some((link) => sameName(link, normalName(other.name))) ||
      otherWords.some((word) =>
        context.question.terms.some((term) => word.keys.some((key) => (context.keys.get(term)?.get(key) ?? 0) > 0)),
      );
    best = Math.max(best, (asked ? (known ? 1 : 0.5) : known ? 0.2 : 0) * Math.min(1, relation.confidence + 0.3));
  }
  return best;
}
