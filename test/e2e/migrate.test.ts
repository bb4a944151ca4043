import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot, readConfig } from '../../src/config.ts';
import { openParts } from '../../src/main.ts';
import { ANOTHER, makeModels } from './models-with-another.ts';
import { finished, serve, start, type ServerProcess } from './process.ts';

const folders: string[] = [];
const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'sensegraph-migrate-'));
  folders.push(path);
  return path;
};
afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true, force: true }))));

const BGE = 'bge-small-en-v1.5';
const COUNT = 160;
const noteOf = (i: number) =>
  `Note ${i}. The keeper of light ${i} on the northern coast painted the tower in the spring of ${1500 + i}. ` +
  `Its bell number ${i} was cast by the founders of the town and hung by the crew of the old ferry.`;
const QUESTION = 'Who built the lighthouse of Port Alder?';
const LIGHTHOUSE = 'The lighthouse of Port Alder was built by Thomas Miller in 1911. It stands on the cliff.';

let models: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  models = await folder();
  await makeModels(models);
  environment = { SENSEGRAPH_MODELS: models };
});
const run = (...args: string[]) => finished(start(args, environment));

/** A data directory with notes, a text that answers the question, and a picture with words in it. */
async function ingested(): Promise<string> {
  const [data, files] = [await folder(), await folder()];
  for (let i = 0; i < COUNT; i++) await writeFile(join(files, `note-${i}.txt`), noteOf(i));
  await writeFile(join(files, 'lighthouse.txt'), LIGHTHOUSE);
  const sign = join(packageRoot, 'examples/images/sign-lantern-room.jpg');
  const { code, stderr } = await run('ingest', '--data', data, files, sign);
  expect(code, stderr).toBe(0);
  return data;
}

/** Starts a migration, ends it with the signal once it is past `done` assets. Gives the first progress it told. */
async function migrateUntil(data: string, done: number, signal: NodeJS.Signals) {
  const child = start(['models', 'migrate', '--data', data, '--to', ANOTHER], environment);
  const ended = once(child, 'close') as Promise<[number | null]>;
  let first: number | undefined;
  let reached = 0;
  if (!child.stderr) throw new Error('no standard error');
  for await (const line of createInterface(child.stderr)) {
    const [, at, of] = /(\d+)\/(\d+)/.exec(line) ?? [];
    first ??= Number(of);
    reached = Number(at);
    if (reached >= done) child.kill(signal);
  }
  return { left: first ?? 0, code: (await ended)[0] };
}

async function ask(data: string): Promise<string | null> {
  const { code, stdout, stderr } = await run('ask', '--data', data, '--json', QUESTION);
  expect(code, stderr).toBe(0);
  return (JSON.parse(stdout) as { answer: string | null }).answer;
}

async function spacesOf(data: string) {
  const parts = await openParts(readConfig({ ...environment, SENSEGRAPH_DATA: data }));
  try {
    const spaces = await parts.vectors.spaces();
    const counts = new Map<string, number>();
    for (const { name } of spaces) counts.set(name, await parts.vectors.count(name));
    const { items } = await parts.ledger.assets({ first: 1, modalities: ['TEXT'] });
    const [segment] = (await parts.ledger.segmentsOf(items[0]?.id ?? '')).items;
    const sentences = (await parts.ledger.sentenceVectors([segment?.id ?? ''])).get(segment?.id ?? '');
    return { spaces, counts, perSentence: (sentences?.length ?? 0) / (segment?.sentences.length ?? 1) };
  } finally {
    await parts.closeAll();
  }
}

