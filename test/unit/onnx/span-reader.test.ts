import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { ModelPack } from '../../../src/adapters/onnx/pack.ts';
import { openSpanReader } from '../../../src/adapters/onnx/span-reader.ts';

const modelsDir = join(import.meta.dirname, '../../../models');
const pack = new ModelPack({ modelsDir, device: 'cpu', threads: 0, log: pino({ level: 'silent' }) });
const reader = openSpanReader(pack);
afterAll(() => pack.close());

const FOUND = 'The brass bell was found by Ellen Carew near the harbour of Whitby in 1907. It weighs twelve kilos.';
const OTHER = 'Bread is baked from flour, water and salt. Rye gives a darker crumb.';
const best = async (question: string, passage: string): Promise<string> => {
  const [reading] = await reader.read(question, [passage]);
  const [span] = reading?.spans ?? [];
  return span ? passage.slice(span.start, span.end) : '';
};

describe('the span reader of the pack', () => {
  it('finds who, when and how much in a passage', async () => {
    expect(await best('Who found the bell?', FOUND)).toContain('Ellen Carew');
    expect(await best('When was the bell found?', FOUND)).toContain('1907');
    expect(await best('How much does the bell weigh?', FOUND)).toContain('twelve');
  });

  it('is surer of "not here" where a passage speaks of another thing', async () => {
    const [found, other] = await reader.read('Who found the bell?', [FOUND, OTHER]);
    const margin = (reading: typeof found) => (reading?.spans[0]?.score ?? -Infinity) - (reading?.absent ?? 0);
    expect(margin(found)).toBeGreaterThan(margin(other));
    expect(margin(other)).toBeLessThan(0);
  });

  it('reads a passage longer than its window to the end, with places that are those of the text', async () => {
    const filler = 'The museum is open on every day of the week but Monday, and tickets are sold at the door. ';
    const passage = filler.repeat(40) + FOUND;
    const [reading] = await reader.read('Who found the brass bell?', [passage]);
    const [span] = reading?.spans ?? [];
    expect(passage.slice(span?.start, span?.end)).toContain('Ellen Carew');
    expect(span?.start).toBeGreaterThan(filler.length * 40);
  });

  it('gives one reading for each passage in order, nothing for an empty one', async () => {
    expect(await reader.read('Who?', [])).toEqual([]);
    const readings = await reader.read('Who found the bell?', ['', FOUND]);
    expect(readings).toHaveLength(2);
    expect(readings[0]?.spans).toEqual([]);
    expect(readings[1]?.spans.length).toBeGreaterThan(0);
  });

  it('stops when asked to', async () => {
    await expect(reader.read('Who?', [FOUND], AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
