/**
 * npm run bench:retrieve -- --corpus FILE --manifest FILE --data DIR [--edges 10000,100000] [--questions 40]
 *   [--on pglite|postgres] [--json FILE]
 * What retrieval costs as the graph grows: p50 and p95 of a question by stage, and memory, each size in a process of its
 * own, every question put to all sizes in turns, so that what else the machine does weighs on all alike. FILEs are those
 * of `sensegraph eval retrieval`; DIR keeps the ingested corpus between runs. `postgres` is 18 of `npm run services`.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serialize } from 'node:v8';
import pino from 'pino';
import { readConfig } from '../../../src/config.ts';
import { createApplication } from '../../../src/create-application.ts';
import { ingestPassages, Passage, passageIds } from '../../../src/evaluate/corpus.ts';
import { mean, percent, quantile, shuffle } from '../../../src/evaluate/figures.ts';
import { readManifest } from '../../../src/evaluate/manifest.ts';
import { recallAt, RetrievalQuestion } from '../../../src/evaluate/retrieval.ts';
import { openParts, openTransfer } from '../../../src/main.ts';
import type { AssetRecord } from '../../../src/ports/ledger.ts';
import { freshDatabase } from '../../servers.ts';
import { load } from '../stores-beside-plain/measure.ts';
import { HOW_GROWN } from './grow.ts';
import type { Asked, Grown } from './size.ts';

/** Questions asked before the clock runs. */
const WARM_UP = 3;

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    manifest: { type: 'string' },
    data: { type: 'string' },
    edges: { type: 'string', default: '10000,100000' },
    questions: { type: 'string', default: '40' },
    on: { type: 'string', default: 'pglite' },
    json: { type: 'string' },
  },
});
if (!values.corpus || !values.manifest || !values.data) throw new Error('Give --corpus, --manifest and --data.');
const { lines: passages } = await readManifest(values.corpus, Passage);
const manifest = await readManifest(values.manifest, RetrievalQuestion, (line) => 'supporting_passages' in line);
const questions = shuffle(manifest.lines, 0).slice(0, Number(values.questions) + WARM_UP);
const ids = passageIds(passages);
const folder = mkdtempSync(join(tmpdir(), 'sensegraph-bench-'));
const recordsFile = join(folder, 'records');
writeFileSync(recordsFile, serialize(await corpusRecords(values.data)));
console.error('The corpus is read.');

interface Size {
  readonly edges: number;
  readonly process: ChildProcess;
  readonly grown: Grown;
  readonly asked: Asked[];
  drop(): Promise<void>;
}
const sizes: Size[] = [];
for (const edges of values.edges.split(',').map(Number)) sizes.push(await openSize(edges));
for (const [i, { question }] of questions.entries()) {
  for (let k = 0; k < sizes.length; k++) {
    const size = sizes[(i + k) % sizes.length];
    size?.process.send(question);
    const [answer] = size ? ((await once(size.process, 'message')) as [Asked]) : [];
    if (answer && i >= WARM_UP) size?.asked.push(answer);
  }
}
report();
for (const size of sizes) {
  size.process.disconnect();
  await once(size.process, 'exit');
  await size.drop();
}
rmSync(folder, { recursive: true });

/** What ingesting the corpus brings: the passages that the questions need first, so that every size has them. */
async function corpusRecords(dataDir: string): Promise<AssetRecord[]> {
  const config = readConfig({ SENSEGRAPH_DATA: dataDir });
  const log = pino({ level: 'silent' });
  let stores = await openTransfer(config, log);
  if ((await stores.ledger.counts()).assets === 0) {
    await stores.close();
    const application = await createApplication(await openParts(config, log));
    await ingestPassages(application, passages, () => {});
    await application.close();
    stores = await openTransfer(config, log);
  }
  const records: AssetRecord[] = [];
  for (let after = ''; ;) {
    const page = await stores.transfer.records(after, 200, { vectors: true });
    if (page.length === 0) break;
    records.push(...page);
    after = page.at(-1)?.asset.id ?? '';
  }
  await stores.close();
  const wanted = new Set(questions.flatMap((question) => question.supporting_passages));
  const isWanted = ({ asset }: AssetRecord): boolean => (ids.get(asset.id) ?? []).some((id) => wanted.has(id));
  return [...records.filter(isWanted), ...records.filter((record) => !isWanted(record))];
}

async function openSize(edges: number): Promise<Size> {
  const database = values.on === 'postgres' ? await freshDatabase(18) : undefined;
  const place = database?.url ?? join(folder, String(edges));
  const child = fork(join(import.meta.dirname, 'size.ts'), [String(edges), recordsFile, place], {
    serialization: 'advanced',
  });
  child.once('exit', (code) => {
    if (code !== 0) throw new Error(`The process of ${edges} edges ended with ${code}.`);
  });
  const [grown] = (await once(child, 'message')) as [Grown];
  console.error(`${grown.edges} edges after ${grown.seconds.toFixed(0)} s`);
  return { edges, process: child, grown, asked: [], drop: async () => database?.drop() };
}

function report(): void {
  const asked = questions.slice(WARM_UP);
  const encoder = (one: Asked): number => one.stages['encoder.embed'] ?? 0;
  const of = (size: Size, value: (one: Asked) => number, p: number): number =>
    Number(quantile(size.asked.map(value), p).toFixed(1));
  const rows = sizes.map((size) => {
    const recalls = size.asked.map(({ found }, i) =>
      recallAt(
        5,
        asked[i]?.supporting_passages ?? [],
        found.map((id) => ids.get(id)?.[0] ?? id),
      ),
    );
    return {
      edges: size.grown.edges,
      nodes: size.grown.nodes,
      passages: size.grown.passages,
      'p50 ms': of(size, (one) => one.ours, 0.5),
      'p95 ms': of(size, (one) => one.ours, 0.95),
      'p50 without encoder': of(size, (one) => one.ours - encoder(one), 0.5),
      'p95 without encoder': of(size, (one) => one.ours - encoder(one), 0.95),
      'plain p50': of(size, (one) => one.plain, 0.5),
      'plain p95': of(size, (one) => one.plain, 0.95),
      'recall@5': percent(mean(recalls)),
      'process MB': Math.round(Math.max(...size.asked.map(({ rss }) => rss))),
      'database MB': Math.round(size.grown.database),
      'grown in s': Math.round(size.grown.seconds),
    };
  });
  const names = [...new Set(sizes.flatMap((size) => size.asked.flatMap(({ stages }) => Object.keys(stages))))];
  const stages = Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(sizes.map((size) => [`${size.edges} p50 ms`, of(size, (one) => one.stages[name] ?? 0, 0.5)])),
    ]),
  );
  console.log(`${HOW_GROWN}\nOn ${values.on}, ${asked.length} questions, load average ${load()}.`);
  console.table(rows);
  console.log('By stage ("own": no call under way; calls at one time count each)');
  console.table(stages);
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ on: values.on, rows, stages }, null, 2)}\n`);
}
