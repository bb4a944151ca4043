import { BATCH_TOKENS } from './text-model.ts';

/** Characters of an English token, about. */
const CHARS = 4;
/** Estimated tokens of the part of a call that goes to a session in one message. */
export const PART = 4 * BATCH_TOKENS;

export interface Part {
  /** Places in the call's list. */
  readonly members: number[];
  /** Estimated. */
  tokens: number;
}

/**
 * A call's texts in parts for `sessions` sessions: longest first, so that texts of like length come together, and what
 * comes together is dealt out evenly, each text to the part that has least. Whole parts of like length would leave one
 * session with the long texts while the other waits. What fits one pass stays together.
 */
export function cutIntoParts(lengths: readonly number[], maxTokens: number, sessions: number): Part[] {
  const tokensOf = (i: number) => Math.min(maxTokens, Math.ceil((lengths[i] ?? 0) / CHARS) + 2);
  const order = lengths.map((_, i) => i).toSorted((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));
  const parts: Part[] = [];
  let block: number[] = [];
  let tokens = 0;
  const close = () => {
    const hands = Array.from({ length: tokens <= BATCH_TOKENS ? 1 : sessions }, (): Part => ({
      members: [],
      tokens: 0,
    }));
    for (const i of block) {
      const least = hands.reduce((a, b) => (b.tokens < a.tokens ? b : a));
      least.members.push(i);
      least.tokens += tokensOf(i);
    }
    parts.push(...hands.filter(({ members }) => members.length > 0));
    block = [];
    tokens = 0;
  };
  for (const i of order) {
    if (block.length > 0 && tokens + tokensOf(i) > sessions * PART) close();
    block.push(i);
    tokens += tokensOf(i);
  }
  if (block.length > 0) close();
  return parts;
}
