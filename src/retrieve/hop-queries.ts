import { added, dot } from './vectors.ts';
import { wordsOf, type Passage } from './passages.ts';
import { sentencesOf, surenessOf, type SubAnswer } from './sub-answer.ts';

/** Passages that a second hop may start from, best first, and bridges taken of each. */
export const FIRST_PASSAGES = 6;
const BRIDGES = 3;

/** A question put anew by what a first passage says: as words, or as a vector of unit norm. */
export interface HopQuery {
  readonly asked: string | Float32Array;
  /** Index of the passage that it comes from. */
  readonly from: number;
  /**
   * `sentence`: the question with the passage's best sentence; `bridge`: what is left of it, with a name of that sentence;
   * `sub`: with its sub-answer in place, or with that and without what its sentence says.
   */
  readonly kind: 'sentence' | 'bridge' | 'sub';
  /** How sure what it was put anew by is, 0…1. */
  readonly sure: number;
}

/**
 * Decomposes a question without a language model: what the best sentence of a first passage says is taken as resolved,
 * and a name it brings stands for it (the bridge of a multi-hop question). In the manner of PropRAG (arXiv 2504.18070),
 * whose beams of propositions these are with the passages' own sentences.
 */
export function hopQueries(
  question: { readonly text: string; readonly vector: Float32Array; readonly entities: ReadonlySet<string> },
  first: readonly { readonly index: number; readonly passage: Passage }[],
  names: {
    readonly captionOf: (entityId: string) => string | undefined;
    readonly degreeOf: (entityId: string) => number;
  },
  subAnswers: readonly SubAnswer[] = [],
): HopQuery[] {
  const queries: HopQuery[] = [];
  const words = question.text.replace(/\?+\s*$/, '').split(/\s+/);
  const without = (said: string): string => {
    const resolved = new Set(wordsOf(said));
    return words.filter((word) => !wordsOf(word).every((part) => resolved.has(part))).join(' ');
  };
  for (const { index, passage } of first.slice(0, FIRST_PASSAGES)) {
    const best = bestSentence(passage.vectors, question.vector);
    if (best === undefined) continue;
    const { start, end } = passage.segment.sentences[best] ?? { start: 0, end: passage.segment.text.length };
    // Nearly what both as one text embed to, without embedding it.
    const both = added(question.vector, passage.vectors, best * question.vector.length);
    queries.push({ asked: both, from: index, kind: 'sentence', sure: 1 });
    const rest = without(`${passage.title}: ${passage.segment.text.slice(start, end)}`);
    const bridges = [...passage.named]
      .filter(([id, sentences]) => !question.entities.has(id) && (sentences.includes(best) || passage.about.has(id)))
      .map(([id]) => id)
      .toSorted((a, b) => names.degreeOf(a) - names.degreeOf(b) || (a < b ? -1 : 1));
    for (const id of bridges.slice(0, BRIDGES)) {
      const name = names.captionOf(id);
      if (name !== undefined) queries.push({ asked: `${rest} ${name}`, from: index, kind: 'bridge', sure: 1 });
    }
    const [sub] = subAnswers
      .filter(({ segmentId }) => segmentId === passage.segment.id)
      .toSorted((a, b) => b.sure - a.sure);
    if (sub) {
      const asked = sub.asks ?? `${without(`${passage.title} ${sentencesOf(sub)}`)} ${sub.text}`;
      queries.push({ asked, from: index, kind: 'sub', sure: surenessOf(sub) });
    }
  }
  return queries;
}

/** Index of the sentence nearest to the question; undefined when there is none. */
export function bestSentence(vectors: Float32Array, query: Float32Array): number | undefined {
  let [best, highest]: [number | undefined, number] = [undefined, -Infinity];
  for (let i = 0; i * query.length < vectors.length; i++) {
    const score = dot(query, vectors, i * query.length);
    if (score > highest) [best, highest] = [i, score];
  }
  return best;
}
