import { describe, expect, it } from 'vitest';
import type { Answer, Box, Evidence, StepKind } from '../../../src/domain.ts';
import { COLOURS, drawBoxes } from '../../../src/draw/draw-boxes.ts';
import { drawingPath, groundingOf } from '../../../src/draw/grounding.ts';
import { bestEvidence } from '../../../src/retrieve/evidence.ts';
import { picture, retrievalOf, text } from '../reason/made.ts';

function grey(width: number, height: number) {
  return { width, height, data: new Uint8Array(width * height * 3).fill(128) };
}

function at({ width, data }: ReturnType<typeof grey>, x: number, y: number): string {
  return `#${Buffer.from(data.slice((y * width + x) * 3, (y * width + x) * 3 + 3)).toString('hex')}`;
}

/** Every colour of the picture with how many pixels have it. */
function colours(image: ReturnType<typeof grey>): Map<string, number> {
  const found = new Map<string, number>();
  for (let y = 0; y < image.height; y++)
    for (let x = 0; x < image.width; x++) found.set(at(image, x, y), (found.get(at(image, x, y)) ?? 0) + 1);
  return found;
}

describe('drawing boxes', () => {
  it('lines each box in its colour and leaves what is in it and far from it as it was', () => {
    const image = grey(700, 560);
    drawBoxes(image, [
      { x: 100, y: 200, width: 200, height: 150 },
      { x: 400, y: 200, width: 200, height: 150 },
    ]);
    for (const [i, left] of [100, 400].entries()) {
      for (const [x, y] of [
        [left + 1, 300],
        [left + 198, 300],
        [left + 120, 201],
        [left + 100, 348],
      ] as const)
        expect(at(image, x, y)).toBe(COLOURS[i]);
      expect(at(image, left + 100, 275)).toBe('#808080');
    }
    expect(at(image, 20, 20)).toBe('#808080');
  });

  it('keeps numbers within the picture, whatever the box, and in no two places that meet', () => {
    const corner: Box[] = [
      { x: -50, y: -50, width: 900, height: 900 },
      { x: 0, y: 0, width: 4, height: 4 },
      { x: 396, y: 296, width: 100, height: 100 },
      { x: 1000, y: 1000, width: 5, height: 5 },
    ];
    const image = grey(400, 300);
    drawBoxes(image, corner);
    const found = colours(image);
    // A badge is more than the few pixels of its box: one cut off or covered would lack most of them.
    for (const colour of COLOURS.slice(0, 4)) expect(found.get(colour) ?? 0).toBeGreaterThan(150);
    expect(found.get('#ffffff') ?? 0).toBeGreaterThan(100);
  });

  it('draws lines as broad as the picture is large', () => {
    const widths = [200, 2000].map((side) => {
      const image = grey(side, side);
      drawBoxes(image, [{ x: side / 4, y: side / 4, width: side / 2, height: side / 2 }]);
      let broad = 0;
      for (let x = 0; x < side; x++) if (at(image, x, side / 2) === COLOURS[0]) broad += 1;
      return broad / 2;
    });
    expect(widths[0]).toBeGreaterThanOrEqual(2);
    expect(widths[1]).toBeGreaterThanOrEqual(4 * (widths[0] ?? 0));
  });

  it('draws each digit otherwise', () => {
    const boxes = (n: number): Box[] => Array.from({ length: n }, () => ({ x: 60, y: 60, width: 1, height: 1 }));
    const shapes = Array.from({ length: 9 }, (_, i) => {
      const image = grey(120, 120);
      drawBoxes(image, boxes(i + 1).slice(0, i + 1));
      return Buffer.from(image.data).toString('base64');
    });
    expect(new Set(shapes).size).toBe(9);
  });
});

const CAT = picture('cat.png', ['cat']);
const [seen] = retrievalOf('cat', [CAT]).segments;
const [read] = retrievalOf('cat', [text('notes', 'The cat is old.')]).segments;

function evidence(id: string, box: Box | 'text'): Evidence {
  if (box === 'text') return bestEvidence(read as NonNullable<typeof read>);
  const one = bestEvidence(seen as NonNullable<typeof seen>);
  return { ...one, id, asset: { ...one.asset, width: 100, height: 80 }, locator: { type: 'ImageRegion', ...box } };
}

function answer(steps: Partial<Record<StepKind, readonly Evidence[]>>): Answer {
  return {
    id: 'Answer:1',
    question: 'q',
    text: 't',
    shortAnswer: 't',
    confidence: 1,
    abstained: false,
    steps: Object.entries(steps).map(([kind, all]) => ({
      kind: kind as StepKind,
      text: 't',
      claims: [{ text: 't', evidence: all }],
    })),
    paths: [],
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

const WHOLE: Box = { x: 0, y: 0, width: 100, height: 80 };
const HEAD: Box = { x: 10, y: 10, width: 20, height: 20 };
const TAIL: Box = { x: 70, y: 40, width: 20, height: 20 };

describe('the grounding of an answer', () => {
  const regions = (given: Answer) => groundingOf(given).map(({ boxes }) => boxes.map(({ region }) => region));

  it('is what the answer itself rests on, each place once', () => {
    const given = answer({
      DESCRIBE: [evidence('a', TAIL)],
      ANSWER: [evidence('b', HEAD), evidence('c', HEAD), evidence('d', WHOLE), evidence('e', 'text')],
    });
    expect(regions(given)).toEqual([[HEAD]]);
    expect(groundingOf(given)[0]?.boxes[0]).toMatchObject({ number: 1, colour: COLOURS[0], caption: 'cat' });
  });

  it('is that of the steps before where the answer rests on the whole picture, else its frame', () => {
    expect(regions(answer({ DESCRIBE: [evidence('a', TAIL)], ANSWER: [evidence('d', WHOLE)] }))).toEqual([[TAIL]]);
    expect(regions(answer({ ANSWER: [evidence('d', WHOLE)] }))).toEqual([[WHOLE]]);
  });

  it('is nothing where the answer rests on no picture', () => {
    expect(groundingOf(answer({ DESCRIBE: [evidence('a', TAIL)], ANSWER: [evidence('e', 'text')] }))).toEqual([]);
  });

  it('has a path that tells the boxes', () => {
    expect(drawingPath('Asset:a b', [HEAD, { ...TAIL, width: 0.2 }])).toBe(
      '/assets/Asset%3Aa%20b/drawing?box=10,10,20,20&box=70,40,1,20',
    );
  });
});
