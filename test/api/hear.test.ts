import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeWav } from '../../src/adapters/speaking/wav.ts';
import { readConfig } from '../../src/config.ts';
import { openProfile } from '../../src/open-profile.ts';
import { ingestSample, startServing, type ApiClient, type Serving, type UserError } from './serving.ts';

let serving: Serving;
let api: ApiClient;
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
  await ingestSample(api);
});
afterAll(() => serving.close());

interface Hear {
  readonly heard: { readonly text: string; readonly model: { readonly id: string } } | null;
  readonly userErrors: readonly UserError[];
}
async function hear(name: string, bytes: Uint8Array): Promise<Hear & { readonly uploadId: string }> {
  const { id, url } = await api.createUpload(name, bytes.length);
  await api.put(url, Buffer.from(bytes));
  return { ...(await again(id)), uploadId: id };
}
async function again(uploadId: string): Promise<Hear> {
  const mutation =
    'mutation ($id: ID!) { hear(uploadId: $id) { heard { text model { id } } userErrors { code message field } } }';
  return (await api.data<{ hear: Hear }>(mutation, { id: uploadId })).hear;
}
async function spoken(text: string): Promise<Buffer> {
  const { speaker, close } = await openProfile(readConfig({}), pino({ level: 'silent' }));
  if (!speaker) throw new Error('The embedded profile speaks.');
  const { samples, sampleRate } = await speaker.speak(text);
  await close();
  return encodeWav(samples, sampleRate);
}
const assets = async () =>
  (await api.data<{ assets: { nodes: { id: string }[] } }>('{ assets(first: 50) { nodes { id } } }')).assets.nodes
    .length;

test('a spoken question is written down and answered, and nothing of it is kept', async () => {
  const before = await assets();
  const { heard, userErrors, uploadId } = await hear('question.wav', await spoken('Where was Thomas Miller born?'));
  expect(userErrors).toEqual([]);
  expect(heard?.text.toLowerCase()).toMatch(/where was thomas miller born/);
  expect(heard?.model.id).toContain('whisper');
  const { ask } = await api.data<{ ask: { answer: { shortAnswer: string } } }>(
    'mutation ($q: String!) { ask(input: { question: $q }) { answer { shortAnswer } } }',
    { q: heard?.text },
  );
  expect(ask.answer.shortAnswer).toBe('Westbrook');
  expect(await assets()).toBe(before);
  expect((await again(uploadId)).userErrors).toMatchObject([{ code: 'UPLOAD_NOT_FOUND', field: ['uploadId'] }]);
});

test('silence, a text and too long a recording are told apart', async () => {
  const silence = encodeWav(new Float32Array(16_000), 16_000);
  expect((await hear('silence.wav', silence)).userErrors).toMatchObject([{ code: 'EMPTY' }]);
  expect((await hear('question.txt', Buffer.from('Who owns the mill?'))).userErrors).toMatchObject([
    { code: 'UNSUPPORTED_TYPE' },
  ]);
  const long = encodeWav(new Float32Array(61 * 8000), 8000);
  expect((await hear('long.wav', long)).userErrors).toMatchObject([{ code: 'TOO_LONG' }]);
});
