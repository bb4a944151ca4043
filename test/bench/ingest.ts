/**
 * npm run bench:ingest [-- --passages FILE] [--limit N] [--json]
 * Passages, pictures and recordings a second through the whole product, and the same passages through the encoder
 * alone in the same process. FILE is JSONL {title, text}; without it the sample collection's texts are taken.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import type { Application, IngestInput } from '../../src/application.ts';
import { packageRoot, readConfig } from '../../src/config.ts';
import { createApplication } from '../../src/create-application.ts';
import { encodeAssets } from '../../src/encode/encode.ts';
import { ingestPassages, Passage } from '../../src/evaluate/corpus.ts';
import { readManifest } from '../../src/evaluate/manifest.ts';
import { decode } from '../../src/ingest/decode.ts';
import { splitSentences } from '../../src/ingest/sentences.ts';
import { openParts } from '../../src/main.ts';

const { values } = parseArgs({
  options: { passages: { type: 'string' }, limit: { type: 'string' }, json: { type: 'boolean' } },
});
const examples = join(packageRoot, 'examples');
const folder = await mkdtemp(join(tmpdir(), 'sensegraph-bench-'));
const config = readConfig({ ...process.env, SENSEGRAPH_DATA: folder });
const parts = await openParts(config, pino({ level: 'silent' }));
// Time that callers wait for each encoder.
const waited: Record<string, number> = {};
const timed = <T extends object>(name: string, target: T, method: keyof T & string): T =>
  new Proxy(target, {
    get(object, key) {
      const value = Reflect.get(object, key, object) as unknown;
      if (key !== method || typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        const started = performance.now();
        try {
          return await (value as (...all: unknown[]) => Promise<unknown>).apply(object, args);
        } finally {
          waited[name] = (waited[name] ?? 0) + performance.now() - started;
        }
      };
    },
  });
const encoders = {
  ...parts.encoders,
  text: timed('text', parts.encoders.text, 'embed'),
  image: timed('image', parts.encoders.image, 'classify'),
  reader: timed('reader', parts.encoders.reader, 'read'),
  transcriber: timed('transcriber', parts.encoders.transcriber, 'transcribe'),
};
const application = await createApplication({ ...parts, encoders });
try {
  const passages = await loadPassages();
  // Loads every model before anything is timed.
  await parts.encoders.text.embed([{ text: 'warm' }], 'passage');

  const alone = await secondsOf(async () => {
    const inputs = passages.map(({ title = '', text }) => {
      const head = title === '' ? '' : `${title}\n`;
      return {
        text: head + text,
        spans: splitSentences(text).map((span) => ({ start: span.start + head.length, end: span.end + head.length })),
      };
    });
    await parts.encoders.text.embed(inputs, 'passage');
  });
  const cpuBefore = process.cpuUsage();
  const text = await ingestPassages(application, passages, () => {});
  const cpu = process.cpuUsage(cpuBefore);
  const textShare = (waited['text'] ?? 0) / 1000 / text.seconds;

  const images = await files('images');
  const recordings = await files('recordings');
  const warm = await decode(
    {
      bytes: images[0]?.bytes ?? new Uint8Array(),
      blobKey: 'warm',
      modality: 'IMAGE',
      mediaType: 'image/jpeg',
      fileName: 'warm',
    },
    parts.decodeWorker,
    config,
  );
  await encodeAssets([warm], parts.encoders);
  const imageSeconds = await secondsOf(() => ingestFiles(application, images));
  await parts.encoders.transcriber.transcribe(new Float32Array(16_000).fill(0.01));
  const soundSeconds = await secondsOf(() => ingestFiles(application, recordings));
  const durations = (await application.assets({ first: 100, modalities: ['AUDIO'] })).items.reduce(
    (sum, asset) => sum + (asset.durationSeconds ?? 0),
    0,
  );

  const round = (value: number, digits = 2) => Number(value.toFixed(digits));
  const report = {
    passages: passages.length,
    passages_per_s: round(text.ingested / text.seconds, 1),
    encoder_alone_s: round(alone),
    indexed_s: round(text.seconds),
    ratio_to_encoder_alone: round(text.seconds / alone),
    share_of_time_waiting_for_encoder: round(textShare),
    cpu_s: round((cpu.user + cpu.system) / 1e6, 1),
    images: images.length,
    images_per_s: round(images.length / imageSeconds),
    recordings: recordings.length,
    audio_real_time_factor: round(soundSeconds / durations, 3),
    peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  if (values.json) console.log(JSON.stringify(report));
  else for (const [name, value] of Object.entries(report)) console.log(`${name.padEnd(36)} ${value}`);
} finally {
  await application.close();
  await rm(folder, { recursive: true, force: true });
}

async function loadPassages(): Promise<Passage[]> {
  const limit = values.limit === undefined ? Infinity : Number(values.limit);
  if (values.passages) return (await readManifest(values.passages, Passage)).lines.slice(0, limit);
  const texts = await files('texts');
  return texts
    .map(({ fileName, bytes }) => ({
      id: fileName,
      title: fileName.replace(/\.\w+$/, ''),
      text: new TextDecoder().decode(bytes),
    }))
    .slice(0, limit);
}

async function files(kind: string): Promise<{ fileName: string; bytes: Uint8Array }[]> {
  const names = (await readdir(join(examples, kind))).filter((name) => !name.endsWith('.json')).toSorted();
  return Promise.all(
    names.map(async (fileName) => ({ fileName, bytes: await readFile(join(examples, kind, fileName)) })),
  );
}

async function ingestFiles(to: Application, items: readonly IngestInput[]): Promise<void> {
  const { job } = await to.ingest(items);
  if (job)
    for await (const state of to.jobProgress(job.id, new AbortController().signal))
      if (state.failed > 0) throw new Error('an item failed');
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