describe('sensegraph models migrate', () => {
  it('goes on after a kill and after Ctrl-C, answers with the old model until it is done, then with the new one', async () => {
    const data = await ingested();
    const before = await spacesOf(data);
    expect(before.perSentence).toBe(384);
    expect(await ask(data)).toContain('Thomas Miller');

    const killed = await migrateUntil(data, 48, 'SIGKILL');
    expect(killed).toEqual({ left: COUNT + 2, code: null });
    expect(await ask(data)).toContain('Thomas Miller');
    expect((await spacesOf(data)).spaces[0]).toMatchObject({ model: BGE });

    const stopped = await migrateUntil(data, 16, 'SIGINT');
    expect(stopped.code).toBe(130);
    // The first one had at least 48 in its hands.
    expect(stopped.left).toBeLessThanOrEqual(COUNT + 2 - 48);

    const { code, stdout } = await run('models', 'migrate', '--data', data, '--to', ANOTHER, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'DONE',
      serving: { model: ANOTHER, dimension: 256 },
      dropped: [],
    });

    const after = await spacesOf(data);
    expect(after.perSentence).toBe(256);
    // Every vector of the old text space has its like in the new one; pictures keep theirs, by words too.
    expect(after.counts.get(`${ANOTHER}@1`)).toBe(before.counts.get(BGE));
    expect([...after.counts.values()].toSorted()).toEqual([...before.counts.values()].toSorted());
    expect(after.spaces.find(({ model }) => model === 'image-text')).toEqual(
      before.spaces.find(({ model }) => model === 'image-text'),
    );
    expect(await ask(data)).toContain('Thomas Miller');

    const dropped = await run('models', 'migrate', '--data', data, '--drop-old', '--json');
    expect(JSON.parse(dropped.stdout)).toMatchObject({ dropped: [expect.stringContaining(BGE), expect.any(String)] });
    expect(await ask(data)).toContain('Thomas Miller');
    const doctor = await run('doctor', '--data', data, '--json');
    expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
    expect(doctor.stdout).toContain(`${BGE} on cpu`);

    // The pack without the model that serves now.
    const { code: refused, stderr } = await finished(start(['ask', '--data', data, QUESTION]));
    expect(refused).toBe(1);
    expect(stderr).toMatch(/^MODEL_MISSING: .*bge-small-mean-256.*models migrate --to/s);
    const back = await finished(start(['models', 'migrate', '--data', data, '--to', BGE, '--json']));
    expect(JSON.parse(back.stdout)).toMatchObject({ state: 'DONE', serving: { model: BGE } });
    expect(await ask(data)).toContain('Thomas Miller');
  }, 400_000);

  it('begins nothing with a model that is not there', async () => {
    const data = await ingested();
    const { code, stderr } = await run('models', 'migrate', '--data', data, '--to', 'no-such-model');
    expect(code).toBe(1);
    expect(stderr).toMatch(/MODEL_MISSING: .*no-such-model\/embedder\.json/);
    const nothing = await run('models', 'migrate', '--data', data);
    expect([nothing.code, nothing.stdout]).toEqual([0, expect.stringContaining(`${BGE} `)]);
  });
});

interface Health {
  readonly health: {
    readonly models: { readonly id: string; readonly device: string }[];
    readonly migration: {
      readonly done: number;
      readonly total: number;
      readonly to: { readonly model: string };
    } | null;
  };
}

describe('serve --migrate', () => {
  const health = async (server: ServerProcess) =>
    (await server.graphql<Health>('{ health { models { id device } migration { done total to { model } } } }')).health;
  const answer = async (server: ServerProcess, question = QUESTION) => {
    const query =
      'mutation ($input: AskInput!) { ask(input: $input) { answer { shortAnswer } userErrors { message } } }';
    const { ask: payload } = await server.graphql<{ ask: { answer: { shortAnswer: string | null } | null } }>(query, {
      input: { question },
    });
    return payload.answer?.shortAnswer ?? '';
  };

  it('answers all the while, takes what is ingested meanwhile along, and goes on after a kill', async () => {
    const data = await ingested();
    let server = await serve(data, ['--migrate', ANOTHER], environment);
    for (;;) {
      const {
        migration,
        models: [text],
      } = await health(server);
      expect(text?.id).toBe(BGE);
      expect(await answer(server)).toContain('Thomas Miller');
      if (migration && migration.done >= 32) break;
      await setTimeout(20);
    }
    await server.kill();

    server = await serve(data, ['--migrate', ANOTHER], environment);
    const items = [{ title: 'Windmill', text: 'The windmill of Green Island was built by Ruth Marsh in 1850.' }];
    await server.graphql('mutation ($items: [IngestItemInput!]!) { ingest(items: $items) { job { id } } }', { items });
    let asked = 0;
    for (;;) {
      const {
        migration,
        models: [text],
      } = await health(server);
      expect(await answer(server)).toContain('Thomas Miller');
      asked += 1;
      if (text?.id === ANOTHER) {
        expect(migration).toBeNull();
        break;
      }
      if (migration) expect(migration.to.model).toBe(ANOTHER);
    }
    expect(asked).toBeGreaterThan(1);
    expect((await health(server)).models[0]?.device).toBe('cpu');
    expect(await answer(server, 'Who built the windmill of Green Island?')).toContain('Ruth Marsh');
    await server.stop();
    const { counts } = await spacesOf(data);
    // The notes and two texts, the four lines read on the sign, and what it is captioned.
    expect(counts.get(`${ANOTHER}@1`)).toBe(COUNT + 2 + 4 + 1);
  });
});
