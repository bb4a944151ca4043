import type { Evidence } from '../domain.ts';
import type { Extraction, Extractor } from '../ports/extractor.ts';
import { evidenceAt } from '../retrieve/evidence.ts';
import type { RankedSegment, Retrieval } from '../retrieve/retrieval.ts';
import type { QuestionAnalysis } from './question-type.ts';
import { isName, spansOf, type PhraseSpan } from './spans.ts';
import { titleName } from '../title.ts';
import { normalName, wordsOf, type Word } from './words.ts';

/** Segments that are read closely, and sentences of them; so the work does not grow with the answer of retrieve. */
const SEGMENTS = 20;
const SENTENCES = 120;
/** Segments of the asset at hand that are read closely: a table has one a row. */
const OWN_SEGMENTS = 60;

/** A sentence at hand (or a picture's labels, a line, a transcript), read closely. */
export interface Fact {
  readonly ranked: RankedSegment;
  readonly index: number;
  readonly text: string;
  /** Offset of `text` in the segment's text. */
  readonly offset: number;
  /** The text as names are compared, with a space at either end. */
  readonly normal: string;
  readonly words: readonly Word[];
  /** Stems and ideas said in the sentence. */
  readonly keys: ReadonlySet<string>;
  /** Stems and ideas of the title and, where a pronoun points back, of the sentence before. */
  readonly topicKeys: ReadonlySet<string>;
  /** Names said in it, normal, and those it is about (title, or the sentence before for a pronoun). */
  readonly names: ReadonlySet<string>;
  readonly topic: ReadonlySet<string>;
  /** Names a pronoun of it may mean. */
  readonly back: ReadonlySet<string>;
  readonly spans: readonly PhraseSpan[];
  /** With the question: as retrieve gave it, and spread over the facts at hand to 0…1. */
  readonly rawSimilarity: number;
  readonly similarity: number;
  /** Retrieval score over the best segment's. */
  readonly rank: number;
  /** Part of the asset the question is about. */
  readonly atHand: boolean;
}

export interface Facts {
  readonly facts: readonly Fact[];
  readonly extractions: ReadonlyMap<string, Extraction>;
  /** Weight of a question term: rarer among the sentences at hand, heavier. */
  readonly weightOf: (term: Word) => number;
}

/** Reads the best segments closely: sentences with their words, names and phrases. */
export function readFacts(retrieval: Retrieval, question: QuestionAnalysis, extractor: Extractor): Facts {
  const isAtHand = (ranked: RankedSegment) => ranked.asset.id === retrieval.question.asset?.id;
  const found = retrieval.segments.filter((ranked) => !isAtHand(ranked)).slice(0, SEGMENTS);
  const best = found[0]?.score || 1;
  const extractions = new Map<string, Extraction>();
  const facts: Fact[] = [];
  for (const ranked of [...retrieval.segments.filter(isAtHand).slice(0, OWN_SEGMENTS), ...found]) {
    const extraction = extractor.extract(ranked.segment);
    extractions.set(ranked.segment.id, extraction);
    facts.push(...factsOf(ranked, extraction, Math.min(1, ranked.score / best), isAtHand(ranked)));
  }
  const scores = facts.map((fact) => fact.rawSimilarity);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const spread = facts.map((fact) => ({
    ...fact,
    similarity: high > low ? (fact.rawSimilarity - low) / (high - low) : 0.5,
  }));
  const worth = (fact: Fact) => (fact.atHand ? 2 : fact.similarity + fact.rank);
  const kept = facts.length <= SENTENCES ? spread : spread.toSorted((a, b) => worth(b) - worth(a)).slice(0, SENTENCES);
  return { facts: kept, extractions, weightOf: weigher(kept, question) };
}

