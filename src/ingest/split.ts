import type { Segment, Span } from '../domain.ts';
import { splitSentences } from './sentences.ts';

/** Longest passage, in characters: about 350 tokens, so that the encoder reads all of it. */
const LONGEST = 1600;
/** A passage this long takes no further paragraph. */
const ENOUGH = 900;

/**
 * Cuts text into passages of whole sentences, and gives them as segments with their sentence boundaries.
 * Paragraphs stay whole where they fit, short neighbours are joined, a sentence longer than a passage is cut at a word.
 * `page` (from 1) makes locators relative to that page's text. Ordinals count on from `firstOrdinal`.
 */
export function splitPassages(
  assetId: string,
  text: string,
  options: { readonly page?: number; readonly firstOrdinal?: number } = {},
): Segment[] {
  const segments: Segment[] = [];
  for (const range of passageRanges(text)) {
    const ordinal = (options.firstOrdinal ?? 0) + segments.length;
    const passage = text.slice(range.start, range.end);
    segments.push({
      id: segmentId(assetId, ordinal),
      assetId,
      ordinal,
      kind: 'PASSAGE',
      locator: {
        type: 'TextSpan',
        ...(options.page === undefined ? {} : { page: options.page }),
        ...range,
        quote: passage,
      },
      text: passage,
      sentences: splitSentences(passage),
    });
  }
  return segments;
}

/** Id of an asset's segment. */
export function segmentId(assetId: string, ordinal: number): string {
  return `Segment:${assetId.slice(assetId.indexOf(':') + 1)}:${ordinal}`;
}

function passageRanges(text: string): Span[] {
  const ranges: Span[] = [];
  let open: Span | undefined;
  for (const paragraph of paragraphs(text)) {
    if (open && open.end - open.start < ENOUGH && paragraph.end - open.start <= LONGEST) {
      open = { start: open.start, end: paragraph.end };
      continue;
    }
    if (open) ranges.push(open);
    const pieces = fit(text, paragraph);
    open = pieces.pop();
    ranges.push(...pieces);
  }
  if (open) ranges.push(open);
  return ranges;
}

function paragraphs(text: string): Span[] {
  const spans: Span[] = [];
  // Runs of lines between blank lines, without the white space around them.
  for (const match of text.matchAll(/\S[^\n]*(?:\n(?![^\S\n]*\n|$)[^\n]*)*/g)) {
    const end = match.index + match[0].trimEnd().length;
    if (end > match.index) spans.push({ start: match.index, end });
  }
  return spans;
}

/** Cuts a paragraph at sentence ends into pieces of at most LONGEST characters. */
function fit(text: string, paragraph: Span): Span[] {
  if (paragraph.end - paragraph.start <= LONGEST) return [paragraph];
  const pieces: Span[] = [];
  let open: Span | undefined;
  for (const relative of splitSentences(text.slice(paragraph.start, paragraph.end))) {
    for (const sentence of cut(text, {
      start: paragraph.start + relative.start,
      end: paragraph.start + relative.end,
    })) {
      if (open && sentence.end - open.start <= LONGEST) open = { start: open.start, end: sentence.end };
      else {
        if (open) pieces.push(open);
        open = sentence;
      }
    }
  }
  if (open) pieces.push(open);
  return pieces;
}

/** Cuts a sentence that is longer than a passage at white space, or hard where there is none. */
function cut(text: string, sentence: Span): Span[] {
  const pieces: Span[] = [];
  let { start } = sentence;
  while (sentence.end - start > LONGEST) {
    let end = start + LONGEST;
    while (end > start && !/\s/.test(text.charAt(end))) end -= 1;
    // White space before `end` would be lost with it, so it stays outside the piece.
    while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
    if (end === start) end = start + LONGEST;
    // Never between the halves of a surrogate pair.
    if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    pieces.push({ start, end });
    start = end;
    while (start < sentence.end && /\s/.test(text.charAt(start))) start += 1;
  }
  if (start < sentence.end) pieces.push({ start, end: sentence.end });
  return pieces;
}
