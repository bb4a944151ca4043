import { mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LineWriter, readLines } from '../../src/transfer/line-file.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'sensegraph-lines-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a file of lines', () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `{"n":${i},"text":"é 🙂 ${'x'.repeat(i % 90)}"}`);
  const read = async (path: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const { text } of readLines(path)) found.push(text);
    return found;
  };

  it.each(['plain.jsonl', 'packed.jsonl.gz'])(
    '%s gives back what was written, and its name only once it is whole',
    async (name) => {
      const path = join(folder, name);
      const writer = await LineWriter.open(path);
      for (const line of lines) await writer.write(line);
      expect(await readdir(folder)).not.toContain(name);
      await writer.close();
      expect(await read(path)).toEqual(lines);
      const given: string[] = [];
      for await (const { where } of readLines(path)) given.push(where);
      expect([given[0], given.at(-1)]).toEqual([`${path}:1`, `${path}:3000`]);
    },
  );

  it('that was cut off, is not there, or can’t be written says so', async () => {
    const path = join(folder, 'packed.jsonl.gz');
    await truncate(path, (await readFile(path)).length / 2);
    await expect(read(path)).rejects.toMatchObject({ code: 'CORRUPT' });
    await expect(read(join(folder, 'none'))).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(LineWriter.open(join(folder, 'none', 'none'))).rejects.toMatchObject({ code: 'BAD_INPUT' });
    const writer = await LineWriter.open(join(folder, 'given-up.jsonl'));
    await writer.write('{}');
    await writer.discard();
    expect((await readdir(folder)).filter((name) => name.startsWith('given-up'))).toEqual([]);
  });
});
