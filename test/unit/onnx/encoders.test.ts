import { copyFile, cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { listModels, verifyModels } from '../../../src/adapters/onnx/lock.ts';
import { openEncoders } from '../../../src/adapters/onnx/open.ts';
import { packageRoot } from '../../../src/config.ts';
import { encodeAssets } from '../../../src/encode/encode.ts';
import { imageTextQuery, imageTextSpace } from '../../../src/encode/image-text.ts';
import { decode } from '../../../src/ingest/decode.ts';
import { decodeAudio } from '../../../src/ingest/decode-audio.ts';
import { decodeImage } from '../../../src/ingest/decode-image.ts';
import { DecodeWorker } from '../../../src/ingest/decode-worker.ts';
import { splitSentences } from '../../../src/ingest/sentences.ts';
import type { Modality } from '../../../src/domain.ts';

const modelsDir = join(packageRoot, 'models');
const log = pino({ level: 'silent' });
const encoders = openEncoders({ modelsDir, device: 'cpu', threads: 0, log });
const worker = new DecodeWorker();
afterAll(() => Promise.all([encoders.close(), worker.close()]));

const limits = { maxUploadBytes: 1e8, maxPixels: 5e7, maxAudioSeconds: 60 };
const example = (path: string) => readFile(join(packageRoot, 'examples', path));
const picture = async (path: string) => (await decodeImage(await example(path), limits)).image;
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
const embed = async (role: 'query' | 'passage', ...texts: string[]) =>
  (
    await encoders.text.embed(
      texts.map((text) => ({ text })),
      role,
    )
  ).map(({ vector }) => vector);
const decoded = async (path: string, modality: Modality, mediaType: string) => {
  const bytes = await example(path);
  return decode(
    { bytes, blobKey: path.replace(/\W/g, ''), modality, mediaType, fileName: path.split('/').at(-1) ?? path },
    worker,
    limits,
  );
};

describe('the text embedder', () => {
  it('gives unit vectors that put a question nearest to the passage that answers it', async () => {
    const [question] = await embed('query', 'Who built the lighthouse?');
    const passages = await embed(
      'passage',
      'The lighthouse was built by Thomas Miller.',
      'Bread is baked with flour and yeast.',
      'The cat slept all day.',
    );
    const scores = passages.map((vector) => dot(question ?? vector, vector));
    for (const vector of passages) expect(dot(vector, vector)).toBeCloseTo(1, 4);
    expect(scores.indexOf(Math.max(...scores))).toBe(0);
  });

  it('gives nearly the same vector alone and among many, in the order asked', async () => {
    const texts = Array.from(
      { length: 60 },
      (_, i) => `Sentence ${i} speaks of ${'many things and '.repeat(i % 9)}one lighthouse.`,
    );
    const together = await embed('passage', ...texts);
    for (const i of [0, 17, 59]) {
      const [alone] = await embed('passage', texts[i] ?? '');
      expect(dot(alone ?? new Float32Array(), together[i] ?? new Float32Array())).toBeGreaterThan(0.98);
    }
  });

  it('gives each of many callers its own vectors, whoever shares its batches', async () => {
    const texts = Array.from({ length: 64 }, (_, i) => `${'The ferry sails. '.repeat(i % 5)}Bell number ${i} rings.`);
    const single = await Promise.all(texts.map((text) => embed('passage', text)));
    const together = await embed('passage', ...texts);
    for (const [i, [one]] of single.entries()) {
      const scores = together.map((other) => dot(one ?? other, other));
      // Activations are quantised for each batch, so that a vector depends a little on its neighbours.
      expect(scores[i]).toBeGreaterThan(0.98);
      expect(scores.indexOf(Math.max(...scores))).toBe(i);
    }
  });

  it('says which device it really runs on, and refuses one that it can’t have', async () => {
    const auto = openEncoders({ modelsDir, device: 'auto', threads: 1, log });
    await auto.text.embed([{ text: 'x' }], 'query');
    const { device } = auto.text.info;
    expect(['cpu', 'cuda']).toContain(device);
    await auto.close();
    if (device === 'cuda') return;
    const cuda = openEncoders({ modelsDir, device: 'cuda', threads: 1, log });
    await expect(cuda.text.embed([{ text: 'x' }], 'query')).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('SENSEGRAPH_DEVICE'),
    });
    await cuda.close();
  });

  it('gives each sentence a vector of the same pass, nearest to that sentence by itself', async () => {
    const text = 'The museum opened in 1926. The cat slept in the boat. Rain fell on the harbour all night.';
    const spans = splitSentences(text);
    const [found] = await encoders.text.embed([{ text, spans }], 'passage');
    const alone = await embed('passage', ...spans.map(({ start, end }) => text.slice(start, end)));
    expect(found?.spanVectors).toHaveLength(3);
    for (const [i, vector] of (found?.spanVectors ?? []).entries()) {
      expect(dot(vector, vector)).toBeCloseTo(1, 4);
      const scores = alone.map((one) => dot(vector, one));
      expect(scores.indexOf(Math.max(...scores))).toBe(i);
    }
  });

  it('lets a question pass before passages that wait, and drops what is cancelled', async () => {
    const leave = new AbortController();
    const long = Array.from({ length: 300 }, (_, i) => ({ text: `${i} ${'harbour storm ferry '.repeat(60)}` }));
    const order: string[] = [];
    const slow = encoders.text.embed(long, 'passage', leave.signal).then(
      () => order.push('passages'),
      (error: unknown) => error,
    );
    const fast = embed('query', 'Who?').then(() => order.push('question'));
    await fast;
    expect(order).toEqual(['question']);
    leave.abort();
    expect(await slow).toMatchObject({ code: 'CANCELLED' });
    expect(await embed('query', 'Still there?')).toHaveLength(1);
  });
});

