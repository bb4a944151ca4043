/** Characters of an English token, about; where tokens are fewer, parts are a little smaller than they could be. */
const CHARS = 4;

/** What goes to a session in one message. */
export interface Part {
  /** Places in the call's list. */
  readonly members: number[];
  /** Estimated. */
  tokens: number;
}

/**
 * A call's texts in parts of at most `most` estimated tokens (a text alone may be longer), texts of like length together,
 * longest first. `lengths`: their characters.
 */
export function cutIntoParts(lengths: readonly number[], maxTokens: number, most: number): Part[] {
  const order = lengths.map((_, i) => i).toSorted((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));
  const parts: Part[] = [];
  for (const i of order) {
    const tokens = Math.min(maxTokens, Math.ceil((lengths[i] ?? 0) / CHARS) + 2);
    const open = parts.at(-1);
    if (open && open.tokens + tokens <= most) {
      open.members.push(i);
      open.tokens += tokens;
    } else parts.push({ members: [i], tokens });
  }
  return parts;
}
