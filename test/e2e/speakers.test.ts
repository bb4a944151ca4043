import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Application } from '../../src/application.ts';
import { packageRoot, readConfig } from '../../src/config.ts';
import { createApplication, type ApplicationDeps } from '../../src/create-application.ts';
import type { Entity, Mention } from '../../src/domain.ts';
import { openParts } from '../../src/main.ts';
import { dataPack } from '../data-pack.ts';

/** Two recordings of one voice, and one of another (LJ Speech, not in the repository). */
const [bell, barn] = ['lantern-bell.wav', 'old-barn.flac'].map((name) =>
  join(packageRoot, 'examples/recordings', name),
);
const other = dataPack('audio/speech/LJ001-0001.flac');

let folder: string;
let parts: ApplicationDeps;
let application: Application;
const assetOf = new Map<string | undefined, string>();

async function ingest(paths: readonly string[]): Promise<void> {
  const { items, job } = await application.ingest(
    await Promise.all(paths.map(async (path) => ({ bytes: await readFile(path), fileName: basename(path) }))),
  );
  for await (const state of application.jobProgress(job?.id ?? '', new AbortController().signal))
    if (state.state === 'COMPLETED') expect(state.failed).toBe(0);
  for (const [i, path] of paths.entries()) assetOf.set(path, items[i]?.assetId ?? '');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-speakers-'));
  parts = await openParts(readConfig({ SENSEGRAPH_DATA: folder }));
  application = await createApplication(parts);
  // One by one: the second voice is compared with what the ledger holds.
  for (const path of [bell, barn, other]) if (path) await ingest([path]);
});
afterAll(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

async function speakersOf(path: string | undefined): Promise<{ mentions: Mention[]; entities: Entity[] }> {
  const { items } = await parts.ledger.segmentsOf(assetOf.get(path) ?? '', { first: 20 });
  const all = [...(await parts.ledger.mentionsOf(items.map(({ id }) => id))).values()].flat();
  const mentions = all.filter(({ method }) => method === 'SPEAKS');
  return {
    mentions,
    entities: await parts.ledger.entitiesById([...new Set(mentions.map(({ entityId }) => entityId))]),
  };
}

describe('voices of several recordings', () => {
  it('makes one person of one voice in two recordings, at the times at which it speaks', async () => {
    const [first, second] = [await speakersOf(bell), await speakersOf(barn)];
    expect(first.entities).toHaveLength(1);
    expect(second.entities).toEqual(first.entities);
    expect(first.entities[0]).toMatchObject({
      kind: 'PERSON',
      name: 'Speaker of lantern-bell',
      aliases: ['Speaker of old-barn'],
    });
    for (const { locator, score } of [...first.mentions, ...second.mentions]) {
      expect(locator.type).toBe('TimeSpan');
      expect(score).toBeGreaterThan(0.7);
    }
    expect(await parts.ledger.mergesOf(first.entities[0]?.id ?? '')).toMatchObject([{ reason: 'VECTOR' }]);
  });

  it.skipIf(!other)('makes another person of another voice', async () => {
    const [first, third] = [await speakersOf(bell), await speakersOf(other)];
    expect(third.entities.map(({ name }) => name)).toEqual(['Speaker of LJ001-0001']);
    expect(third.entities[0]?.id).not.toBe(first.entities[0]?.id);
  });

  it('joins the two recordings by a path that says who speaks', async () => {
    const [from, to] = [(await speakersOf(bell)).mentions[0], (await speakersOf(barn)).mentions[0]];
    const paths = await application.paths(from?.segmentId ?? '', to?.segmentId ?? '', 4);
    const steps = paths[0]?.hops.map(({ predicate, toCaption }) => `${predicate} ${toCaption}`) ?? [];
    expect(steps.join(' → ')).toMatch(/^spoken by Speaker of lantern-bell → speaks in old-barn/);
  });

  it('answers who speaks, and whether the same person speaks in two recordings', async () => {
    const who = await application.ask({ question: 'Who speaks in this recording?', assetId: assetOf.get(barn) ?? '' });
    expect(who.shortAnswer).toBe('Speaker of lantern-bell');
    const same = await application.ask({ question: 'Does the same person speak in lantern-bell and old-barn?' });
    expect(same.shortAnswer).toBe('yes');
    const cited = same.steps.at(-1)?.claims.flatMap(({ evidence }) => evidence) ?? [];
    expect(new Set(cited.map(({ asset }) => asset.title))).toEqual(new Set(['lantern-bell.wav', 'old-barn.flac']));
    if (!other) return;
    const not = await application.ask({ question: 'Does the same person speak in lantern-bell and LJ001-0001?' });
    expect(not.shortAnswer).toBe('no');
  });

  it('can be split and merged again like any entity', async () => {
    const [speaker] = (await speakersOf(bell)).entities;
    const { mentions } = await speakersOf(barn);
    const apart = await application.splitEntity(
      speaker?.id ?? '',
      mentions.map(({ id }) => id),
    );
    expect(apart.name).toBe('Speaker of old-barn');
    expect((await speakersOf(barn)).entities[0]?.id).toBe(apart.id);
    const joined = await application.mergeEntities(speaker?.id ?? '', [apart.id]);
    expect((await speakersOf(barn)).entities[0]?.id).toBe(joined.id);
  });
});
