import { expect, test } from 'vitest';
import { fittingBox } from '../../../src/encode/phrase-map.ts';

const picture = { width: 900, height: 450 };
const whole = { x: 0, y: 0, width: 900, height: 450 };

/** A 9 × 9 grid, 0 but for the cells (column, row) given. */
function grid(cells: Readonly<Record<string, number>>): Float32Array {
  const fits = new Float32Array(81);
  for (const [at, value] of Object.entries(cells)) {
    const [column = 0, row = 0] = at.split(',').map(Number);
    fits[row * 9 + column] = value;
  }
  return fits;
}

test('the box lies around the cells that fit most, not around others as high as they that touch nothing of them', () => {
  const fits = grid({ '2,3': 1, '3,3': 1, '8,8': 0.9 });
  const box = fittingBox([{ place: whole, fits }], picture);
  // Cells are 100 × 50 pixels.
  expect(box.x).toBeGreaterThan(190);
  expect(box.x + box.width).toBeLessThan(410);
  expect(box.y).toBeGreaterThan(145);
  expect(box.y + box.height).toBeLessThan(205);
  expect(box.width).toBeGreaterThan(100);
});

test('a part lies where it was cut, and is averaged with what the whole picture says there', () => {
  const right = { x: 600, y: 150, width: 300, height: 300 };
  const box = fittingBox(
    [
      { place: whole, fits: grid({}) },
      { place: right, fits: grid({ '4,4': 1 }) },
    ],
    picture,
  );
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  expect(Math.abs(middleX - 750)).toBeLessThan(20);
  expect(Math.abs(middleY - 300)).toBeLessThan(20);
  expect(box.width).toBeLessThan(60);
});

test('where everything fits alike the box is the picture', () => {
  expect(fittingBox([{ place: whole, fits: new Float32Array(81).fill(0.3) }], picture)).toEqual(whole);
});
