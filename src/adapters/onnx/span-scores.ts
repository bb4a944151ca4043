/** Tokens of the longest answer. */
const LONGEST = 24;
/** Starts that are considered. */
const STARTS = 20;

/**
 * The spans of tokens with the highest sum of start and end scores, best first, at most `count`. A span that begins or
 * ends where a better one does may be among them: which form of an answer is right is for others to say.
 */
export function bestSpans(
  starts: Float32Array,
  ends: Float32Array,
  count = 8,
): { readonly first: number; readonly last: number; readonly score: number }[] {
  const begin = [...starts.keys()].toSorted((a, b) => (starts[b] ?? 0) - (starts[a] ?? 0)).slice(0, STARTS);
  const spans = begin.flatMap((first) =>
    Array.from({ length: Math.min(LONGEST, ends.length - first) }, (_, i) => ({
      first,
      last: first + i,
      score: (starts[first] ?? 0) + (ends[first + i] ?? 0),
    })),
  );
  return spans.toSorted((a, b) => b.score - a.score).slice(0, count);
}
