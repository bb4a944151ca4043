import type { Box } from '../../domain.ts';
import { readingOrder, WORDS } from '../../reading-order.ts';
import { around } from '../../place.ts';

/** A word in a line of a page. */
export interface LineWord {
  readonly text: string;
  /** Points of the page as shown, origin top left. */
  readonly box: Box;
  /** Ends in a hyphen that stands there for the line's end alone. */
  readonly hyphen?: boolean;
}

/** A line of a page in reading order. */
export interface PageLine {
  readonly words: readonly LineWord[];
  readonly box: Box;
  /** Number of its region (a column, a title across columns, …): lines of two regions stand apart. */
  readonly region: number;
}

/** Words of a page as lines in reading order; what is written at a turn comes after the rest, each turn by itself. */
export function linesOf(
  words: readonly (LineWord & { readonly turn: number })[],
  page: { readonly width: number; readonly height: number },
): PageLine[] {
  const lines: PageLine[] = [];
  let region = 0;
  const turns = [...Map.groupBy(words, ({ turn }) => turn)].toSorted((a, b) => b[1].length - a[1].length);
  for (const [turn, own] of turns) {
    const upright = own.map((word) => ({ text: word.text, box: turned(word.box, turn, page), word }));
    for (const rows of readingOrder(upright, WORDS)) {
      for (const row of rows) {
        const inLine = row.map(({ word: { text, box, hyphen } }) => ({ text, box, ...(hyphen ? { hyphen } : {}) }));
        lines.push({ words: inLine, box: around(inLine.map(({ box }) => box)), region });
      }
      region += 1;
    }
  }
  return lines;
}

/** The box on the page turned back, so that what is written at `turn` quarters clockwise stands upright. */
function turned(box: Box, turn: number, page: { readonly width: number; readonly height: number }): Box {
  const { x, y, width, height } = box;
  switch (turn) {
    case 1:
      return { x: y, y: page.width - x - width, width: height, height: width };
    case 2:
      return { x: page.width - x - width, y: page.height - y - height, width, height };
    case 3:
      return { x: page.height - y - height, y: x, width: height, height: width };
    default:
      return box;
  }
}
