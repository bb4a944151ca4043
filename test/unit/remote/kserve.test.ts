import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Endpoint } from '../../../src/adapters/remote/endpoint.ts';
import { openKServeImageText, openKServeText } from '../../../src/adapters/remote/kserve-encoders.ts';
import type { RgbImage } from '../../../src/ports/encoders.ts';
import { lettersOf, startServer, type RemoteServer } from './server.ts';

const plain = (red: number, green: number, blue: number): RgbImage => ({
  width: 9,
  height: 5,
  data: Uint8Array.from(Array.from({ length: 45 }, () => [red, green, blue]).flat()),
});

describe.each(['binary', 'json-only'] as const)('a %s server', (mode) => {
  let server: RemoteServer;
  let endpoint: Endpoint;
  beforeAll(async () => {
    server = await startServer(mode);
    endpoint = new Endpoint({ name: 'The inference server', url: server.url, backoffMs: 5, attempts: 2 });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('texts go as BYTES and come back as vectors in order, in batches', async () => {
    const embedder = await openKServeText(endpoint, { model: 'words', batch: 2 });
    expect(embedder.space).toEqual({ name: 'words@3', model: 'words', version: '3', dimension: 26 });
    await server.behave();
    const words = ['dune', 'über den Zaun', 'mast'];
    const results = await embedder.embed(
      words.map((text) => ({ text })),
      'passage',
    );
    for (const [i, text] of words.entries())
      for (const [d, value] of lettersOf(text).entries()) expect(results[i]?.vector[d]).toBeCloseTo(value, 5);
    const received = await server.received();
    expect(received).toHaveLength(2);
    for (const { path, binary } of received)
      expect({ path, binary }).toEqual({ path: '/v2/models/words/infer', binary: mode === 'binary' });
  });

  test('where the metadata leaves the dimension open, the first answer decides; half precision is read', async () => {
    const embedder = await openKServeText(endpoint, { model: 'open', batch: 8 });
    expect(embedder.space.dimension).toBe(26);
    const [result] = await embedder.embed([{ text: 'zzzap' }], 'query');
    for (const [d, value] of lettersOf('zzzap').entries()) expect(result?.vector[d]).toBeCloseTo(value, 3);
    await server.behave('longer');
    await expect(embedder.embed([{ text: 'a' }], 'query')).rejects.toMatchObject({
      code: 'REMOTE_FAILED',
      message: expect.stringContaining('27 numbers a vector where open gave 26'),
    });
  });

  test('pictures go as bytes of the side that the model tells, and share a space with texts', async () => {
    const encoder = await openKServeImageText(endpoint, { image: 'colours', text: 'words', batch: 8 });
    expect(encoder.space).toMatchObject({ name: 'colours+words@1+3', dimension: 26 });
    const [red, blue, grey] = await encoder.embedImages([plain(200, 0, 0), plain(0, 0, 90), plain(50, 50, 50)]);
    expect([...(red ?? [])].slice(0, 3)).toEqual([1, 0, 0]);
    expect([...(blue ?? [])].slice(0, 3)).toEqual([0, 0, 1]);
    expect(grey?.[1]).toBeCloseTo(1 / Math.sqrt(3), 5);
    const [text] = await encoder.embedTexts(['dune']);
    for (const [d, value] of lettersOf('dune').entries()) expect(text?.[d]).toBeCloseTo(value, 5);
  });

  test('pictures go as floats in planes, normalised as CLIP’s, where the model takes those', async () => {
    const encoder = await openKServeImageText(endpoint, { image: 'floats', text: 'short', batch: 8 });
    const rgb = [240, 17, 101] as const;
    const mean = [0.48145466, 0.4578275, 0.40821073];
    const deviation = [0.26862954, 0.26130258, 0.27577711];
    const seen = rgb.map((value, c) => (value / 255 - mean[c]!) / deviation[c]!);
    // Four pictures are two requests.
    const vectors = await encoder.embedImages([plain(...rgb), plain(1, 2, 3), plain(9, 9, 9), plain(...rgb)]);
    for (const vector of [vectors[0], vectors[3]])
      for (const [c, value] of seen.entries()) expect(vector?.[c]).toBeCloseTo(value / Math.hypot(...seen), 4);
  });

  test('a model that is not there, takes tokens, or is the tower of another is refused with its name', async () => {
    await expect(openKServeText(endpoint, { model: 'nothing', batch: 8 })).rejects.toMatchObject({
      code: 'REMOTE_FAILED',
      message: expect.stringContaining('unknown model nothing'),
    });
    await expect(openKServeText(endpoint, { model: 'tokens', batch: 8 })).rejects.toMatchObject({
      message: expect.stringMatching(/tokens with 2 inputs \(input_ids, attention_mask\).*ensemble/),
    });
    await expect(openKServeText(endpoint, { model: 'colours', batch: 8 })).rejects.toMatchObject({
      message: expect.stringContaining('takes UINT8, not texts'),
    });
    await expect(openKServeImageText(endpoint, { image: 'floats', text: 'words', batch: 8 })).rejects.toMatchObject({
      message: expect.stringMatching(/3 numbers for a picture \(floats\) and 26 for a text \(words\)/),
    });
  });
});
