import { describe, expect, it } from 'vitest';
import { LINES, readingOrder, WORDS } from '../../src/reading-order.ts';

const HEIGHT = 10;
/** Words of a line, 6 points a letter and as much between them. */
const words = (line: string, x: number, y: number) => {
  let at = x;
  return line.split(' ').map((text) => {
    const box = { x: at, y, width: 5 * text.length, height: HEIGHT };
    at += 5 * text.length + 4;
    return { text, box };
  });
};
const column = (name: string, x: number, top: number, rows: number) =>
  Array.from({ length: rows }, (_, i) => words(`${name}${i} some words of a line`, x, top + 12 * i)).flat();
const read = (items: ReturnType<typeof words>, narrowest = WORDS) =>
  readingOrder(items, narrowest).flatMap((rows) => rows.map((row) => row.map(({ text }) => text).join(' ')));

describe('readingOrder', () => {
  it('reads columns one after the other, and what spans them where it stands', () => {
    const title = words('a title that goes across both of the columns below it', 40, 0);
    const order = read([...column('r', 200, 40, 6), ...title, ...column('l', 20, 40, 6)]);
    expect(order[0]).toMatch(/^a title/);
    expect(order.slice(1).map((line) => line.slice(0, 2))).toEqual(
      ['l', 'r'].flatMap((name) => Array.from({ length: 6 }, (_, i) => `${name}${i}`)),
    );
  });

  it('reads above a spanning line before what is below it', () => {
    const wide = words('a caption of a wide figure that goes across all of the page', 20, 120);
    const order = read([
      ...column('a', 20, 0, 8),
      ...column('b', 200, 0, 8),
      ...wide,
      ...column('c', 20, 140, 8),
      ...column('d', 200, 140, 8),
    ]);
    expect(order.map((line) => line[0]).join('')).toBe('aaaaaaaabbbbbbbbaccccccccdddddddd');
  });

  it('reads a table row by row', () => {
    const rows = Array.from({ length: 6 }, (_, i) => [
      ...words(`ship${i}`, 20, 12 * i),
      ...words(`year${i}`, 200, 12 * i),
    ]);
    expect(read(rows.flat())).toEqual(rows.map((_, i) => `ship${i} year${i}`));
  });

  it('reads a receipt row by row, however long its left column is', () => {
    const rows = Array.from({ length: 6 }, (_, i) => [
      ...words(`article ${i} with a long name`, 20, 12 * i),
      ...words(`${i}.50`, 260, 12 * i),
    ]);
    expect(read(rows.flat())).toEqual(rows.map((_, i) => `article ${i} with a long name ${i}.50`));
  });

  it('reads one column as it stands, however ragged', () => {
    const lines = ['one two three four', 'five six', 'seven eight nine ten eleven', 'twelve', 'thirteen fourteen'];
    expect(read(lines.flatMap((line, i) => words(line, 20, 12 * i)))).toEqual(lines);
  });

  it('lets the boxes of whole lines reach a little into the gutter', () => {
    const line = (text: string, x: number, y: number, width: number) => ({ text, box: { x, y, width, height: 14 } });
    const lines = Array.from({ length: 6 }, (_, i) => [
      line(`left column number ${i}`, 20, 12 * i, i === 2 ? 181 : 172),
      line(`right column number ${i}`, i === 4 ? 188 : 195, 12 * i, 170),
    ]);
    const order = read(
      lines.flat().toSorted((a, b) => a.box.y - b.box.y),
      LINES,
    );
    expect(order.map((text) => text[0]).join('')).toBe('llllllrrrrrr');
  });

  it('reads what is written from right to left that way', () => {
    const row = [words('שלום', 100, 0), words('עולם', 20, 0)].flat();
    expect(read(row)).toEqual(['שלום עולם']);
  });
});
