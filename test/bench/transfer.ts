/**
 * Times export, import and a first load of Neo4j on made-up passages: `node test/bench/transfer.ts [assets] [json file]`.
 * Embedded stores; the first load needs the programs of `npm run services -- start neo4j`, which need not run.
 */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neo4j, neo4jAdmin } from '../../scripts/services/neo4j.ts';
import { servicesRoot } from '../../scripts/services/service.ts';
import { FolderBlobStore } from '../../src/adapters/blob/folder.ts';
import { writeAdminFiles } from '../../src/adapters/neo4j/admin-files.ts';
import { openEmbeddedStores, type EmbeddedStores } from '../../src/adapters/pglite/open.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { exportLedger } from '../../src/transfer/export-ledger.ts';
import { importLedger } from '../../src/transfer/import-ledger.ts';
import { LineWriter, readLines } from '../../src/transfer/line-file.ts';
import { syntheticRecord, TEXT_SPACE } from '../contract/synthetic.ts';

const assets = Number(process.argv[2] ?? 1000);
const RELATIONS = { mentions: 40, relations: 110, newEntities: 25, shared: 4000 };
const folder = mkdtempSync(join(tmpdir(), 'sensegraph-bench-'));
const blobs = new FolderBlobStore(join(folder, 'blobs'));
const figures: Record<string, number | string> = { assets };

async function time<T>(name: string, rows: () => number, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const seconds = (performance.now() - started) / 1000;
  // All threads; tells more than the clock on a machine that others use.
  const { user, system } = process.cpuUsage(before);
  figures[`${name} (s)`] = Math.round(seconds * 10) / 10;
  figures[`${name} (CPU s)`] = Math.round((user + system) / 1e5) / 10;
  figures[`${name} (rows/s)`] = Math.round(rows() / seconds);
  console.error(`${name}: ${seconds.toFixed(1)} s`);
  return result;
}

const open = (name: string): Promise<EmbeddedStores> =>
  openEmbeddedStores({ dataDir: join(folder, name), log: silentLog });

const source = await open('source');
await source.migration.serveText(TEXT_SPACE);
for (let n = 0; n < assets; n += 32) {
  const some = Array.from({ length: Math.min(32, assets - n) }, (_, i) => syntheticRecord(n + i, RELATIONS));
  await source.ledger.commit(some);
}
const { segments, entities, mentions, relations } = await source.ledger.counts();
Object.assign(figures, { segments, entities, mentions, relations });
const rows = (): number => assets + segments + entities + mentions + relations;

const file = join(folder, 'export.jsonl');
await time('export', rows, async () => {
  const writer = await LineWriter.open(file);
  const write = (line: object): Promise<void> => writer.write(JSON.stringify(line));
  await exportLedger({ ...source, blobs }, write, { by: 'bench', vectors: true, answers: false });
  await writer.close();
});
figures['export (MB)'] = Math.round(statSync(file).size / 1e6);
const target = await open('target');
await time('import', rows, () => importLedger(readLines(file), { ...target, blobs }, { vectors: true, dryRun: false }));
await time('import again', rows, () =>
  importLedger(readLines(file), { ...target, blobs }, { vectors: true, dryRun: false }),
);
await target.close();

let items = 0;
const files = await time(
  'files for neo4j-admin',
  () => items,
  async () => {
    const written = await writeAdminFiles(
      join(folder, 'files'),
      (after, limit) => source.transfer.graphPage(after, limit),
      {
        tenant: 'bench',
      },
    );
    items = written.nodes + written.edges;
    return written;
  },
);
Object.assign(figures, { nodes: files.nodes, edges: files.edges });
await source.close();
const programs = join(servicesRoot, neo4j.name);
if (existsSync(programs))
  await time(
    'neo4j-admin import',
    () => items,
    () => neo4jAdmin(programs, join(folder, 'home'), files.load('neo4j')),
  );
rmSync(folder, { recursive: true });

console.table(figures);
const out = process.argv[3];
if (out) writeFileSync(out, `${JSON.stringify(figures, null, 2)}\n`);
