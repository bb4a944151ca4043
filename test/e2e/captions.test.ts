import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Application } from '../../src/application.ts';
import { packageRoot, readConfig } from '../../src/config.ts';
import type { Reading } from '../../src/domain.ts';
import { LEAST_CAPTION } from '../../src/encode/caption.ts';
import { openSensegraph } from '../../src/main.ts';

const PICTURES = ['flock.jpg', 'museum-cat.jpg', 'waterfront.jpg'];
const TEXTS = ['bells.md', 'great-storm.md'];

const folders: string[] = [];
const applications: Application[] = [];

/** A data directory with three pictures and two texts. */
async function open(captions: 'on' | 'off'): Promise<{ application: Application; ids: Map<string, string> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sensegraph-captions-'));
  folders.push(folder);
  const application = await openSensegraph(readConfig({ SENSEGRAPH_DATA: folder, SENSEGRAPH_CAPTIONS: captions }));
  applications.push(application);
  const paths = [...PICTURES.map((name) => join('images', name)), ...TEXTS.map((name) => join('texts', name))];
  const { job, items } = await application.ingest(
    await Promise.all(
      paths.map(async (path) => ({
        bytes: await readFile(join(packageRoot, 'examples', path)),
        fileName: path.split('/').at(-1) ?? '',
      })),
    ),
  );
  for await (const state of application.jobProgress(job?.id ?? '', new AbortController().signal))
    if (state.state === 'COMPLETED') expect(state.failed).toBe(0);
  return { application, ids: new Map(items.map((item, i) => [[...PICTURES, ...TEXTS][i] ?? '', item.assetId ?? ''])) };
}

async function readings(application: Application, assetId: string | undefined): Promise<Reading[]> {
  const { items } = await application.segmentsOf(assetId ?? '', { first: 20 });
  return [...(await application.readingsOf(items.map(({ id }) => id))).values()].flat();
}

let application: Application;
let ids: Map<string, string>;
beforeAll(async () => ({ application, ids } = await open('on')), 300_000);
afterAll(async () => {
  await Promise.all(applications.map((one) => one.close()));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

describe('a picture that is ingested', () => {
  it('has a caption as a reading, with its model and how sure that is', async () => {
    const caption = (await readings(application, ids.get('flock.jpg'))).find(({ kind }) => kind === 'CAPTION');
    expect(caption).toMatchObject({
      model: 'smollm2-looking',
      modelVersion: '1.0.0',
      locator: { type: 'ImageRegion', x: 0, y: 0 },
    });
    expect(caption?.score).toBeGreaterThanOrEqual(LEAST_CAPTION);
    expect(caption?.score).toBeLessThanOrEqual(1);
    expect(caption?.text).toMatch(/^[A-Z].* .*\.$/);
  });

  it('is found by the words of its caption', async () => {
    const caption = (await readings(application, ids.get('flock.jpg'))).find(({ kind }) => kind === 'CAPTION');
    const { items } = await application.search({ query: caption?.text ?? '', first: 5 });
    expect(items[0]?.asset.id).toBe(ids.get('flock.jpg'));
    expect(items[0]?.quote).toBe(caption?.text);
  });

  it('lets no caption make a thing more certain than the caption is', async () => {
    for (const name of PICTURES) {
      const all = await readings(application, ids.get(name));
      const { items } = await application.segmentsOf(ids.get(name) ?? '', { first: 1 });
      const mentions = [...(await application.mentionsOf(items.map(({ id }) => id))).values()].flat();
      const labels = Math.max(0, ...all.filter(({ kind }) => kind === 'LABEL').map(({ score }) => score));
      const caption = all.find(({ kind }) => kind === 'CAPTION')?.score ?? 0;
      for (const { score } of mentions) expect(score).toBeLessThanOrEqual(Math.max(labels, 0.8 * caption));
    }
  });
});

describe('with SENSEGRAPH_CAPTIONS=off', () => {
  it('a picture is not captioned when it is ingested, and can be looked at all the same', async () => {
    const off = await open('off');
    const all = await readings(off.application, off.ids.get('flock.jpg'));
    expect(all.filter(({ kind }) => kind === 'CAPTION')).toEqual([]);
    expect(all.filter(({ kind }) => kind === 'LABEL')).not.toEqual([]);
    const { text } = await off.application.look({ assetId: off.ids.get('flock.jpg') ?? '' });
    expect(text).not.toBe('');
  }, 300_000);
});
