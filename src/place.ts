import type { Box, Locator, Segment, Span, TextLine } from './domain.ts';

/**
 * Place in the asset of a range of a segment's text; of the whole segment without one. A text's range gets its own
 * characters and, on a page, the boxes of its own words; a line or an utterance is its own smallest place.
 */
export function placeOf(segment: Pick<Segment, 'text' | 'locator'>, span?: Span): Locator {
  const { text, locator } = segment;
  if (locator.type !== 'TextSpan') return locator;
  const { runs, lines, ...whole } = locator;
  if (!span) return whole;
  if (runs) {
    const [start, end] = inOriginal(runs, span);
    if (start === undefined || end === undefined) return whole;
    return { ...whole, start, end, quote: locator.quote.slice(start - locator.start, end - locator.start) };
  }
  // Words that are not those of the original and don't tell where they come from have the segment's place.
  if (locator.quote !== text) return whole;
  return {
    ...whole,
    start: locator.start + span.start,
    end: locator.start + span.end,
    quote: text.slice(span.start, span.end),
    ...(lines ? { boxes: boxesOf(text, lines, span) } : {}),
  };
}

/** First and last character of the original that the range's runs hold. */
function inOriginal(
  runs: NonNullable<Extract<Locator, { type: 'TextSpan' }>['runs']>,
  span: Span,
): [number | undefined, number | undefined] {
  let [first, last]: [number | undefined, number | undefined] = [undefined, undefined];
  for (const [at, length, start, end] of runs) {
    if (at >= span.end || at + length <= span.start) continue;
    // Characters that were written otherwise (&amp;) can't be cut: the run is taken whole.
    const linear = end - start === length;
    first ??= linear ? start + Math.max(0, span.start - at) : start;
    last = linear ? start + Math.min(length, span.end - at) : end;
  }
  return [first, last];
}

/** Boxes of a range's words, one a line. */
export function boxesOf(text: string, lines: readonly TextLine[], span: Span): Box[] {
  const boxes: Box[] = [];
  for (const [i, [at = 0, y = 0, height = 0, ...sides]] of lines.entries()) {
    const end = lines[i + 1]?.[0] ?? text.length;
    if (at >= span.end || end <= span.start) continue;
    let [left, right] = [Infinity, -Infinity];
    let from = at;
    for (const [k, word] of text.slice(at, end).trimEnd().split(/\s+/).entries()) {
      if (from < span.end && from + word.length > span.start) {
        left = Math.min(left, sides[2 * k] ?? Infinity);
        right = Math.max(right, sides[2 * k + 1] ?? -Infinity);
      }
      from += word.length + 1;
    }
    if (right > left) boxes.push({ x: left, y, width: round(right - left), height });
  }
  return boxes;
}

/** The part of a page's lines that a passage of its text holds, with places in the passage. */
export function linesWithin(text: string, lines: readonly TextLine[], span: Span): TextLine[] {
  return lines.flatMap((line, i): TextLine[] => {
    const [at = 0, y = 0, height = 0, ...sides] = line;
    const end = lines[i + 1]?.[0] ?? text.length;
    if (at >= span.end || end <= span.start) return [];
    const before = text.slice(at, Math.max(at, span.start));
    const passed = before.trim() === '' ? 0 : before.trimEnd().split(/\s+/).length - (/\s$/.test(before) ? 0 : 1);
    return [[Math.max(0, at - span.start), y, height, ...sides.slice(2 * passed)]];
  });
}

/** The smallest box around all. */
export function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
