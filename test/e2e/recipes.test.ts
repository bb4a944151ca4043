import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Application } from '../../src/application.ts';
import { readConfig } from '../../src/config.ts';
import { createApplication } from '../../src/create-application.ts';
import { ingestPassages } from '../../src/evaluate/corpus.ts';
import { openParts } from '../../src/main.ts';
import { RECIPES, type RecipeName } from '../../src/retrieve/recipes.ts';
import { retrieve } from '../../src/retrieve/retrieve.ts';

const PASSAGES = [
  ['The lantern bell', 'The lantern bell hangs in the hall. The lantern bell was cast by Thomas Miller.'],
  ['Thomas Miller', 'Thomas Miller was a founder. Thomas Miller was born in Westbrook.'],
  ['Westbrook', 'Westbrook is a town on the Esk. Its mill was built by Ann Moor.'],
  ['The bakery', 'Bread is baked at dawn. The bakery was opened by Rosa Lind.'],
  ['Green Island', 'Green Island lies in the bay. The ferry leaves at noon.'],
  ['The storm', 'The storm broke the pier in 1893.'],
].map(([title = '', text = ''], i) => ({ id: `p${i}`, title, text }));
const QUESTION = 'Where was the man who cast the lantern bell born?';

describe('each recipe', () => {
  let folder: string;
  let parts: Awaited<ReturnType<typeof openParts>>;
  let application: Application & { close(): Promise<void> };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sensegraph-recipes-'));
    parts = await openParts(readConfig({ SENSEGRAPH_DATA: folder }), pino({ level: 'silent' }));
    application = await createApplication(parts);
    await ingestPassages(application, PASSAGES, () => {});
  });
  afterAll(async () => {
    await application.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(Object.keys(RECIPES) as RecipeName[])(
    '%s finds evidence, and reads only where it is said to',
    async (recipe) => {
      const { spanReader } = parts;
      if (!spanReader) throw new Error('The pack has a reader.');
      let read = 0;
      const counted = {
        ...spanReader,
        info: spanReader.info,
        read: (...given: Parameters<typeof spanReader.read>) => (read++, spanReader.read(...given)),
      };
      const { segments } = await retrieve({ text: QUESTION }, { ...parts, spanReader: counted }, { recipe });
      const titles = segments.slice(0, 4).map(({ asset }) => asset.title);
      expect(titles).toContain('The lantern bell');
      if (recipe === 'default') expect(titles.slice(0, 2).toSorted()).toEqual(['The lantern bell', 'Thomas Miller']);
      const { hops, reader } = RECIPES[recipe];
      expect(read > 0).toBe(hops && reader);
    },
  );
});
