/** Questions with the passages that answer them, as Retrieval objects: what reason would be given by a perfect retriever. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asset, Segment, Span } from '../../src/domain.ts';
import { ofSegments, type RankedSegment, type Retrieval } from '../../src/retrieve/retrieval.ts';
import { wordsOf } from '../../src/reason/words.ts';

export interface Passage {
  readonly title: string;
  readonly text: string;
}

export interface TrainingQuestion {
  readonly source: string;
  readonly question: string;
  readonly answers: readonly string[];
  readonly gold: readonly Passage[];
  /** Passages that do not answer it. */
  readonly others: readonly Passage[];
}

type Row = Record<string, unknown> & { question: string; answer: string; source: string; aliases?: string[] };

function rows(path: string): Row[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}

/** Multi-hop questions with their supporting passages; the other passages of their context are `others`. */
export function multihopQuestions(data: string): TrainingQuestion[] {
  const corpus = new Map(
    rows(join(data, 'multihop/corpus.jsonl')).map((row) => [
      String(row['id']),
      { title: String(row['title']), text: String(row['text']) },
    ]),
  );
  const passage = (id: string) => corpus.get(id) ?? { title: '', text: '' };
  return rows(join(data, 'multihop/questions.jsonl')).map((row) => {
    const gold = row['supporting_passages'] as string[];
    return {
      source: row.source,
      question: row.question,
      answers: [row.answer],
      gold: gold.map(passage),
      others: (row['context_passages'] as string[]).filter((id) => !gold.includes(id)).map(passage),
    };
  });
}

/** True for a passage whose questions the span reader was not taught with: the same rule as in training/reading/sources.py. */
function isHeldOut(context: string): boolean {
  return (createHash('sha256').update(context).digest()[0] ?? 0) % 100 < 18;
}

/** Single-passage reading questions that are new to the span reader, and reasoning chains; for fitting. */
export function readingQuestions(data: string): TrainingQuestion[] {
  const held = rows(join(data, 'train/reading/questions.jsonl')).filter((row) => isHeldOut(String(row['context'])));
  const reading = held.map((row) => ({
    source: row.source,
    question: row.question,
    answers: [row.answer, ...(row.aliases ?? [])],
    gold: [{ title: String(row['title'] ?? ''), text: String(row['context']) }],
    others: [],
  }));
  const chains = rows(join(data, 'multihop/reasoning_chains.jsonl')).map((row) => ({
    source: 'reasoning chains',
    question: row.question,
    answers: [row.answer],
    gold: row['passages'] as Passage[],
    others: [],
  }));
  return [...reading, ...chains];
}

/** Passages as what retrieve would give: best first by how much of the question they say. */
export function retrievalOf(question: string, passages: readonly Passage[]): Retrieval {
  const terms = wordsOf(question).filter((word) => !word.stop);
  const bags = passages.map(({ text, title }) => new Set(wordsOf(`${title} ${text}`).flatMap((word) => word.keys)));
  const idf = (stem: string) => Math.log(1 + (bags.length + 1) / (1 + bags.filter((bag) => bag.has(stem)).length));
  const overlap = (text: string) => {
    const keys = new Set(wordsOf(text).flatMap((word) => word.keys));
    const total = terms.reduce((sum, term) => sum + idf(term.stem), 0) || 1;
    return terms.reduce((sum, term) => sum + (term.keys.some((key) => keys.has(key)) ? idf(term.stem) : 0), 0) / total;
  };
  const segments = passages.flatMap(({ title, text }, i): RankedSegment[] => {
    const asset: Asset = {
      id: `Asset:${i}`,
      modality: 'TEXT',
      mediaType: 'text/plain',
      byteSize: text.length,
      title,
      blobKey: String(i),
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    const segment: Segment = {
      id: `Segment:${i}:0`,
      assetId: asset.id,
      ordinal: 0,
      kind: 'PASSAGE',
      locator: { type: 'TextSpan', start: 0, end: text.length, quote: text },
      text,
      sentences: sentencesIn(text),
    };
    return [
      {
        segment,
        asset,
        readings: [],
        score: 0.5 + overlap(`${title} ${text}`) / 2,
        features: {},
        sentenceScores: segment.sentences.map((span) => overlap(text.slice(span.start, span.end))),
      },
    ];
  });
  return ofSegments(
    { text: question },
    segments.toSorted((a, b) => b.score - a.score),
  );
}

/** Sentence ends: a full stop before a capital, not behind an initial or a title. */
export function sentencesIn(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(
    /(?<!\b(?:\p{Lu}|Mr|Mrs|Dr|St|Jr|Sr|No|vs|etc|U\.S))[.!?]["”)]?\s+(?=["“(]?[\p{Lu}\d])/gu,
  )) {
    const end = match.index + match[0].trimEnd().length;
    spans.push({ start, end });
    start = match.index + match[0].length;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}

/** The passage less the sentences that say an answer. */
export function withoutAnswer({ title, text }: Passage, answers: readonly string[]): Passage {
  const kept = sentencesIn(text)
    .map(({ start, end }) => text.slice(start, end))
    .filter((sentence) => !answers.some((answer) => sentence.toLowerCase().includes(answer.toLowerCase())));
  return { title, text: kept.join(' ') };
}
