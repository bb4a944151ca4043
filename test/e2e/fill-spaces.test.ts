import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot, readConfig } from '../../src/config.ts';
import { createApplication } from '../../src/create-application.ts';
import { soundTextSpace } from '../../src/encode/sound-spaces.ts';
import { imageTextSpace } from '../../src/encode/image-text.ts';
import { countGaps } from '../../src/fill-spaces.ts';
import { openMigration, openParts } from '../../src/main.ts';
import { migrateModel } from '../../src/migrate-model.ts';
import pino from 'pino';
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

const embedded = () => readConfig({ SENSEGRAPH_DATA: data });
const withHub = () =>
  readConfig({
    SENSEGRAPH_DATA: data,
    SENSEGRAPH_PROFILE: 'hub',
    SENSEGRAPH_HUB_DIR: hub,
    SENSEGRAPH_IMAGE_MODEL: 'tiny/clip',
    SENSEGRAPH_SOUND_MODEL: 'tiny/clap',
  });

async function ingest(...files: readonly string[]): Promise<void> {
  const application = await createApplication(await openParts(embedded(), log));
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

/** What is missing in the spaces of the hub's models, and how many vectors they hold. */
async function look() {
  const parts = await openParts(withHub(), log);
  try {
    const spaces = [imageTextSpace(parts.encoders).name, soundTextSpace(parts.encoders)?.name ?? ''];
    const counts = await Promise.all(spaces.map((space) => parts.vectors.count(space)));
    const gaps = await countGaps(parts.encoders, parts);
    return { gaps: spaces.map((space) => gaps.get(space) ?? 0), counts, others: gaps.size };
  } finally {
    await parts.closeAll();
  }
}

async function migrate(stopAfter?: number): Promise<void> {
  const parts = await openMigration(withHub(), log);
  const stop = new AbortController();
  try {
    await migrateModel(parts.to, parts, {
      signal: stop.signal,
      onProgress: ({ done }) => done === stopAfter && stop.abort(new Error('stopped')),
    });
  } finally {
    await parts.close();
  }
}

describe('a profile whose models see and hear otherwise than those of the data directory', () => {
  it('finds what is missing in its spaces, fills them, stops and goes on, and is asked by its own models', async () => {
    await ingest('examples/images/museum-cat.jpg', 'examples/images/cup-on-a-table.jpg', 'test/fixtures/dog-bark.ogg');
    const before = await look();
    expect(before.counts).toEqual([0, 0]);
    expect(before.gaps[0]).toBe(2);
    expect(before.gaps[1]).toBeGreaterThan(0);
    // Nothing else is missing: the pack's own spaces are whole.
    expect(before.others).toBe(2);

    await expect(migrate(1)).rejects.toThrow('stopped');
    const stopped = await look();
    // One asset is done, the other two are left; which one is first is the ledger's business.
    expect(stopped.counts[0]! + stopped.counts[1]!).toBeGreaterThan(0);
    expect(stopped.gaps[0]! + stopped.gaps[1]!).toBeGreaterThan(0);

    await migrate();
    const after = await look();
    expect(after).toMatchObject({ gaps: [0, 0], others: 0 });
    expect(after.counts).toEqual(before.gaps);
    // The text space is what it was: nothing is embedded anew without need.
    await migrate();
    expect(await look()).toEqual(after);

    const parts = await openParts(withHub(), log);
    const application = await createApplication(parts);
    try {
      const { items } = await application.search({ query: 'a dog', first: 20 });
      expect(items.map(({ asset }) => asset.modality)).toEqual(expect.arrayContaining(['IMAGE', 'AUDIO']));
      // Loaded, so asked.
      const devices = (await application.health()).models.map(({ id, device }) => [id, device]);
      expect(devices).toEqual(
        expect.arrayContaining([
          ['tiny/clip', 'cpu'],
          ['tiny/clap', 'cpu'],
        ]),
      );
    } finally {
      await application.close();
    }
  }, 900_000);
});
