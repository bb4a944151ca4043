import type { Box } from './domain.ts';

/** A word or line and its place; y grows downwards. */
export interface Placed {
  readonly text: string;
  readonly box: Box;
}

/** Share of the rows that may cross a gutter: titles, wide figures' captions. */
const MOST_CROSSING = 0.35;
/** Characters that a row of a column has, half of the rows at least; below, the columns are a table's. */
const LEAST_CHARACTERS = 16;
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** Items in rows from the top, in each from the left (from the right where most of it is written that way). */
export function rowsOf<T extends Placed>(items: readonly T[]): T[][] {
  const rows: { top: number; bottom: number; items: T[] }[] = [];
  for (const item of items.toSorted((a, b) => middle(a.box) - middle(b.box))) {
    const row = rows.at(-1);
    const { y, height } = item.box;
    const shared = row ? Math.min(row.bottom, y + height) - Math.max(row.top, y) : 0;
    if (row && shared > 0.5 * Math.min(height, row.bottom - row.top)) {
      // A row is as high as its highest item, but no chain of slanted ones makes it higher.
      if (height > row.bottom - row.top) [row.top, row.bottom] = [y, y + height];
      row.items.push(item);
    } else rows.push({ top: y, bottom: y + height, items: [item] });
  }
  return rows.map(({ items: row }) => {
    const rightToLeft = row.filter(({ text }) => RTL.test(text)).length * 2 > row.length;
    return row.toSorted((a, b) => (rightToLeft ? b.box.x - a.box.x : a.box.x - b.box.x));
  });
}

/** Median height of the items. */
export function heightOf(items: readonly Placed[]): number {
  return median(items.map(({ box }) => box.height));
}

/** A white strip from top to bottom. */
export interface Gutter {
  readonly x: number;
  /** Of half of the rows at least. */
  readonly width: number;
  /** Least width in a row that was asked for. */
  readonly least: number;
  /** Rows that cross it. */
  readonly crossing: number;
}

/**
 * Where the rows part into columns of text: the white strip that fewest rows cross, with rows side by side to its left
 * and right. `narrowest` is its least width in heights of a line,
 * below zero where boxes are not exact. Undefined for text in one column, and for tables.
 */
export function findGutter(rows: readonly (readonly Placed[])[], narrowest: number): Gutter | undefined {
  const gutters = findGutters(rows, narrowest);
  const cells = rows.flatMap((row) => (gutters.some((gutter) => spans(row, gutter)) ? [] : cellsOf(row, gutters)));
  // A column of short cells (prices, years) makes it a table, however long the others are.
  const columns = [...Map.groupBy(cells, ({ column }) => column).values()];
  const shortest = Math.min(...columns.map((own) => median(own.map(({ characters }) => characters))));
  if (columns.length < 2 || shortest < LEAST_CHARACTERS) return undefined;
  return gutters.toSorted((a, b) => a.crossing - b.crossing || b.width - a.width)[0];
}

/**
 * Whether a row goes on across the gutter: by an item that crosses it, or by two that stand close, as a title's words do.
 * A `least` below zero lets items reach over it by so much: a line's box, as a reader finds it, is never exact.
 */
export function spans(row: readonly Placed[], { x, least }: Pick<Gutter, 'x' | 'least'>): boolean {
  const { from, to } = gapAt(row, x);
  return Math.max(from - x, x - to) > Math.max(0, -least) || to - from < least;
}

/** Where the items left of x (by their middle) end and those right of it begin; infinite where there are none. */
function gapAt(row: readonly Placed[], x: number): { from: number; to: number } {
  let [from, to] = [-Infinity, Infinity];
  for (const { box } of row) {
    if (box.x + box.width / 2 < x) from = Math.max(from, box.x + box.width);
    else to = Math.min(to, box.x);
  }
  return { from, to };
}

function findGutters(rows: readonly (readonly Placed[])[], narrowest: number): Gutter[] {
  const least = narrowest * heightOf(rows.flat());
  const most = rows.length * MOST_CROSSING;
  return valleys(rows, most).flatMap((x) => {
    const gaps = rows.filter((row) => !spans(row, { x, least })).map((row) => gapAt(row, x));
    const crossing = rows.length - gaps.length;
    const width = median(gaps.map(({ from, to }) => to - from));
    const gutter = { x, width, least, crossing };
    return crossing <= most && sideBySide(rows, gutter) ? [gutter] : [];
  });
}

/** For each strip that at most `most` rows cross: the middle of its emptiest stretch. */
function valleys(rows: readonly (readonly Placed[])[], most: number): number[] {
  const edges = rows.flat().flatMap(({ box }) => [box.x, box.x + box.width]);
  const [left, right] = [Math.min(...edges), Math.max(...edges)];
  const step = Math.max(heightOf(rows.flat()) / 8, (right - left) / 4000, 1e-6);
  const bins = new Int32Array(Math.ceil((right - left) / step) + 1);
  for (const row of rows) {
    const touched = new Set<number>();
    for (const { box } of row) {
      const to = Math.floor((box.x + box.width - left) / step);
      for (let bin = Math.ceil((box.x - left) / step); bin <= to; bin++) touched.add(bin);
    }
    for (const bin of touched) bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const found: number[] = [];
  for (let bin = 0; bin < bins.length; bin++) {
    if ((bins[bin] ?? 0) > most) continue;
    let end = bin;
    while (end + 1 < bins.length && (bins[end + 1] ?? 0) <= most) end += 1;
    const strip = bins.subarray(bin, end + 1);
    const least = Math.min(...strip);
    const [first, last] = [strip.indexOf(least), strip.lastIndexOf(least)];
    if (bin > 0 && end + 1 < bins.length) found.push(left + (bin + (first + last + 1) / 2) * step);
    bin = end;
  }
  return found;
}

/** Whether rows to the left and to the right lie beside one another over half of the shorter side's height. */
function sideBySide(rows: readonly (readonly Placed[])[], gutter: Gutter): boolean {
  const own = rows.filter((row) => !spans(row, gutter)).flat();
  const sides = [own.filter(({ box }) => box.x < gutter.x), own.filter(({ box }) => box.x >= gutter.x)];
  const [left, right] = sides.map((side) => ({
    rows: rowsOf(side).length,
    top: Math.min(...side.map(({ box }) => box.y)),
    bottom: Math.max(...side.map(({ box }) => box.y + box.height)),
  }));
  if (!left || !right || left.rows < 3 || right.rows < 3) return false;
  const shared = Math.min(left.bottom, right.bottom) - Math.max(left.top, right.top);
  return shared > 0.5 * Math.min(left.bottom - left.top, right.bottom - right.top);
}

/** Characters that a row holds in each column it has words in. */
function cellsOf(row: readonly Placed[], gutters: readonly Gutter[]): { column: number; characters: number }[] {
  const cells = Map.groupBy(row, ({ box }) => gutters.filter(({ x }) => x < box.x + box.width / 2).length);
  return [...cells].map(([column, cell]) => ({
    column,
    characters: cell.reduce((sum, { text }) => sum + text.length + 1, -1),
  }));
}

function middle(box: Box): number {
  return box.y + box.height / 2;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a share of all lies; 0 for none. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
