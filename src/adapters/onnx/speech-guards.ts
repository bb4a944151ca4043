import type { TranscribedSpan, TranscribedWord } from '../../ports/encoders.ts';

/**
 * Mean token probability below which words are invented: on 100 recordings of dogs, rain, engines and the like the
 * model gives 0.02 to 0.35, on sentences that are spoken 0.7 and more, on single spoken words 0.3 and more.
 */
const LEAST_SCORE = 0.3;
/** What Whisper says of noise and music instead of words. */
const NO_WORDS = /^[\s.…♪*\-–—]*$|^[([♪*].*[)\]♪*]$/;
/** What it says of sounds that are no speech, having learned it from subtitles. */
const HABITS = /^(you|thank you|thanks|thanks for watching|bye|okay|oh|so|the end|i'm sorry)[.!\s]*$/i;
/** A cry or an engine written down letter by letter. */
const HOWL = /(\p{L})\1{6}/iu;
/** A text of which less than this is left once its loops are taken out was nothing else. */
const LEAST_REST = 0.25;
/** Spans of the same words in a row that make a loop. */
const LOOP = 3;

/** Times within the recording and in order; no noise, no habits of the model, no loops, nothing it is unsure of. */
export function cleanSpans(heard: readonly TranscribedSpan[], durationSeconds: number): TranscribedSpan[] {
  const spans: TranscribedSpan[] = [];
  let from = 0;
  for (const [i, span] of heard.entries()) {
    const text = withoutLoops(span.text);
    const startSeconds = Math.min(Math.max(span.startSeconds, from), durationSeconds);
    const endSeconds = Math.min(Math.max(span.endSeconds, startSeconds), durationSeconds);
    if (endSeconds <= startSeconds || span.score < LEAST_SCORE) continue;
    if (NO_WORDS.test(text) || HOWL.test(text) || text.length < span.text.length * LEAST_REST) continue;
    if (isInLoop(heard, i)) continue;
    const words = span.words && { words: wordsOf(span.words, text, startSeconds, endSeconds) };
    spans.push({ text, startSeconds, endSeconds, score: span.score, ...words });
    from = endSeconds;
  }
  return spans.every((span) => HABITS.test(span.text)) ? [] : spans;
}

/** A phrase said three times or more in a row is the decoder in a loop: kept once. */
function withoutLoops(text: string): string {
  return text.replace(/\b(.{2,80}?)(?:[\s,.!?…]+\1\b){2,}/gi, '$1');
}

function isInLoop(heard: readonly TranscribedSpan[], at: number): boolean {
  const same = (i: number) => heard[i]?.text.toLowerCase() === heard[at]?.text.toLowerCase();
  let first = at;
  let end = at + 1;
  while (first > 0 && same(first - 1)) first -= 1;
  while (end < heard.length && same(end)) end += 1;
  return end - first >= LOOP;
}

/** The words that the cleaned text still has, in order and within its time. */
function wordsOf(words: TranscribedSpan['words'], text: string, from: number, to: number): TranscribedWord[] {
  const wanted = text.split(/\s+/);
  const within = (at: number) => Math.min(Math.max(at, from), to);
  const kept: TranscribedWord[] = [];
  for (const word of words ?? []) {
    if (word.text !== wanted[kept.length]) continue;
    kept.push({ ...word, startSeconds: within(word.startSeconds), endSeconds: within(word.endSeconds) });
  }
  return kept;
}
