import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openEmbeddedStores } from '../../../src/adapters/pglite/open.ts';
import { silentLog } from '../../../src/adapters/postgres/db.ts';

const folder = mkdtempSync(join(tmpdir(), 'sensegraph-embedded-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('survives a killed owner: the folder is taken over, what was committed is there, its job runs again', async () => {
  const owner = spawn(process.execPath, [join(import.meta.dirname, 'open-and-hold.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(owner.stdout, 'data');
  await expect(openEmbeddedStores({ dataDir: folder, log: silentLog })).rejects.toMatchObject({
    code: 'DATA_DIR_LOCKED',
    message: expect.stringContaining(`process ${owner.pid}`),
  });

  owner.kill('SIGKILL');
  await once(owner, 'exit');
  const stores = await openEmbeddedStores({ dataDir: folder, log: silentLog });
  await expect(openEmbeddedStores({ dataDir: folder, log: silentLog })).rejects.toMatchObject({
    code: 'DATA_DIR_LOCKED',
  });
  expect(await stores.ledger.counts()).toMatchObject({ assets: 1, outbox: 1 });
  expect(await stores.projector.project()).toBe(1);
  expect(await stores.graph.counts()).toEqual({ nodes: 4, edges: 4 });
  const again = Promise.withResolvers<object>();
  await stores.queue.work('ingest', async (payload) => again.resolve(payload));
  expect(await again.promise).toEqual({ n: 1 });

  await stores.close();
  await stores.close();
  await expect(stores.ledger.counts()).rejects.toMatchObject({ code: 'INTERNAL' });
  const reopened = await openEmbeddedStores({ dataDir: folder, log: silentLog });
  expect(await reopened.ledger.counts()).toMatchObject({ assets: 1, outbox: 0 });
  await reopened.close();
});
