import type { Box } from './domain.ts';
import { findGutter, heightOf, rowsOf, spans, type Gutter, type Placed } from './gutters.ts';

/** Least width of a gutter between words, and between lines. */
export const WORDS = 0.7;
export const LINES = -0.9;

/** Below this many rows nothing is looked for but rows. */
const LEAST_ROWS = 4;
/** Parts of a page are cut within each other at most this deep. */
const DEEPEST = 12;

/**
 * Words or lines of a page in reading order: regions, in each the rows from the top, in each row its items. Columns are
 * read one after the other, with what spans them in between: a recursive cut at white space (XY-cut, Nagy 1984), where
 * items that cross a gutter part the columns above them from those below. Tables are read row by row.
 * `narrowest`: least width of a gutter in heights of a line; between words it must be wider than a space, while
 * lines as a reader finds them stand apart by themselves, and their boxes may even overlap (WORDS, LINES).
 */
export function readingOrder<T extends Placed>(items: readonly T[], narrowest: number): T[][][] {
  return cut(items, narrowest, 0).map(rowsOf);
}

function cut<T extends Placed>(items: readonly T[], narrowest: number, depth: number): T[][] {
  if (items.length === 0) return [];
  const rows = rowsOf(items);
  if (rows.length < LEAST_ROWS || depth > DEEPEST) return [[...items]];
  const gutter = findGutter(rows, narrowest);
  if (gutter) return columns(rows, gutter, narrowest, depth);
  // No gutter goes all the way down: perhaps one does below or above the widest gap.
  const parts = atWidestGap(rows);
  if (!parts) return [[...items]];
  const [above, below] = parts.map((part) => cut(part.flat(), narrowest, depth + 1)) as [T[][], T[][]];
  return above.length + below.length > 2 ? [...above, ...below] : [[...items]];
}

function columns<T extends Placed>(rows: readonly T[][], gutter: Gutter, narrowest: number, depth: number): T[][] {
  const bands: { spanning: boolean; items: T[] }[] = [];
  for (const row of rows) {
    const spanning = spans(row, gutter);
    const last = bands.at(-1);
    if (last?.spanning === spanning) last.items.push(...row);
    else bands.push({ spanning, items: [...row] });
  }
  return bands.flatMap((band) => {
    if (band.spanning) return [band.items];
    const isLeft = ({ box }: T) => box.x + box.width / 2 < gutter.x;
    const [left, right] = [band.items.filter(isLeft), band.items.filter((item) => !isLeft(item))];
    return [...cut(left, narrowest, depth + 1), ...cut(right, narrowest, depth + 1)];
  });
}

function atWidestGap<T extends Placed>(rows: readonly T[][]): [T[][], T[][]] | undefined {
  const extents = rows.map(extentOf);
  let [best, at, bottom] = [0, 0, extents[0]?.bottom ?? 0];
  for (const [i, { top }] of extents.entries()) {
    if (i > 0 && top - bottom > best) [best, at] = [top - bottom, i];
    bottom = Math.max(bottom, extents[i]?.bottom ?? 0);
  }
  return best > 0.3 * heightOf(rows.flat()) ? [rows.slice(0, at), rows.slice(at)] : undefined;
}

function extentOf(row: readonly { readonly box: Box }[]): { top: number; bottom: number } {
  return {
    top: Math.min(...row.map(({ box }) => box.y)),
    bottom: Math.max(...row.map(({ box }) => box.y + box.height)),
  };
}
