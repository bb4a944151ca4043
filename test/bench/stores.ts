/** Times the embedded stores on made-up passages: `node test/bench/stores.ts [passages] [json file]`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStores } from '../../src/adapters/pglite/open.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { random } from '../../graph/algorithms/random.ts';
import { syntheticRecord, TEXT_SPACE, unitVector, word } from '../contract/synthetic.ts';

const passages = Number(process.argv[2] ?? 2884);
const commitSize = 64;
const dataDir = mkdtempSync(join(tmpdir(), 'sensegraph-bench-'));
const figures: Record<string, number> = { passages };

async function time<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  figures[`${name} (ms)`] = Math.round((performance.now() - started) * 10) / 10;
  // All threads; tells more than the clock on a machine that others use.
  const { user, system } = process.cpuUsage(before);
  figures[`${name} (CPU ms)`] = Math.round((user + system) / 1000);
  return result;
}

async function median(name: string, repeat: number, work: (i: number) => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < repeat; i++) {
    const started = performance.now();
    await work(i);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  figures[`${name} p50 (ms)`] = Math.round((times[Math.floor(repeat / 2)] ?? 0) * 100) / 100;
  figures[`${name} max (ms)`] = Math.round((times.at(-1) ?? 0) * 100) / 100;
}

const records = Array.from({ length: passages }, (_, n) => syntheticRecord(n));
let stores = await time('cold start', () => openEmbeddedStores({ dataDir, log: silentLog }));
await stores.vectors.ensureSpace(TEXT_SPACE);
const project = { ms: 0 };
await time('commit and project', async () => {
  for (let i = 0; i < records.length; i += commitSize) {
    await stores.ledger.commit(records.slice(i, i + commitSize));
    const started = performance.now();
    await stores.projector.project();
    project.ms += performance.now() - started;
  }
});
figures['of which projection (ms)'] = Math.round(project.ms);
await time('upkeep after it', () => stores.upkeep.settled());
Object.assign(figures, await stores.ledger.counts(), await stores.graph.counts());

const next = random(7);
const entityIds = records.flatMap((record) => record.entities.slice(9, 11).map((entity) => entity.id));
await median('searchText', 50, () =>
  stores.ledger.searchText(Array.from({ length: 8 }, () => word(Math.floor(20_000 ** next()))).join(' '), 50),
);
await median('vector search k=50', 50, () => stores.vectors.search('text', unitVector(next, 384), 50));
await median('expand 1 hop', 50, (i) =>
  stores.graph.expand({ from: entityIds.slice(i * 5, i * 5 + 5), hops: 1, fanout: 20 }),
);
await median('expand 2 hops', 50, (i) =>
  stores.graph.expand({ from: entityIds.slice(i * 5, i * 5 + 5), hops: 2, fanout: 20, skipDegreeOver: 200 }),
);
await median('degrees of 100', 20, (i) => stores.graph.degrees(entityIds.slice(i, i + 100)));
await median('entitiesByBlock of 30', 20, (i) =>
  stores.ledger.entitiesByBlock(
    Array.from({ length: 30 }, (_, j) => word(i * 30 + j + 500).slice(0, 4)),
    50,
  ),
);
await median('sentenceVectors of 50', 20, (i) =>
  stores.ledger.sentenceVectors(records.slice(i, i + 50).flatMap((record) => record.segments.map((s) => s.id))),
);
await median('deleteAsset', 20, async (i) => {
  await stores.ledger.deleteAsset(records[i]?.asset.id ?? '');
  await stores.projector.project();
});
await time('close', () => stores.close());
stores = await time('warm start', () => openEmbeddedStores({ dataDir, log: silentLog }));
await stores.close();
rmSync(dataDir, { recursive: true });

console.table(figures);
const file = process.argv[3];
if (file) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
