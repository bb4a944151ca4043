import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { readFlatDrawing, type FlatDrawing } from '../../../src/encode/flat-drawing.ts';
import { decodeImage } from '../../../src/ingest/decode-image.ts';
import { judge } from '../../../src/reason/scene/judge.ts';
import { parseStatement } from '../../../src/reason/scene/parse-statement.ts';
import { dataPack } from '../../data-pack.ts';

interface Line {
  readonly file: string;
  readonly statement: string;
  readonly answer: string;
  readonly scene: readonly (readonly { readonly type: string; readonly color: string }[])[];
}

const manifest = dataPack('images/nlvr/manifest.jsonl');

/** Natural Language for Visual Reasoning (Suhr et al. 2017). The words were learnt from even lines alone. */
describe.skipIf(manifest === undefined)('statements of people about drawings', () => {
  let lines: readonly { readonly line: Line; readonly drawing: FlatDrawing | null }[] = [];
  beforeAll(async () => {
    lines = await Promise.all(
      (await readFile(manifest ?? '', 'utf8'))
        .trim()
        .split('\n')
        .map(async (text) => {
          const line = JSON.parse(text) as Line;
          const { image } = await decodeImage(await readFile(dataPack(line.file) ?? ''), { maxPixels: 1e6 });
          return { line, drawing: readFlatDrawing(image) };
        }),
    );
  });

  test('nine drawings in ten are read to the last shape, though shapes of a colour may touch', () => {
    const right = lines.filter(({ line, drawing }) => {
      const colour = (name: string) => (name === '#0099ff' ? 'blue' : name.toLowerCase());
      const truth = line.scene.flatMap((box, i) => box.map(({ type, color }) => `${i} ${colour(color)} ${type}`));
      const seen = drawing?.shapes.map(({ shape, colour: own, field }) => `${field} ${own} ${shape}`) ?? [];
      return truth.toSorted().join() === seen.toSorted().join();
    });
    expect(right.length / lines.length).toBeGreaterThan(0.9);
  });

  test.each([
    ['even', 1, 0.94],
    ['odd', 0, 0.75],
  ] as const)('of the %s lines so many are judged right, what is not understood counted as wrong', (_, rest, least) => {
    const own = lines.filter((_line, i) => i % 2 === rest);
    const right = own.filter(({ line, drawing }) => {
      const statement = parseStatement(line.statement);
      if (!statement || !drawing) return false;
      const things = drawing.shapes.map(({ shape, ...more }) => ({ ...more, name: shape }));
      return String(judge(statement, { things, fields: drawing.fields }).holds) === line.answer;
    });
    expect(own).toHaveLength(100);
    expect(right.length / own.length).toBeGreaterThanOrEqual(least);
  });
});
