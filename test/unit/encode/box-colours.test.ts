import { describe, expect, it } from 'vitest';
import { coloursIn } from '../../../src/encode/box-colours.ts';
import { shadeName } from '../../../src/encode/shades.ts';

/** A disc of one colour on another, with its box. */
function disc(rgb: readonly [number, number, number], ground: readonly [number, number, number]) {
  const size = 100;
  const data = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) data.set(Math.hypot(x - 60, y - 50) < 25 ? rgb : ground, 3 * (y * size + x));
  return { image: { width: size, height: size, data }, box: { x: 35, y: 25, width: 50, height: 50 } };
}

describe('colours in a box', () => {
  it('are those of the thing, not of what is around it', () => {
    const { image, box } = disc([200, 20, 30], [40, 140, 50]);
    expect(coloursIn(image, box)[0]).toEqual({ colour: 'red', share: 1 });
  });

  it('are those of a pale thing: cream and paper are white', () => {
    const { image, box } = disc([245, 235, 220], [40, 90, 160]);
    expect(coloursIn(image, box)[0]).toEqual({ colour: 'white', share: 1 });
    expect([shadeName(250, 240, 225), shadeName(235, 225, 205), shadeName(255, 235, 60)]).toEqual([
      'white',
      'white',
      'yellow',
    ]);
  });

  it('are none where the thing is as its background, whatever is painted on it', () => {
    const { image, box } = disc([240, 240, 240], [240, 240, 240]);
    for (let y = 40; y < 60; y++) for (let x = 50; x < 70; x++) image.data.set([200, 20, 30], 3 * (y * 100 + x));
    expect(coloursIn(image, box)).toEqual([]);
  });

  it('are none where the box lies outside the picture', () => {
    const { image } = disc([200, 20, 30], [40, 140, 50]);
    expect(coloursIn(image, { x: 500, y: 500, width: 20, height: 20 })).toEqual([]);
  });

  it('sum to one, and go by the words that people use', () => {
    const { image } = disc([30, 60, 200], [250, 250, 250]);
    const all = coloursIn(image, { x: 0, y: 0, width: 100, height: 100 }, { isWhole: true });
    expect(all.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(all.map(({ colour }) => colour)).toEqual(['white', 'blue']);
    expect([shadeName(90, 50, 20), shadeName(240, 130, 20), shadeName(10, 8, 9)]).toEqual(['brown', 'orange', 'black']);
  });
});
