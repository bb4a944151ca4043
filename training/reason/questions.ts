/** Questions with the passages that answer them, as Retrieval objects: what reason would be given by a perfect retriever. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asset, Segment, Span } from '../../src/domain.ts';
import type { RankedSegment, Retrieval } from '../../src/retrieve/retrieval.ts';
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

/** Single-passage reading questions and reasoning chains; for fitting. */
export function readingQuestions(data: string): TrainingQuestion[] {
  const reading = rows(join(data, 'train/reading/questions.jsonl')).map((row) => ({
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
  return {
    question: { text: question },
    vector: new Float32Array(),
    entities: [],
    segments: segments.toSorted((a, b) => b.score - a.score),
    evidence: [],
    paths: [],
    nodes: new Map(),
    edges: [],
  };
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

/** Answers as SQuAD compares them: lower case, no articles or punctuation. */
export function normalAnswer(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .replace(/\b(?:a|an|the)\b/gu, ' ')
    .split(/\s+/)
    .filter(Boolean)
    .join(' ');
}

/** Overlap of words, 0…1; the best of the given answers. */
export function f1(answer: string, golds: readonly string[]): number {
  const said = normalAnswer(answer).split(' ');
  return Math.max(
    ...golds.map((gold) => {
      const left = normalAnswer(gold).split(' ');
      const wanted = left.length;
      let common = 0;
      for (const word of said) {
        const at = left.indexOf(word);
        if (at < 0) continue;
        left.splice(at, 1);
        common += 1;
      }
      return common === 0 ? 0 : (2 * common) / (said.length + wanted);
    }),
  );
}
