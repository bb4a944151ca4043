import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import type { Logger } from 'pino';
import { SensegraphError } from '../../errors.ts';
import { externalFiles, readJson, weightsFile, type HubFolderRequest } from './folder.ts';
import { dtypeOrder, TASKS } from './tasks.ts';

export interface Download extends HubFolderRequest {
  /** Host of the hub; files lie under `<url>/<name>/resolve/main/`. */
  readonly url: string;
  readonly log: Logger;
}

/**
 * Fetches what the model's folder lacks, each file whole or not at all. Of the weights, the first number format that
 * the hub has in the order of `dtypeOrder`. Throws MODEL_MISSING with the path and the address.
 */
export async function downloadModel(download: Download): Promise<void> {
  const { task, name, root, dtype, device } = download;
  const { files, optional, sessions } = TASKS[task];
  const folder = join(root, name);
  const isThere = async (file: string) => (await stat(join(folder, file)).catch(() => undefined)) !== undefined;
  const isNew = !(await isThere('config.json'));
  const require = async (file: string) => {
    if (!(await isThere(file)) && !(await fetchFile(download, file))) throw notThere(download, file);
  };
  for (const file of files) if (file !== 'config.json') await require(file);
  // Asked for once: config.json comes last, so a model that has it was asked for them, and needs no network any more.
  if (isNew) for (const file of optional) if (!(await isThere(file))) await fetchFile(download, file);
  await require('config.json');
  const config = (await readJson(join(folder, 'config.json')))?.json ?? {};
  for (const session of sessions) {
    const order = dtypeOrder(dtype, device);
    let chosen = undefined;
    for (const one of order) if (await isThere(weightsFile(session, one))) chosen ??= one;
    for (const one of order) {
      if (chosen) break;
      if (await fetchFile(download, weightsFile(session, one))) chosen = one;
    }
    if (!chosen) throw notThere(download, weightsFile(session, order[0] ?? 'fp32'));
    for (const file of externalFiles(config, session, chosen)) await require(file);
  }
}

/** Whether the hub has the file. It is written beside its place and renamed, so that a broken one is never taken. */
async function fetchFile({ url, name, root, log }: Download, file: string): Promise<boolean> {
  const address = addressOf(url, name, file);
  const path = join(root, name, file);
  const part = `${path}.${randomUUID()}.part`;
  try {
    return await retry(
      handleWhen((error) => !(error instanceof SensegraphError)),
      { maxAttempts: 3, backoff: new ExponentialBackoff({ initialDelay: 300, maxDelay: 5000 }) },
    ).execute(async () => {
      const response = await fetch(address);
      if (response.status === 404) return false;
      if (response.status === 401 || response.status === 403)
        throw new SensegraphError('MODEL_MISSING', `${address} answered ${response.status}: the model is not public.`);
      if (!response.ok || !response.body) throw new Error(`${address} answered ${response.status}`);
      const length = response.headers.get('content-length');
      log.info({ file: path, bytes: length && Number(length) }, 'fetching a file of a model');
      await mkdir(dirname(path), { recursive: true });
      await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(part));
      const encoded = response.headers.get('content-encoding');
      if (length !== null && encoded === null && (await stat(part)).size !== Number(length))
        throw new Error(`${address} ended early`);
      await rename(part, path);
      return true;
    });
  } catch (cause) {
    if (cause instanceof SensegraphError) throw cause;
    throw new SensegraphError(
      'MODEL_MISSING',
      `${path} is missing and can't be fetched from ${address}. Check the network, or put the model's files there and ` +
        'set SENSEGRAPH_HUB_DOWNLOAD=off.',
      { cause },
    );
  } finally {
    await rm(part, { force: true });
  }
}

function addressOf(url: string, name: string, file: string): string {
  return `${url.replace(/\/+$/, '')}/${name}/resolve/main/${file}`;
}

function notThere({ url, name, root, task }: Download, file: string): SensegraphError {
  return new SensegraphError(
    'MODEL_MISSING',
    `${join(root, name, file)} is missing, and ${addressOf(url, name, file)} does not exist. ` +
      `Check ${TASKS[task].variable}; the model must come in the layout of transformers.js (with onnx/).`,
  );
}