describe('the image encoder, the reader and the transcriber', () => {
  it('see a cat and a cup of coffee', async () => {
    const results = await encoders.image.classify([
      await picture('images/museum-cat.jpg'),
      await picture('images/cup-on-a-table.jpg'),
    ]);
    const best = results.map(({ scores }) => encoders.image.labels[scores.indexOf(Math.max(...scores))]?.label);
    expect(best).toEqual(['Egyptian cat', 'espresso']);
    for (const { scores } of results) expect(scores.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
  });

  it('read a sign line by line, each in its box, and nothing where nothing is written', async () => {
    const sign = await picture('images/sign-lantern-room.jpg');
    const lines = await encoders.reader.read(sign);
    expect(lines.map((line) => line.text.toLowerCase())).toEqual(['lantern room', 'given by', 'margaret hill', '1911']);
    for (const { box } of lines) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(sign.width);
      expect(box.y + box.height).toBeLessThanOrEqual(sign.height);
    }
    expect(await encoders.reader.read(await picture('images/museum-cat.jpg'))).toEqual([]);
  });

  it('hear names and times, and nothing in silence', async () => {
    const { samples, durationSeconds } = await decodeAudio(
      await example('recordings/lantern-bell.wav'),
      'audio/wav',
      limits,
    );
    const spans = await encoders.transcriber.transcribe(samples);
    expect(spans.map((span) => span.text).join(' ')).toContain('Thomas Miller');
    let last = 0;
    for (const { startSeconds, endSeconds } of spans) {
      expect(startSeconds).toBeGreaterThanOrEqual(last);
      expect(endSeconds).toBeGreaterThan(startSeconds);
      expect(endSeconds).toBeLessThanOrEqual(durationSeconds + 0.01);
      last = endSeconds;
    }
    expect(await encoders.transcriber.transcribe(new Float32Array(48_000))).toEqual([]);
  });
});

