import type { Segment, Span, TextRun } from '../domain.ts';
import { splitSentences } from './sentences.ts';
import { segmentId, splitPassages } from './split.ts';

/** A heading, paragraph, list item or table row of a document with marks in it, as readable words. */
export interface Block {
  readonly text: string;
  /** Characters of the original that the block takes. */
  readonly start: number;
  readonly end: number;
  /** Where its words stand in the original. */
  readonly runs?: readonly TextRun[];
}

/** A passage takes no further block from here on, and is never joined beyond the second figure (characters). */
const ENOUGH = 900;
const LONGEST = 1600;

/**
 * Neighbouring blocks as passages of readable words. The locator holds the characters of the original, marks and all,
 * and quotes them; its runs tell where each sentence and name stands among the marks (place.ts).
 */
export function blockSegments(assetId: string, blocks: readonly Block[], original: string): Segment[] {
  const joined: Block[] = [];
  for (const block of blocks.flatMap(parts)) {
    const open = joined.at(-1);
    if (open && open.text.length < ENOUGH && open.text.length + block.text.length <= LONGEST)
      joined[joined.length - 1] = {
        text: `${open.text}\n\n${block.text}`,
        start: open.start,
        end: block.end,
        runs: [...(open.runs ?? []), ...moved(block.runs ?? [], open.text.length + 2)],
      };
    else joined.push(block);
  }
  return joined.map(({ text, start, end, runs = [] }, ordinal) => ({
    id: segmentId(assetId, ordinal),
    assetId,
    ordinal,
    kind: 'PASSAGE',
    locator: {
      type: 'TextSpan',
      start,
      end,
      quote: original.slice(start, end),
      ...(runs.length > 0 ? { runs } : {}),
    },
    text,
    sentences: splitSentences(text),
  }));
}

/** A block longer than a passage in pieces; each has the place of its own words, of the whole where that is unknown. */
function parts(block: Block): Block[] {
  if (block.text.length <= LONGEST) return [block];
  return splitPassages('Asset:part', block.text).map(({ text, locator }) => {
    if (locator.type !== 'TextSpan') return { ...block, text };
    const runs = within(block.runs ?? [], locator);
    const [first, last] = [runs[0], runs.at(-1)];
    return first && last ? { text, start: first[2], end: last[3], runs } : { ...block, text };
  });
}

function moved(runs: readonly TextRun[], by: number): TextRun[] {
  return runs.map(([at, length, start, end]) => [at + by, length, start, end]);
}

/** The part of runs that a range of the text holds, with places in that range. */
function within(runs: readonly TextRun[], span: Span): TextRun[] {
  return runs.flatMap(([at, length, start, end]): TextRun[] => {
    const [from, to] = [Math.max(at, span.start), Math.min(at + length, span.end)];
    if (to <= from) return [];
    const linear = end - start === length;
    return [[from - span.start, to - from, linear ? start + from - at : start, linear ? start + to - at : end]];
  });
}
