/** One size of graph, in a process of its own, so that its memory is its own: main.ts starts it and asks it. */
import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import pino from 'pino';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { openEncoders } from '../../../src/adapters/onnx/open.ts';
import { openEmbeddedStores } from '../../../src/adapters/pglite/open.ts';
import { silentLog } from '../../../src/adapters/postgres/db.ts';
import { openServerStores } from '../../../src/adapters/postgres-server/open.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import { readConfig } from '../../../src/config.ts';
import { encoderSpaces } from '../../../src/encode/image-text.ts';
import type { AssetRecord } from '../../../src/ports/ledger.ts';
import { retrieve } from '../../../src/retrieve/retrieve.ts';
import { grow } from './grow.ts';
import { plainRetrieve } from './plain.ts';
import { Stopwatch } from './stopwatch.ts';

/** Records of one commit. */
const BATCH = 100;
const MB = 2 ** 20;
const TIMEOUT_MS = 3_600_000;

export interface Grown {
  readonly nodes: number;
  readonly edges: number;
  readonly passages: number;
  readonly seconds: number;
  /** Megabytes of the database. */
  readonly database: number;
}

export interface Asked {
  /** Milliseconds: ours and the plain statements'. */
  readonly ours: number;
  readonly plain: number;
  readonly stages: Readonly<Record<string, number>>;
  /** Ids of assets, best first. */
  readonly found: readonly string[];
  /** Megabytes that the process holds. */
  readonly rss: number;
}

const [edges = '', recordsFile = '', place = ''] = process.argv.slice(2);
const stores = place.startsWith('postgres')
  ? await openServerStores({ url: place, log: silentLog, timeoutMs: TIMEOUT_MS })
  : await openEmbeddedStores({ dataDir: place, log: silentLog });
const { modelsDir, device, threads } = readConfig({});
const encoders = openEncoders({ modelsDir, device, threads, log: pino({ level: 'silent' }) });
const space = encoders.text.space;
await stores.migration.serveText(space);
for (const one of encoderSpaces(encoders)) await stores.vectors.ensureSpace(one);

const watch = new Stopwatch();
const deps = {
  ledger: watch.watch('ledger', stores.ledger),
  graph: watch.watch('graph', stores.graph),
  vectors: watch.watch('vectors', stores.vectors),
  encoders: { ...encoders, text: watch.watch('encoder', encoders.text) },
  extractor: new CompromiseExtractor(new WordNet()),
  spanReader: watch.watch('reader', encoders.spanReader),
};

async function growTo(count: number): Promise<Grown> {
  const started = performance.now();
  const corpus = deserialize(readFileSync(recordsFile)) as AssetRecord[];
  let [batch, passages]: [AssetRecord[], number] = [[], 0];
  const write = async (): Promise<void> => {
    await stores.ledger.commit(batch);
    await stores.projector.project();
    passages += batch.reduce((sum, record) => sum + record.segments.length, 0);
    batch = [];
    if (passages % (10 * BATCH) < BATCH) console.error(`${count} edges: ${passages} passages are in`);
  };
  for (const record of grow(corpus, count)) if (batch.push(record) >= BATCH) await write();
  await write();
  await stores.upkeep.settled();
  await stores.admin.exec('VACUUM (ANALYZE)');
  const [size] = await stores.admin.query<{ bytes: number }>(
    'SELECT pg_database_size(current_database())::float8 AS bytes',
  );
  const seconds = (performance.now() - started) / 1000;
  return { ...(await stores.graph.counts()), passages, seconds, database: (size?.bytes ?? 0) / MB };
}

async function ask(text: string): Promise<Asked> {
  const started = performance.now();
  const { segments, vector } = await retrieve({ text }, deps);
  const ours = performance.now() - started;
  const stages = watch.take(ours);
  const begun = performance.now();
  await plainRetrieve(stores.db, space.name, vector);
  const plain = performance.now() - begun;
  const found = [...new Set(segments.map(({ asset }) => asset.id))];
  return { ours, plain, stages, found, rss: process.memoryUsage.rss() / MB };
}

process.on('message', (text: string) => void ask(text).then((asked) => process.send?.(asked)));
process.on('disconnect', () => void stores.close().then(() => process.exit(0)));
process.send?.(await growTo(Number(edges)));
