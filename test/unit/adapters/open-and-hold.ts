/** A process that opens the stores, takes a job, says so, and holds on until it is killed: `node open-and-hold.ts <folder>`. */
import { openEmbeddedStores } from '../../../src/adapters/pglite/open.ts';
import { silentLog } from '../../../src/adapters/postgres/db.ts';
import { fact, smallRecord } from '../../contract/small-records.ts';

const stores = await openEmbeddedStores({ dataDir: process.argv[2] ?? '', log: silentLog });
await stores.vectors.ensureSpace({ name: 'small', model: 'm', version: '1', dimension: 2 });
await stores.ledger.commit([smallRecord({ number: 1, facts: [fact(0, 1)] })]);
await stores.queue.work('ingest', async () => {
  process.stdout.write('holding\n');
  await new Promise(() => {});
});
await stores.queue.send('ingest', [{ n: 1 }]);
