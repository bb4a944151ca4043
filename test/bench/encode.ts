/**
 * npm run bench:encode -- [--rounds 3] [--only texts,images,audio] [--python PATH] [--out FILE] [--json]
 * Texts, pictures and recordings through the embedded encoders, for 1, 8 and 64 callers at once, and the same texts and
 * weights through a plain onnxruntime loop and through fastembed in Python (training/bench_raw.py) where there are.
 * Rounds of all variants take turns; figures are medians. CPU time hardly depends on what else the machine does; wall
 * time does. --out writes all of it as JSON (default: bench-encode.json in the folder for temporary files).
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { openEncoders } from '../../src/adapters/onnx/open.ts';
import { readConfig } from '../../src/config.ts';
import { openPython, type PythonVariant } from './encode-python.ts';
import { byCallers, pictures, recordings, textLists } from './encode-work.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'texts,images,audio' },
    python: { type: 'string', default: process.env['SENSEGRAPH_PYTHON'] ?? 'python3' },
    out: { type: 'string', default: join(tmpdir(), 'bench-encode.json') },
    json: { type: 'boolean', default: false },
  },
});
const CALLERS = [1, 8, 64] as const;

interface Row {
  readonly work: string;
  readonly variant: string;
  readonly unit: string;
  /** Units a second of wall time, and milliseconds of processor time a unit: medians over the rounds. */
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly setting?: string;
}
interface Round {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly setting?: string;
}
type Variant = readonly [name: string, round: () => Promise<Round>];

const config = readConfig();
const encoders = openEncoders({ ...config, log: pino({ level: 'silent' }) });
const rounds = Number(values.rounds);
const rows: Row[] = [];
const startLoad = loadavg()[0];
const python: PythonVariant[] = [];
try {
  if (values.only.includes('texts')) await benchTexts();
  if (values.only.includes('images')) await benchImages();
  if (values.only.includes('audio')) await benchAudio();
  const report = {
    machine: {
      cores: availableParallelism(),
      processor: cpus()[0]?.model,
      node: process.version,
      loadBefore: startLoad,
    },
    device: encoders.text.info.device,
    rounds,
    rows,
  };
  await writeFile(values.out, `${JSON.stringify(report, null, 2)}\n`);
  if (values.json) console.log(JSON.stringify(report));
  else console.error(`Written to ${values.out}`);
} finally {
  for (const one of python) one.close();
  await encoders.close();
}

async function benchTexts(): Promise<void> {
  for (const name of ['raw', 'fastembed'] as const) {
    const variant = await openPython(values.python, name);
    if (variant) python.push(variant);
  }
  const embed = (texts: string[]) =>
    encoders.text.embed(
      texts.map((text) => ({ text })),
      'passage',
    );
  for (const [name, texts] of Object.entries(textLists())) {
    await measure(name, 'texts', texts.length, [
      ...ours(texts, embed),
      ...python.map(({ name: label, round }): Variant => [
        label === 'raw' ? 'onnxruntime loop' : label,
        async () => {
          const { seconds, cpu_seconds, peak_mb, setting } = await round(texts);
          return { seconds, cpuSeconds: cpu_seconds, peakMb: peak_mb, setting };
        },
      ]),
    ]);
  }
}

async function benchImages(): Promise<void> {
  const all = await pictures(config);
  const many = Array.from({ length: 64 }, (_, i) => all[i % all.length] ?? all[0]).filter((one) => one !== undefined);
  await measure(
    'classify',
    'images',
    many.length,
    ours(many, (part) => encoders.image.classify(part)),
  );
  const read = (part: typeof all) => Promise.all(part.map((picture) => encoders.reader.read(picture)));
  await measure('read', 'images', all.length, ours(all, read));
}

async function benchAudio(): Promise<void> {
  const all = await recordings(config);
  const many = all.flatMap((samples) => [samples, samples]);
  const seconds = many.reduce((sum, { length }) => sum + length / 16_000, 0);
  const hear = (part: Float32Array[]) => Promise.all(part.map((samples) => encoders.transcriber.transcribe(samples)));
  await measure('transcribe', 'seconds of sound', seconds, ours(many, hear));
}

/** The embedded encoders, for each number of callers. */
function ours<T>(items: readonly T[], call: (part: T[]) => Promise<unknown>): Variant[] {
  return CALLERS.map((callers) => [
    `sensegraph, ${callers} caller${callers === 1 ? '' : 's'}`,
    async () => {
      const before = process.cpuUsage();
      const started = performance.now();
      await byCallers(items, callers, call);
      const seconds = (performance.now() - started) / 1000;
      const { user, system } = process.cpuUsage(before);
      return { seconds, cpuSeconds: (user + system) / 1e6, peakMb: process.resourceUsage().maxRSS / 1000 };
    },
  ]);
}

/** One round to warm up, then rounds of all variants in turn, so that none has the quieter machine. */
async function measure(work: string, unit: string, units: number, variants: readonly Variant[]): Promise<void> {
  const found = variants.map((): Round[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [i, [, run]] of variants.entries()) {
      const result = await run();
      if (round >= 0) found[i]?.push(result);
    }
  }
  for (const [i, [variant]] of variants.entries()) {
    const all = found[i] ?? [];
    const setting = all.at(-1)?.setting;
    const row: Row = {
      work,
      variant,
      unit,
      perSecond: units / median(all.map(({ seconds }) => seconds)),
      cpuMs: (median(all.map(({ cpuSeconds }) => cpuSeconds)) * 1000) / units,
      peakMb: Math.max(...all.map(({ peakMb }) => peakMb)),
      ...(setting === undefined ? {} : { setting }),
    };
    rows.push(row);
    if (!values.json) print(row, rows.length === 1);
  }
}

function print(row: Row, first: boolean): void {
  const line = (...cells: string[]) =>
    console.log(cells.map((cell, i) => (i < 2 ? cell.padEnd(22) : cell.padStart(13))).join(' '));
  if (first) line('work', 'variant', 'per second', 'CPU ms each', 'peak MB', 'setting');
  const { perSecond, cpuMs, peakMb, setting = '' } = row;
  line(`${row.work}`, row.variant, perSecond.toFixed(1), cpuMs.toFixed(2), peakMb.toFixed(0), setting);
}

function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
