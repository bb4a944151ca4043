import type { Locator, Segment, Span } from '../domain.ts';
import type { TranscribedWord } from '../ports/encoders.ts';

/**
 * When the words of a range of an utterance were said; the whole utterance where its words' times are not known.
 * `words` are those of `segment.text`, in order.
 */
export function spokenPlace(
  { locator, text }: Pick<Segment, 'locator' | 'text'>,
  span: Span,
  words: readonly TranscribedWord[],
): Locator {
  if (locator.type !== 'TimeSpan') return locator;
  let from = 0;
  const said: TranscribedWord[] = [];
  for (const word of words) {
    const at = text.indexOf(word.text, from);
    if (at < 0) continue;
    from = at + word.text.length;
    if (at < span.end && from > span.start) said.push(word);
  }
  const [first, last] = [said[0], said.at(-1)];
  if (!first || !last) return locator;
  const startSeconds = Math.max(locator.startSeconds, first.startSeconds);
  const endSeconds = Math.min(locator.endSeconds, last.endSeconds);
  return endSeconds > startSeconds ? { type: 'TimeSpan', startSeconds, endSeconds } : locator;
}