function factsOf(ranked: RankedSegment, extraction: Extraction, rank: number, atHand: boolean): Fact[] {
  const { segment, asset } = ranked;
  const sentences = segment.sentences.length > 0 ? segment.sentences : [{ start: 0, end: segment.text.length }];
  const title = titleName(asset.title);
  const titleKeys = keysOf(wordsOf(title));
  const facts: Fact[] = [];
  for (const [index, span] of sentences.entries()) {
    const text = segment.text.slice(span.start, span.end);
    if (text.trim() === '') continue;
    const words = wordsOf(text);
    const spans = withExtracted(spansOf(text, words), extraction, index, span.start, text);
    const names = new Set(spans.filter(isName).map((s) => normalName(s.text)));
    names.delete('');
    const before = facts.at(-1);
    const back = pointsBack(text, spans);
    const meant = new Set<string>();
    const topicKeys = new Set(titleKeys);
    if (back && before) {
      for (const name of [...before.names, ...before.back]) meant.add(name);
      for (const word of before.words) if (word.capital && !word.stop) for (const key of word.keys) topicKeys.add(key);
    }
    facts.push({
      ranked,
      index: segment.sentences.length > 0 ? index : -1,
      text,
      offset: span.start,
      normal: ` ${normalName(text)} `,
      words,
      keys: new Set([...keysOf(words), ...impliedKeys(text)]),
      topicKeys,
      names,
      topic: new Set([normalName(title), ...meant]),
      back: meant,
      spans,
      rawSimilarity: ranked.sentenceScores[index] ?? 0,
      similarity: 0,
      rank,
      atHand,
    });
  }
  return facts;
}

/** The extractor knows a name's kind; the pattern knows more phrases. The same range takes the extractor's kind. */
function withExtracted(
  spans: readonly PhraseSpan[],
  extraction: Extraction,
  sentence: number,
  offset: number,
  text: string,
): PhraseSpan[] {
  const merged = [...spans];
  for (const name of extraction.names) {
    if (name.sentence !== sentence) continue;
    const [start, end] = [name.start - offset, name.end - offset];
    if (start < 0 || end > text.length) continue;
    const surface = text.slice(start, end);
    const own = start + Math.max(0, surface.indexOf(name.name));
    const span = {
      text: surface.includes(name.name) ? name.name : surface,
      start: own,
      end: own + name.name.length,
      kind: name.kind,
    };
    const at = merged.findIndex((s) => s.start === span.start && s.text === span.text);
    if (at < 0) merged.push(span);
    else if (
      name.kind !== 'NAME' &&
      name.kind !== 'CONCEPT' &&
      merged[at]?.kind !== 'DATE' &&
      merged[at]?.kind !== 'QUANTITY'
    )
      merged[at] = span;
  }
  return merged;
}

/** True when a pronoun means somebody of the sentence before: no name of its own comes ahead of it. */
function pointsBack(text: string, spans: readonly PhraseSpan[]): boolean {
  const pronoun = /\b(?:he|she|it|they|his|her|its|their|this|these)\b/i.exec(text);
  return pronoun !== null && !spans.some((span) => span.start < pronoun.index && isName(span));
}

/** "He was harbour master": a sentence that says what somebody was, tells a job without the word. */
function impliedKeys(text: string): readonly string[] {
  return ROLE.test(text) ? JOB : [];
}

const ROLE =
  /\b(?:was|is|became|worked as|served as)\s+(?:an?\s+|the\s+)?(?:[\p{L}-]+\s+){0,3}?\p{L}{2,}(?:er|or|ist|man|smith|ician|master|maid|cook|nurse|guard|pilot|king|queen|poet|priest|judge|clerk|chef)\b/u;
const JOB = wordsOf('job profession occupation role position').flatMap((word) => word.keys);

function keysOf(words: readonly Word[]): Set<string> {
  return new Set(words.filter((word) => !word.stop).flatMap((word) => word.keys));
}

/** "The man who …": the word stands for what the rest says. */
const PLACEHOLDER = /^(?:man|woman|men|women|person|people|boy|girl|guy|somebody|someone|thing|things|individual)$/i;

function weigher(facts: readonly Fact[], question: QuestionAnalysis): (term: Word) => number {
  const weights = new Map<string, number>();
  for (const term of question.terms) {
    const holding = facts.filter((fact) => fact.keys.has(term.stem)).length;
    weights.set(
      term.stem,
      Math.log(1 + (facts.length + 3) / (holding + 1)) * (term.capital ? 1.2 : PLACEHOLDER.test(term.text) ? 0.15 : 1),
    );
  }
  return (term) => weights.get(term.stem) ?? 1;
}

/** The fact as evidence: its segment, the sentence, where it is. */
export function evidenceOf(fact: Fact): Evidence {
  return evidenceAt(fact.ranked, fact.index);
}
