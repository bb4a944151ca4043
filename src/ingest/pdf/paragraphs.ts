import { median, quantile } from '../../gutters.ts';
import type { PageLine } from './page-lines.ts';

const BULLET = /^(?:[•‣▪●○◦*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])$/;
/** Words farther apart than this, in heights of their line, stand in cells. */
const CELLS_APART = 1.6;
const ENDED = /[.!?…:;]["'”’)\]]*$/;

/** Lines of a page in reading order as paragraphs; one that goes on in the next column stays whole. */
export function paragraphsOf(lines: readonly PageLine[]): PageLine[][] {
  const paragraphs: PageLine[][] = [];
  for (const own of Map.groupBy(lines, ({ region }) => region).values()) {
    const inRegion = cutRegion(own);
    const [last, first] = [paragraphs.at(-1), inRegion[0]];
    if (last && first && goesOn(last, first)) {
      last.push(...first);
      inRegion.shift();
    }
    paragraphs.push(...inRegion);
  }
  return paragraphs;
}

/** Height of a line's letters in points, whatever stands higher or lower in it. */
export function sizeOf({ words }: PageLine): number {
  return median(words.map(({ box }) => Math.min(box.width > box.height * 2 ? box.height : Infinity, box.height)));
}

function cutRegion(lines: readonly PageLine[]): PageLine[][] {
  const left = Math.min(...lines.map(({ box }) => box.x));
  const right = Math.max(...lines.map(({ box }) => box.x + box.width));
  // Within a paragraph lines stand closest; a page of short ones has more gaps between them than within.
  const gap = quantile(
    lines.slice(1).map((line, i) => line.box.y - bottomOf(lines[i] ?? line)),
    0.25,
  );
  const paragraphs: PageLine[][] = [];
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    if (before && !begins(before, line, { left, right, gap })) paragraphs.at(-1)?.push(line);
    else paragraphs.push([line]);
  }
  return paragraphs;
}

/** Whether a line begins a paragraph after the one before it. */
function begins(
  before: PageLine,
  line: PageLine,
  { left, right, gap }: { left: number; right: number; gap: number },
): boolean {
  const size = sizeOf(line);
  if (before.words.at(-1)?.hyphen) return false;
  if (line.box.y - bottomOf(before) > gap + 0.45 * size) return true;
  if (Math.abs(size - sizeOf(before)) > 0.2 * Math.max(size, sizeOf(before))) return true;
  if (BULLET.test(line.words[0]?.text ?? '')) return true;
  if (hasCells(before) && hasCells(line)) return true;
  const listed = BULLET.test(before.words[0]?.text ?? '');
  if (!listed && line.box.x - before.box.x > 0.8 * size && line.box.x - left < 6 * size) return true;
  const short = (right - before.box.x - before.box.width) / Math.max(1, right - left);
  if (short > 0.2 && ENDED.test(textOf(before))) return true;
  return short > 0.4 && !/^\p{Ll}/u.test(line.words[0]?.text ?? '');
}

/** Whether its words stand in cells, as in a table's row. */
function hasCells({ words, box }: PageLine): boolean {
  return words.slice(1).some((word, i) => {
    const { x = 0, width = 0 } = words[i]?.box ?? {};
    return Math.max(word.box.x - x - width, x - word.box.x - word.box.width) > CELLS_APART * box.height;
  });
}

/** Whether a region's first paragraph goes on with the sentence that the region before it left open. */
function goesOn(last: readonly PageLine[], first: readonly PageLine[]): boolean {
  const [end, begin] = [last.at(-1), first[0]];
  if (!end || !begin || Math.abs(sizeOf(end) - sizeOf(begin)) > 0.1 * sizeOf(begin)) return false;
  if (end.words.at(-1)?.hyphen) return true;
  return !ENDED.test(textOf(end)) && /^\p{Ll}/u.test(begin.words[0]?.text ?? '');
}

function bottomOf({ box }: PageLine): number {
  return box.y + box.height;
}

/** Words of a line with spaces between them. */
export function textOf({ words }: PageLine): string {
  return words.map(({ text }) => text).join(' ');
}
