/**
 * node test/bench/encode.ts [--passages FILE] [--limit N] [--json]
 * Each encoder by itself, loaded before it is timed: texts a second by length, passages with their sentences, pictures
 * looked at (six crops) and read, and seconds of work for a second of sound. FILE is JSONL {title, text}; without it
 * the sample collection's texts are taken. Figures hold for a machine that does nothing else.
 */
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { openEncoders } from '../../src/adapters/onnx/open.ts';
import { packageRoot, readConfig } from '../../src/config.ts';
import { cropImage } from '../../src/encode/crops.ts';
import { Passage } from '../../src/evaluate/corpus.ts';
import { readManifest } from '../../src/evaluate/manifest.ts';
import { decodeAudio } from '../../src/ingest/decode-audio.ts';
import { decodeImage } from '../../src/ingest/decode-image.ts';
import { splitPassages } from '../../src/ingest/split.ts';
import type { TextInput } from '../../src/ports/encoders.ts';

const { values } = parseArgs({
  options: { passages: { type: 'string' }, limit: { type: 'string' }, json: { type: 'boolean' } },
});
const examples = join(packageRoot, 'examples');
const config = readConfig();
const loadBefore = loadavg()[0] ?? 0;
const encoders = openEncoders({ ...config, log: pino({ level: 'silent' }) });
const report: Record<string, number | string> = {};
try {
  const { text, image, reader, transcriber } = encoders;
  await text.embed([{ text: 'warm' }], 'passage');
  for (const words of [8, 32, 96, 256]) {
    const inputs = Array.from({ length: Math.ceil(6144 / words) }, (_, i) => ({
      text: Array.from({ length: words }, (_, k) => (k === 0 ? `${i}` : 'harbour')).join(' '),
    }));
    const seconds = await secondsOf(() => text.embed(inputs, 'passage'));
    report[`texts_per_s_of_${words}_words`] = inputs.length / seconds;
  }
  report['question_ms'] = (await secondsOf(() => text.embed([{ text: 'Who built the lighthouse?' }], 'query'))) * 1000;
  const passages = await loadPassages();
  report['passages'] = passages.length;
  report['passages_per_s'] = passages.length / (await secondsOf(() => text.embed(passages, 'passage')));

  const pictures = await Promise.all(
    (await files('images')).map(async (bytes) => (await decodeImage(bytes, config)).image),
  );
  const crops = await Promise.all(pictures.map(cropImage));
  await image.classify(crops[0] ?? []);
  report['pictures'] = pictures.length;
  report['pictures_per_s_six_crops'] = pictures.length / (await secondsOf(() => image.classify(crops.flat())));
  if (pictures[0]) await reader.read(pictures[0]);
  const read = await secondsOf(() => Promise.all(pictures.map((picture) => reader.read(picture))));
  report['read_s_per_picture'] = read / pictures.length;

  const recordings = await Promise.all(
    (await files('recordings')).map(async (bytes, i) => decodeAudio(bytes, await mediaTypeOf(i), config)),
  );
  const duration = recordings.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  if (recordings[0]) await transcriber.transcribe(recordings[0].samples);
  const heard = await secondsOf(() => Promise.all(recordings.map(({ samples }) => transcriber.transcribe(samples))));
  report['recordings_s'] = duration;
  report['audio_real_time_factor'] = heard / duration;
  report['device'] = text.info.device;
  report['cores'] = availableParallelism();
  report['load_before'] = loadBefore;
  if (values.json) console.log(JSON.stringify(report));
  else for (const [name, value] of Object.entries(report)) console.log(name.padEnd(32), shown(value));
} finally {
  await encoders.close();
}

async function loadPassages(): Promise<TextInput[]> {
  const limit = values.limit === undefined ? Infinity : Number(values.limit);
  const sources = values.passages
    ? (await readManifest(values.passages, Passage)).lines
    : (await files('texts')).map((bytes) => ({ title: '', text: new TextDecoder().decode(bytes) }));
  return sources
    .slice(0, limit)
    .flatMap(({ title = '', text }) => splitPassages('Asset:bench', text).map((segment) => ({ title, segment })))
    .map(({ title, segment }) => {
      const head = title === '' ? '' : `${title}\n`;
      const spans = segment.sentences.map(({ start, end }) => ({ start: start + head.length, end: end + head.length }));
      return { text: head + segment.text, spans };
    });
}

async function namesOf(kind: string): Promise<string[]> {
  return (await readdir(join(examples, kind))).filter((name) => !name.endsWith('.json')).toSorted();
}

async function files(kind: string): Promise<Uint8Array[]> {
  return Promise.all((await namesOf(kind)).map((name) => readFile(join(examples, kind, name))));
}

async function mediaTypeOf(recording: number): Promise<string> {
  const name = (await namesOf('recordings'))[recording] ?? '';
  const types: Record<string, string> = { wav: 'audio/wav', mp3: 'audio/mpeg', flac: 'audio/flac' };
  return types[name.split('.').at(-1) ?? ''] ?? 'audio/ogg';
}

function shown(value: number | string): string {
  return typeof value === 'string' ? value : String(Number(value.toFixed(value < 1 ? 3 : 1)));
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
