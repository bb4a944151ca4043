import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packageRoot, readConfig } from '../../../src/config.ts';
import { openSensegraph } from '../../../src/main.ts';
import { smolVlmFiles } from '../../fixtures/hub-captioner.ts';
import { clapFiles, clipFiles, textFiles, writeModel } from '../../fixtures/hub-models.ts';
import { startServer } from '../remote/server.ts';
import { temporaryFolder } from './hub.ts';

test('the embedded pack is the default', () => {
  expect(readConfig({}).profile).toEqual({ kind: 'embedded' });
});

test('a profile that is not complete, or contradicts itself, is told which variable to set', () => {
  const refuse = (env: Record<string, string>, message: RegExp) =>
    expect(() => readConfig(env)).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringMatching(message) }),
    );
  refuse({ SENSEGRAPH_PROFILE: 'cloud' }, /SENSEGRAPH_PROFILE/);
  refuse({ SENSEGRAPH_PROFILE: 'hub' }, /hub: set SENSEGRAPH_TEXT_MODEL/);
  refuse({ SENSEGRAPH_PROFILE: 'hub', SENSEGRAPH_TEXT_MODEL: '../secrets' }, /SENSEGRAPH_TEXT_MODEL.*org\/name/);
  refuse({ SENSEGRAPH_PROFILE: 'hub', SENSEGRAPH_TEXT_MODEL: 'a/../b' }, /org\/name/);
  const remote = { SENSEGRAPH_PROFILE: 'remote' };
  refuse(remote, /SENSEGRAPH_EMBEDDINGS_URL or SENSEGRAPH_TRITON_URL/);
  refuse({ ...remote, SENSEGRAPH_EMBEDDINGS_URL: 'http://x/v1' }, /set SENSEGRAPH_EMBEDDINGS_MODEL/);
  refuse({ ...remote, SENSEGRAPH_TRITON_URL: 'http://x' }, /SENSEGRAPH_TRITON_TEXT_MODEL/);
  refuse({ ...remote, SENSEGRAPH_TRITON_URL: 'http://x', SENSEGRAPH_TRITON_IMAGE_MODEL: 'i' }, /both/);
  refuse(
    {
      ...remote,
      SENSEGRAPH_TRITON_URL: 'http://x',
      SENSEGRAPH_TRITON_TEXT_MODEL: 't',
      SENSEGRAPH_EMBEDDINGS_URL: 'http://x/v1',
      SENSEGRAPH_EMBEDDINGS_MODEL: 'e',
    },
    /unset one/,
  );
});

