import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { run, serve, type ServerProcess } from './process.ts';

const folders: string[] = [];
const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'sensegraph-kill-'));
  folders.push(path);
  return path;
};
afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true, force: true }))));

const PEOPLE = ['Anna Berg', 'Peter Lowe', 'Ruth Marsh', 'Henry Dale', 'Clara Stone', 'Oscar Finch', 'Martha Quill'];
const PLACES = ['Port Alder', 'Green Island', 'Stonebridge', 'Lake Morrow', 'Westhaven'];
const THINGS = ['lighthouse', 'bell', 'harbour', 'windmill', 'library', 'ferry'];
const at = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;
const texts = Array.from({ length: 200 }, (_, i) => ({
  title: `Note ${i} on ${at(PLACES, i)}`,
  text:
    `${at(PEOPLE, i)} came to ${at(PLACES, i)} in ${1800 + i}. ` +
    `The ${at(THINGS, i)} of ${at(PLACES, i + 1)} was built by ${at(PEOPLE, i + 3)} for ${100 + i} pounds. ` +
    `Nobody in ${at(PLACES, i + 2)} had seen such a ${at(THINGS, i + 2)} before, and ${at(PEOPLE, i + 5)} wrote of it in ${1801 + i}.`,
}));

interface JobState {
  readonly job: { readonly state: string; readonly done: number; readonly failed: number } | null;
}

async function ingest(server: ServerProcess): Promise<string> {
  const { ingest: result } = await server.graphql<{ ingest: { job: { id: string } } }>(
    'mutation ($items: [IngestItemInput!]!) { ingest(items: $items) { job { id } } }',
    { items: texts },
  );
  return result.job.id;
}

async function until(server: ServerProcess, id: string, done: number): Promise<void> {
  for (;;) {
    const { job } = await server.graphql<JobState>('query ($id: ID!) { job(id: $id) { state done failed } }', { id });
    if (!job) throw new Error('the job is gone');
    expect(job.failed).toBe(0);
    if (job.done >= done) return;
    await setTimeout(20);
  }
}

async function counts(server: ServerProcess): Promise<unknown> {
  return (await server.graphql<{ health: { counts: unknown } }>('{ health { counts } }')).health.counts;
}

async function agrees(dataDir: string): Promise<void> {
  const doctor = await run('doctor', '--data', dataDir, '--json');
  expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
}

describe('a server killed in the middle of an ingest', () => {
  it('finishes the job by itself after each restart, with the counts of an undisturbed run', async () => {
    const calm = await serve(await folder());
    await until(calm, await ingest(calm), texts.length);
    const expected = await counts(calm);
    await calm.stop();

    const dataDir = await folder();
    let server = await serve(dataDir);
    const id = await ingest(server);
    for (const done of [60, 120]) {
      await until(server, id, done);
      await server.kill();
      // Nobody asks for the rest: the job goes on because the server is there.
      server = await serve(dataDir);
    }
    await until(server, id, texts.length);
    expect(await counts(server)).toEqual(expected);
    const { job } = await server.graphql<JobState>('query ($id: ID!) { job(id: $id) { state done failed } }', { id });
    expect(job).toEqual({ state: 'COMPLETED', done: texts.length, failed: 0 });
    await server.stop();
    await agrees(dataDir);
  });

  it('keeps what it said it took when it is killed right after the answer', async () => {
    const dataDir = await folder();
    let server = await serve(dataDir);
    const id = await ingest(server);
    await server.kill();
    server = await serve(dataDir);
    await until(server, id, texts.length);
    await server.stop();
    await agrees(dataDir);
  });
});
