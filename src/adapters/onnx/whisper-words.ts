import type { SpeechStretch, TranscribedWord } from '../../ports/encoders.ts';

/** A word as its tokens, and where it was said. */
export interface TokenWord {
  readonly text: string;
  /** Tokens `[first, end)` of those given. */
  readonly first: number;
  readonly end: number;
}

/**
 * Tokens as words: a word begins where its text begins with a space, so that marks stay with the word they touch. Tokens
 * that are parts of one character are taken together. `decode` gives the text of tokens.
 */
export function splitWords(tokens: readonly number[], decode: (tokens: readonly number[]) => string): TokenWord[] {
  const words: TokenWord[] = [];
  let open = 0;
  for (let i = 0; i < tokens.length; i++) {
    const text = decode(tokens.slice(open, i + 1));
    if (text.includes('\uFFFD') && i + 1 < tokens.length) continue;
    const last = words.at(-1);
    if (last && !/^\s/.test(text)) words[words.length - 1] = { text: last.text + text, first: last.first, end: i + 1 };
    else words.push({ text, first: open, end: i + 1 });
    open = i + 1;
  }
  return words.map((word) => ({ ...word, text: word.text.trim() })).filter(({ text }) => text !== '');
}

/**
 * A word's time without the silence about it: the warping gives a pause to the word beside it. `stretches`: where
 * somebody speaks; a word outside of all stays where it is.
 */
export function withinSpeech(word: TranscribedWord, stretches: readonly SpeechStretch[]): TranscribedWord {
  const shared = stretches
    .map((stretch) => ({
      startSeconds: Math.max(word.startSeconds, stretch.startSeconds),
      endSeconds: Math.min(word.endSeconds, stretch.endSeconds),
    }))
    .filter(({ startSeconds, endSeconds }) => endSeconds > startSeconds);
  // Where a word reaches over a pause it is on the side that holds more of it.
  const most = shared.toSorted((a, b) => b.endSeconds - b.startSeconds - (a.endSeconds - a.startSeconds))[0];
  return most ? { ...word, ...most } : word;
}
