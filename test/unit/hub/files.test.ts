import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clipFiles, textFiles, writeModel } from '../../fixtures/hub-models.ts';
import { cosine, openHub, plain, temporaryFolder } from './hub.ts';

const refusal = (code: string, ...parts: readonly string[]) => ({
  code,
  message: expect.stringMatching(new RegExp(parts.map((part) => part.replaceAll(/[.()/]/g, '\\$&')).join('.*'), 's')),
});

test('each missing file is named with the path where it is looked for', async () => {
  await using folder = await temporaryFolder();
  const open = () => openHub(folder.path, { imageText: 'tiny/clip' });
  const path = join(folder.path, 'tiny/clip');
  await expect(open()).rejects.toMatchObject(
    refusal(
      'MODEL_MISSING',
      `${path}/config.json is missing`,
      'SENSEGRAPH_IMAGE_MODEL is tiny/clip',
      'HUB_DOWNLOAD=on',
    ),
  );
  await writeModel(folder.path, 'tiny/clip', clipFiles());
  for (const file of ['tokenizer.json', 'tokenizer_config.json', 'preprocessor_config.json']) {
    await rename(join(path, file), join(path, 'away'));
    await expect(open()).rejects.toMatchObject(refusal('MODEL_MISSING', `${path}/${file} is missing`));
    await rename(join(path, 'away'), join(path, file));
  }
  await rm(join(path, 'onnx/vision_model.onnx'));
  await expect(open()).rejects.toMatchObject(
    refusal('MODEL_MISSING', `${path}/onnx/vision_model_quantized.onnx (or vision_model.onnx, `, 'is missing'),
  );
});

test('files that are none of theirs are told apart, with their path', async () => {
  await using folder = await temporaryFolder();
  const path = await writeModel(folder.path, 'tiny/text', textFiles());
  const open = () => openHub(folder.path, { text: 'tiny/text' });
  await writeFile(join(path, 'config.json'), '{"model_type": ');
  await expect(open()).rejects.toMatchObject(refusal('MODEL_CORRUPT', `${path}/config.json is damaged`));
  await writeFile(join(path, 'config.json'), '{"model_type": "bert"}');
  await expect(open()).rejects.toMatchObject(refusal('MODEL_CORRUPT', path, 'no hidden_size'));
  await writeModel(folder.path, 'tiny/text', textFiles());
  await writeFile(join(path, 'onnx/model.onnx'), '');
  await expect(open()).rejects.toMatchObject(refusal('MODEL_CORRUPT', `${path}/onnx/model.onnx is empty`));
  await writeFile(join(path, 'onnx/model.onnx'), '<html>not found</html>');
  await using garbage = await open();
  await expect(garbage.text.embed([{ text: 'a' }], 'query')).rejects.toMatchObject(refusal('MODEL_CORRUPT', path));
  await writeModel(folder.path, 'tiny/text', { ...textFiles(), 'tokenizer.json': { model: { type: 'Nothing' } } });
  await using mute = await open();
  await expect(mute.text.embed([{ text: 'a' }], 'query')).rejects.toMatchObject(refusal('MODEL_CORRUPT', path));
  await expect(openHub(folder.path, { imageText: 'tiny/text' })).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  await writeModel(folder.path, 'tiny/text', { 'preprocessor_config.json': {} });
  await expect(openHub(folder.path, { imageText: 'tiny/text' })).rejects.toMatchObject(
    refusal('MODEL_CORRUPT', `${path}/config.json says model_type bert`, 'SENSEGRAPH_IMAGE_MODEL takes clip or siglip'),
  );
});

test('a number format that is asked for must be there', async () => {
  await using folder = await temporaryFolder();
  const path = await writeModel(folder.path, 'tiny/text', textFiles());
  await expect(openHub(folder.path, { text: 'tiny/text', dtype: 'q4' })).rejects.toMatchObject(
    refusal('MODEL_MISSING', `${path}/onnx/model_q4.onnx is missing`),
  );
  await using hub = await openHub(folder.path, { text: 'tiny/text', dtype: 'fp32' });
  expect(hub.text.space.dimension).toBe(8);
});

test('what the profile does not name comes from the embedded pack', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/clip', clipFiles());
  await using hub = await openHub(folder.path, { imageText: 'tiny/clip' });
  expect(hub.text.info.id).toBe('bge-small-en-v1.5');
  expect(hub.transcriber.info.id).toBe('whisper-tiny.en');
  expect(hub.captioner?.info.id).toBe('smollm2-looking');
});

/** A hub over a folder; the first request for each file that `broken` names is cut off in the middle. */
async function serveHub(root: string, broken: ReadonlySet<string> = new Set()) {
  const cut = new Set<string>();
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const file = (request.url ?? '').replace('/resolve/main', '');
    asked.push(file);
    const bytes = await readFile(join(root, file)).catch(() => undefined);
    if (!bytes) {
      response.statusCode = 404;
      return response.end('Entry not found');
    }
    response.setHeader('content-length', bytes.length);
    if (!broken.has(file) || cut.has(file)) return response.end(bytes);
    cut.add(file);
    response.write(bytes.subarray(0, bytes.length / 2));
    return setTimeout(() => response.destroy(), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('missing files are fetched whole where that is allowed, and only once', async () => {
  await using source = await temporaryFolder();
  await using folder = await temporaryFolder();
  await writeModel(source.path, 'tiny/clip', clipFiles());
  await writeModel(source.path, 'tiny/text', {
    ...textFiles(),
    '1_Pooling/config.json': { pooling_mode_cls_token: true },
  });
  await using server = await serveHub(source.path, new Set(['/tiny/clip/onnx/vision_model.onnx']));
  const options = { text: 'tiny/text', imageText: 'tiny/clip', download: true, url: server.url };
  await using hub = await openHub(folder.path, options);
  await using local = await openHub(source.path, { imageText: 'tiny/clip' });
  const picture = plain(1, 99, 222);
  expect(
    cosine((await hub.imageText!.embedImages([picture]))[0], (await local.imageText!.embedImages([picture]))[0]),
  ).toBeCloseTo(1, 6);
  expect(hub.imageText!.space).toEqual(local.imageText!.space);
  expect((await readdir(join(folder.path, 'tiny/clip/onnx'))).toSorted()).toEqual([
    'text_model.onnx',
    'vision_model.onnx',
  ]);
  expect(await readdir(join(folder.path, 'tiny/text'))).toContain('1_Pooling');
  const count = server.asked.length;
  await using _again = await openHub(folder.path, options);
  expect(server.asked.length).toBe(count);
});

test('what the hub does not have, or no hub at all, is told with path and address', async () => {
  await using source = await temporaryFolder();
  await using folder = await temporaryFolder();
  await using server = await serveHub(source.path);
  await expect(openHub(folder.path, { text: 'no/such', download: true, url: server.url })).rejects.toMatchObject(
    refusal(
      'MODEL_MISSING',
      `${folder.path}/no/such/tokenizer.json`,
      `${server.url}/no/such/resolve/main/tokenizer.json`,
    ),
  );
  await expect(openHub(folder.path, { text: 'no/such', download: true })).rejects.toMatchObject(
    refusal('MODEL_MISSING', `${folder.path}/no/such/tokenizer.json`, "can't be fetched from http://127.0.0.1:9/"),
  );
});
