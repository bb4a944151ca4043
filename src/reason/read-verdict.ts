import type { SpanReader } from '../ports/span-reader.ts';
import type { Retrieval } from '../retrieve/retrieval.ts';
import type { Considered } from './consider.ts';
import type { Fact } from './facts.ts';
import { passagesOf, readTexts, type ReadPassage } from './read.ts';

/** What the reader makes of a question of yes or no, by the passage that says most of it. */
export interface JudgedPassage {
  /** Chance of yes against no. */
  readonly yes: number;
  /** Chance that the passage says it either way. */
  readonly said: number;
  /** Facts of the passage, the best first. */
  readonly facts: readonly Fact[];
}

/** Words that say something of anything: a sign's name doesn't. */
const SENTENCE = 5;

/** Lets the reader judge the best passages for what is asked. */
export async function judgePassages(
  reader: SpanReader,
  considered: Considered,
  signal?: AbortSignal,
): Promise<JudgedPassage[]> {
  const passages = passagesOf(considered, []).filter(({ text }) => text.split(/\s+/).length >= SENTENCE);
  return judge(reader, considered.retrieval, passages, signal);
}

/** The passages as the reader judges them, the one that says most first; none where it gives no verdicts. */
export async function judge(
  reader: SpanReader,
  asked: Pick<Retrieval, 'question' | 'readings'>,
  passages: readonly ReadPassage[],
  signal?: AbortSignal,
): Promise<JudgedPassage[]> {
  const read = await readTexts(reader, asked, passages, signal);
  return read
    .flatMap(({ verdict }, i): JudgedPassage[] => {
      const { facts = [] } = passages[i] ?? {};
      if (!verdict) return [];
      const said = verdict.yes + verdict.no;
      return [{ yes: verdict.yes / said, said, facts }];
    })
    .toSorted((a, b) => b.said - a.said);
}