test('doctor names the profile, loads every model and shows its device', async () => {
  await using folder = await temporaryFolder();
  const hub = join(folder.path, 'models');
  await writeModel(hub, 'tiny/text', textFiles());
  await writeModel(hub, 'tiny/clip', clipFiles());
  await writeModel(hub, 'tiny/clap', clapFiles());
  await writeModel(hub, 'tiny/vlm', smolVlmFiles());
  const run = (env: Record<string, string>) =>
    promisify(execFile)(
      process.execPath,
      [join(packageRoot, 'src/cli/main.ts'), 'doctor', '--json', '--data', join(folder.path, 'data')],
      { env: { ...process.env, SENSEGRAPH_PROFILE: 'hub', SENSEGRAPH_HUB_DIR: hub, ...env } },
    ).catch((error: { stdout: string }) => error);
  interface Result {
    readonly ok: boolean;
    readonly checks: { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  }
  const good = JSON.parse(
    (
      await run({
        SENSEGRAPH_TEXT_MODEL: 'tiny/text',
        SENSEGRAPH_IMAGE_MODEL: 'tiny/clip',
        SENSEGRAPH_SOUND_MODEL: 'tiny/clap',
        SENSEGRAPH_CAPTIONER_MODEL: 'tiny/vlm',
      })
    ).stdout,
  ) as Result;
  const encoders = good.checks.find(({ name }) => name === 'encoders');
  expect(encoders?.ok).toBe(true);
  expect(encoders?.detail).toMatch(/^profile hub; text: tiny\/text on cpu \([0-9a-f]{12}\); image: efficientnet/);
  for (const use of ['image-text: tiny/clip', 'sound-text: tiny/clap', 'captioner: tiny/vlm'])
    expect(encoders?.detail).toMatch(new RegExp(`${use} on cpu \\([0-9a-f]{12}\\)`));
  expect(good.ok).toBe(true);
  const bad = JSON.parse((await run({ SENSEGRAPH_TEXT_MODEL: 'tiny/none' })).stdout) as Result;
  expect(bad.ok).toBe(false);
  expect(bad.checks.find(({ name }) => name === 'encoders')?.detail).toContain(
    `MODEL_MISSING: ${hub}/tiny/none/config.json is missing`,
  );
});

test.each(['hub', 'remote'] as const)('a whole Sensegraph on the profile %s finds and answers', async (profile) => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/text', textFiles());
  await using server = await startServer();
  const app = await openSensegraph(
    readConfig({
      SENSEGRAPH_DATA: join(folder.path, 'data'),
      SENSEGRAPH_PROFILE: profile,
      ...(profile === 'hub'
        ? { SENSEGRAPH_HUB_DIR: folder.path, SENSEGRAPH_TEXT_MODEL: 'tiny/text' }
        : { SENSEGRAPH_EMBEDDINGS_URL: `${server.url}/v1`, SENSEGRAPH_EMBEDDINGS_MODEL: 'letters' }),
    }),
  );
  try {
    const { job } = await app.ingest([
      { title: 'Boats', text: 'The boat runs on the sea. The Aurora was built in Bergen.' },
      { title: 'Dogs', text: 'A dog runs. Dogs bark.' },
    ]);
    for await (const { state } of app.jobProgress(job?.id ?? '', AbortSignal.timeout(60_000)))
      if (state === 'COMPLETED') break;
    expect(await app.job(job?.id ?? '')).toMatchObject({ done: 2, failed: 0 });
    const found = await app.search({ query: 'Where was the Aurora built?', first: 5 });
    expect(found.items[0]?.asset.title).toBe('Boats');
    const { models } = await app.health();
    expect(models[0]).toMatchObject(
      profile === 'hub'
        ? { id: 'tiny/text', device: 'cpu' }
        : { id: 'letters', version: 'remote-26', device: 'remote' },
    );
  } finally {
    await app.close();
  }
});

test('a data directory of the embedded pack is taken over by a model of the hub through models migrate', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/text', textFiles());
  const data = join(folder.path, 'data');
  const hub = {
    SENSEGRAPH_DATA: data,
    SENSEGRAPH_PROFILE: 'hub',
    SENSEGRAPH_HUB_DIR: folder.path,
    SENSEGRAPH_TEXT_MODEL: 'tiny/text',
  };
  const embedded = await openSensegraph(readConfig({ SENSEGRAPH_DATA: data }));
  const { job } = await embedded.ingest([{ title: 'Boats', text: 'The boat runs on the sea.' }]);
  for await (const { state } of embedded.jobProgress(job?.id ?? '', AbortSignal.timeout(60_000)))
    if (state === 'COMPLETED') break;
  await embedded.close();
  await expect(openSensegraph(readConfig(hub))).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('sensegraph models migrate'),
  });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(packageRoot, 'src/cli/main.ts'), 'models', 'migrate', '--json'],
    { env: { ...process.env, ...hub } },
  );
  expect(JSON.parse(stdout)).toMatchObject({ state: 'DONE', assets: 1, serving: { model: 'tiny/text', dimension: 8 } });
  const after = await openSensegraph(readConfig(hub));
  try {
    expect((await after.search({ query: 'a boat on the sea', first: 5 })).items[0]?.asset.title).toBe('Boats');
    expect((await after.health()).models[0]?.id).toBe('tiny/text');
  } finally {
    await after.close();
  }
});
