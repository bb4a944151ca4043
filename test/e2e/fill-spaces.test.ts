import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot, readConfig } from '../../src/config.ts';
import { createApplication } from '../../src/create-application.ts';
import { imageTextSpace } from '../../src/encode/image-text.ts';
import { soundTextSpace } from '../../src/encode/sound-spaces.ts';
import { countGaps } from '../../src/fill-spaces.ts';
import { openParts } from '../../src/main.ts';
import { migrateModel } from '../../src/migrate-model.ts';
import { clapFiles, clipFiles, writeModel } from '../fixtures/hub-models.ts';

const log = pino({ level: 'silent' });
let data: string;
let hub: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'sensegraph-fill-data-'));
  hub = await mkdtemp(join(tmpdir(), 'sensegraph-fill-hub-'));
  await writeModel(hub, 'tiny/clip', clipFiles());
  await writeModel(hub, 'tiny/clap', clapFiles());
});
afterAll(() => Promise.all([data, hub].map((path) => rm(path, { recursive: true, force: true }))));

async function ingest(...files: readonly string[]): Promise<void> {
  const application = await createApplication(await openParts(readConfig({ SENSEGRAPH_DATA: data }), log));
  try {
    const items = await Promise.all(
      files.map(async (path) => ({ bytes: await readFile(join(packageRoot, path)), fileName: path })),
    );
    const { job } = await application.ingest(items);
    for await (const { state, failed } of application.jobProgress(job?.id ?? '', new AbortController().signal))
      if (state === 'COMPLETED') expect(failed).toBe(0);
  } finally {
    await application.close();
  }
}

describe('a profile whose models see and hear otherwise than those of the data directory', () => {
  it('finds what is missing in its spaces, fills them, stops and goes on, and is asked by its own models', async () => {
    await ingest('examples/images/museum-cat.jpg', 'test/fixtures/dog-bark.ogg');
    const config = readConfig({
      SENSEGRAPH_DATA: data,
      SENSEGRAPH_PROFILE: 'hub',
      SENSEGRAPH_HUB_DIR: hub,
      SENSEGRAPH_IMAGE_MODEL: 'tiny/clip',
      SENSEGRAPH_SOUND_MODEL: 'tiny/clap',
    });
    const parts = await openParts(config, log);
    const application = await createApplication(parts);
    const spaces = [imageTextSpace(parts.encoders).name, soundTextSpace(parts.encoders)?.name ?? ''] as const;
    const counts = () => Promise.all(spaces.map((space) => parts.vectors.count(space)));
    try {
      // The pack's own spaces are whole: nothing else is missing.
      const before = await countGaps(parts.encoders, parts);
      expect([...before.keys()].toSorted()).toEqual([...spaces].toSorted());
      expect(await counts()).toEqual([0, 0]);

      const stop = new AbortController();
      const onProgress = ({ done }: { done: number }) => done === 1 && stop.abort(new Error('stopped'));
      const stopped = migrateModel(parts.encoders, parts, { signal: stop.signal, onProgress });
      await expect(stopped).rejects.toThrow('stopped');
      // One asset is done, the other is left; which one comes first is the ledger's business.
      expect((await countGaps(parts.encoders, parts)).size).toBe(1);

      await migrateModel(parts.encoders, parts);
      expect((await countGaps(parts.encoders, parts)).size).toBe(0);
      expect(await counts()).toEqual(spaces.map((space) => before.get(space)));
      expect(await application.health()).toMatchObject({ migration: null });

      const { items } = await application.search({ query: 'a dog', first: 20 });
      expect(items.map(({ asset }) => asset.modality)).toEqual(expect.arrayContaining(['IMAGE', 'AUDIO']));
      const devices = (await application.health()).models.map(({ id, device }) => [id, device]);
      for (const id of ['tiny/clip', 'tiny/clap']) expect(devices).toContainEqual([id, 'cpu']);
    } finally {
      await application.close();
    }
  }, 400_000);
});
