import type { Segment } from '../domain.ts';
import { splitSentences } from './sentences.ts';
import { segmentId, splitPassages } from './split.ts';

/** A heading, paragraph, list item or table row of a document with marks in it, as readable words. */
export interface Block {
  readonly text: string;
  /** Characters of the original that the block takes. */
  readonly start: number;
  readonly end: number;
}

/** A passage takes no further block from here on, and is never joined beyond the second figure (characters). */
const ENOUGH = 900;
const LONGEST = 1600;

/**
 * Neighbouring blocks as passages of readable words. The locator holds the characters of the original, marks and all,
 * and quotes them; it is the passage's, since sentences have no place of their own among the marks.
 */
export function blockSegments(assetId: string, blocks: readonly Block[], original: string): Segment[] {
  const joined: Block[] = [];
  for (const block of blocks.flatMap(parts)) {
    const open = joined.at(-1);
    if (open && open.text.length < ENOUGH && open.text.length + block.text.length <= LONGEST)
      joined[joined.length - 1] = { text: `${open.text}\n\n${block.text}`, start: open.start, end: block.end };
    else joined.push(block);
  }
  return joined.map(({ text, start, end }, ordinal) => ({
    id: segmentId(assetId, ordinal),
    assetId,
    ordinal,
    kind: 'PASSAGE',
    locator: { type: 'TextSpan', start, end, quote: original.slice(start, end) },
    text,
    sentences: splitSentences(text),
  }));
}

/** A block longer than a passage in pieces; each keeps the place of the whole. */
function parts(block: Block): Block[] {
  if (block.text.length <= LONGEST) return [block];
  return splitPassages('Asset:part', block.text).map(({ text }) => ({ ...block, text }));
}
