import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../../src/config.ts';
import { readFlatDrawing } from '../../../src/encode/flat-drawing.ts';
import { colourName } from '../../../src/encode/palette.ts';
import { decodeImage } from '../../../src/ingest/decode-image.ts';
import { COLOURS, draw, type Drawn } from '../../fixtures/drawing.ts';

const SHAPES: readonly (readonly Drawn[])[] = [
  [
    { shape: 'circle', colour: 'yellow', at: [10, 20, 20] },
    { shape: 'square', colour: 'black', at: [70, 70, 30] },
  ],
  [{ shape: 'triangle', colour: 'blue', at: [30, 5, 20] }],
  [],
];

describe('the shapes of a flat drawing', () => {
  test('each shape is told with its colour, its box and the field it stands in', () => {
    const drawing = readFlatDrawing(draw(SHAPES));
    expect(drawing?.shapes).toHaveLength(3);
    expect(drawing?.shapes).toEqual(
      expect.arrayContaining([
        { shape: 'circle', colour: 'yellow', box: { x: 10, y: 20, width: 20, height: 20 }, field: 0 },
        { shape: 'square', colour: 'black', box: { x: 70, y: 70, width: 30, height: 30 }, field: 0 },
        expect.objectContaining({ shape: 'triangle', colour: 'blue', field: 1 }),
      ]),
    );
  });

  test('a field without a shape is a field where others look like it', () => {
    expect(readFlatDrawing(draw(SHAPES))?.fields).toEqual([
      { x: 0, y: 0, width: 100, height: 100 },
      { x: 150, y: 0, width: 100, height: 100 },
      { x: 300, y: 0, width: 100, height: 100 },
    ]);
  });

  test('a larger drawing is read alike', () => {
    const names = (scale: number) =>
      readFlatDrawing(draw(SHAPES, scale))
        ?.shapes.map(({ shape, colour, field }) => `${colour} ${shape} ${field}`)
        .toSorted();
    expect(names(3)).toEqual(names(1));
  });

  test('a picture of other shapes is no drawing of plain ones', () => {
    expect(readFlatDrawing(draw([[{ shape: 'diamond', colour: 'red', at: [30, 30, 40] }]]))).toBeNull();
    expect(readFlatDrawing(draw([[]]))).toBeNull();
  });

  test('a picture with soft colours is none', () => {
    const image = draw(SHAPES);
    const data = image.data.map((value, i) => Math.min(255, value + (i % 90)));
    expect(readFlatDrawing({ ...image, data })).toBeNull();
  });

  test('a photograph is none', async () => {
    const bytes = await readFile(join(packageRoot, 'examples/images/museum-cat.jpg'));
    const { image } = await decodeImage(bytes, { maxPixels: 50_000_000 });
    expect(readFlatDrawing(image)).toBeNull();
  });

  test('colours have their everyday names', () => {
    const { black, yellow, blue, red, green, light } = COLOURS;
    expect([black, yellow, blue, red, green, light].map(colourName)).toEqual([
      'black',
      'yellow',
      'blue',
      'red',
      'green',
      'grey',
    ]);
    expect(
      [
        [255, 255, 255],
        [255, 165, 0],
        [139, 69, 19],
        [255, 182, 193],
        [128, 0, 128],
      ].map(([r = 0, g = 0, b = 0]) => colourName([r, g, b])),
    ).toEqual(['white', 'orange', 'brown', 'pink', 'purple']);
  });
});