describe('encodeAssets', () => {
  it('gives a picture its labels, a vector per space, and boxes in pixels of the original', async () => {
    const asset = await decoded('images/sign-lantern-room.jpg', 'IMAGE', 'image/jpeg');
    if (asset.content.type !== 'image') throw new Error('no picture');
    // As if the original were twice as large as what the encoders see.
    const [half] = await encodeAssets(
      [
        {
          asset: { ...asset.asset, width: asset.content.image.width * 2, height: asset.content.image.height * 2 },
          content: { ...asset.content, scale: 2 },
        },
      ],
      encoders,
    );
    const [whole] = await encodeAssets([asset], encoders);
    const [a, b] = [whole?.segments[1]?.locator, half?.segments[1]?.locator];
    if (a?.type !== 'ImageRegion' || b?.type !== 'ImageRegion') throw new Error('no box');
    expect(b.width).toBeCloseTo(2 * a.width, 1);
    expect(whole?.segments.map((segment) => segment.kind)).toEqual([
      'IMAGE',
      'TEXT_LINE',
      'TEXT_LINE',
      'TEXT_LINE',
      'TEXT_LINE',
    ]);
    expect(Object.keys(whole?.embeddings ?? {}).toSorted()).toEqual(
      [encoders.image.space.name, encoders.text.space.name, imageTextSpace(encoders).name].toSorted(),
    );
  });

  it('finds a picture by words in the image-text space', async () => {
    const names = ['museum-cat.jpg', 'cup-on-a-table.jpg', 'mountains.jpg', 'drawing-pin.png'];
    const assets = await Promise.all(
      names.map((name) => decoded(`images/${name}`, 'IMAGE', name.endsWith('png') ? 'image/png' : 'image/jpeg')),
    );
    const encoded = await encodeAssets(assets, encoders);
    const vectors = encoded.map(
      (one) => one.embeddings[imageTextSpace(encoders).name]?.[0]?.vector ?? new Float32Array(),
    );
    for (const [i, words] of [
      'a cat looking at you',
      'a cup of coffee',
      'snow on high peaks',
      'a pin for clothes',
    ].entries()) {
      const [vector] = await embed('query', words);
      const query = await imageTextQuery(words, vector ?? new Float32Array(), encoders);
      const scores = vectors.map((one) => dot(query, one));
      expect(scores.indexOf(Math.max(...scores))).toBe(i);
    }
  });

  it('keeps a silent recording as one stretch of sound', async () => {
    const silent = {
      asset: { ...(await decoded('recordings/lantern-bell.wav', 'AUDIO', 'audio/wav')).asset, durationSeconds: 2 },
      content: { type: 'audio' as const, samples: new Float32Array(32_000) },
    };
    const [encoded] = await encodeAssets([silent], encoders);
    expect(encoded?.segments).toMatchObject([{ kind: 'SOUND', text: '', locator: { startSeconds: 0, endSeconds: 2 } }]);
  });
});

describe('the model pack', () => {
  it('is what its lock file says', async () => {
    expect((await verifyModels(modelsDir)).filter((file) => file.status !== 'ok')).toEqual([]);
    expect((await listModels(modelsDir)).map((model) => model.id)).toEqual([
      'bge-small-en-v1.5',
      'coco-ssd',
      'efficientnet-lite2',
      'image-text',
      'minilm-l6-span-reader',
      'piper-joe',
      'pp-ocrv4',
      'silero-vad',
      'smollm2-looking',
      'sound-events',
      'voice-ge2e',
      'whisper-tiny.en',
    ]);
  });

  it('says which file is missing, cut off or changed', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'sensegraph-models-'));
    try {
      await copyFile(join(modelsDir, 'lock.json'), join(copy, 'lock.json'));
      const missing = openEncoders({ modelsDir: copy, device: 'cpu', threads: 1, log });
      await expect(missing.text.embed([{ text: 'x' }], 'query')).rejects.toMatchObject({
        code: 'MODEL_MISSING',
        message: expect.stringContaining('model.onnx'),
      });
      await cp(join(modelsDir, 'bge-small-en-v1.5'), join(copy, 'bge-small-en-v1.5'), { recursive: true });
      await truncate(join(copy, 'bge-small-en-v1.5/model.onnx'), 1000);
      await expect(missing.text.embed([{ text: 'x' }], 'query')).rejects.toMatchObject({ code: 'MODEL_CORRUPT' });
      await missing.close();
      const tokenizer = join(copy, 'bge-small-en-v1.5/tokenizer.json');
      const text = await readFile(tokenizer, 'utf8');
      await writeFile(tokenizer, text.replace('[UNK]', '[UNX]'));
      expect((await verifyModels(copy)).find((file) => file.path.endsWith('tokenizer.json'))?.status).toBe('changed');
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  });
});
