import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Application } from '../../src/application.ts';
import { packageRoot, readConfig } from '../../src/config.ts';
import { createApplication, type ApplicationDeps } from '../../src/create-application.ts';
import { openParts } from '../../src/main.ts';
import { retrieve } from '../../src/retrieve/retrieve.ts';
import { dataPack } from '../data-pack.ts';

const bark = join(packageRoot, 'test/fixtures/dog-bark.ogg');
/** A poodle at a hydrant. */
const picture = dataPack('images/coco/000000377575.jpg');
const others = [
  'images/museum-cat.jpg',
  'images/mountains.jpg',
  'images/cup-on-a-table.jpg',
  'recordings/lantern-bell.wav',
  'texts/bells.md',
  'texts/great-storm.md',
  'texts/welcome.md',
].map((path) => join(packageRoot, 'examples', path));

let folder: string;
let parts: ApplicationDeps;
let application: Application;
const assetOf = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-bark-'));
  parts = await openParts(readConfig({ SENSEGRAPH_DATA: folder }));
  application = await createApplication(parts);
  const files = [bark, ...(picture ? [picture] : []), ...others];
  const { items, job } = await application.ingest(
    await Promise.all(files.map(async (path) => ({ bytes: await readFile(path), fileName: basename(path) }))),
  );
  expect(items.flatMap((item) => item.userErrors)).toEqual([]);
  for await (const state of application.jobProgress(job?.id ?? '', new AbortController().signal))
    if (state.state === 'COMPLETED') expect(state.failed).toBe(0);
  for (const [i, path] of files.entries()) assetOf.set(path, items[i]?.assetId ?? '');
}, 120_000);
afterAll(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

/** WordNet 3.1's dog. */
const DOG = 2086723;

/** The mention of a dog in a file's segments, and the entity that it names. */
async function dogOf(path: string) {
  const { items } = await parts.ledger.segmentsOf(assetOf.get(path) ?? '', { first: 20 });
  const mentions = [...(await parts.ledger.mentionsOf(items.map(({ id }) => id))).values()].flat();
  const entities = await parts.ledger.entitiesById(mentions.map(({ entityId }) => entityId));
  const dog = entities.find(({ synset }) => synset === DOG);
  return { dog, heard: mentions.find(({ entityId }) => entityId === dog?.id) };
}

describe('a recorded bark among pictures, recordings and texts', () => {
  it('becomes SOUND segments with timed events, named by their model', async () => {
    const { items } = await parts.ledger.segmentsOf(assetOf.get(bark) ?? '', { first: 20 });
    const sounds = items.filter(({ kind }) => kind === 'SOUND');
    const readings = [...(await parts.ledger.readingsOf(sounds.map(({ id }) => id))).values()].flat();
    const dog = readings.find(({ text }) => text === 'Dog');
    expect(dog).toMatchObject({ kind: 'SOUND_EVENT', model: 'sound-events', locator: { type: 'TimeSpan' } });
    expect(dog?.score).toBeGreaterThan(0.3);
  });

  it('is found by "a dog barking", before what is neither dog nor sound', async () => {
    const { segments } = await retrieve({ text: 'a dog barking' }, parts, { limit: 10 });
    const order = [...new Set(segments.map(({ asset }) => asset.id))];
    const dog = assetOf.get(picture ?? '');
    expect(order.filter((id) => id !== dog)[0]).toBe(assetOf.get(bark));
  });

  it.skipIf(!picture)('is found together with the picture of a dog', async () => {
    const { segments } = await retrieve({ text: 'a dog barking' }, parts, { limit: 10 });
    const order = [...new Set(segments.map(({ asset }) => asset.id))];
    expect(order.slice(0, 2).toSorted()).toEqual([assetOf.get(bark), assetOf.get(picture ?? '')].toSorted());
  });

  it('is a mention of the dog, at its time', async () => {
    const { heard, dog } = await dogOf(bark);
    expect(heard).toMatchObject({ method: 'HEARD', locator: { type: 'TimeSpan' } });
    expect(dog).toMatchObject({ kind: 'CONCEPT', name: 'dog', synset: DOG });
  });

  it.skipIf(!picture)('meets the picture in the dog: the poodle seen is a kind of it', async () => {
    const { dog } = await dogOf(bark);
    const { items } = await parts.ledger.segmentsOf(assetOf.get(picture ?? '') ?? '', { first: 20 });
    const seen = [...(await parts.ledger.mentionsOf(items.map(({ id }) => id))).values()].flat();
    const { nodes } = await parts.graph.expand({ from: [dog?.id ?? ''], hops: 3, fanout: 50, types: ['IS_A'] });
    const kinds = nodes.map(({ id }) => id);
    expect(seen.filter(({ method, entityId }) => method === 'DEPICTED' && kinds.includes(entityId))).not.toEqual([]);
  });

  it('is told when one asks what is heard in the recording', async () => {
    const answer = await application.ask({
      question: 'What can be heard in this recording?',
      assetId: assetOf.get(bark) ?? '',
    });
    expect(answer.shortAnswer).toContain('Dog');
  });

  it('answers a question in words, with the second at which it is heard', async () => {
    const answer = await application.ask({ question: 'Is there a dog barking?' });
    const cited = answer.steps.flatMap(({ claims }) => claims.flatMap(({ evidence }) => evidence));
    const heard = cited.find(({ asset, reading }) => asset.id === assetOf.get(bark) && reading?.kind === 'SOUND_EVENT');
    expect(heard?.locator.type).toBe('TimeSpan');
  });
});
