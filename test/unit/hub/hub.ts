import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { openHubEncoders, type HubOptions } from '../../../src/adapters/hub/open.ts';
import { openEncoders } from '../../../src/adapters/onnx/open.ts';
import { packageRoot } from '../../../src/config.ts';
import type { Encoders, RgbImage } from '../../../src/ports/encoders.ts';

const log = pino({ level: 'silent' });
export const modelsDir = join(packageRoot, 'models');

export interface Folder extends AsyncDisposable {
  readonly path: string;
}

export async function temporaryFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'hub-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export type OpenHub = Encoders & AsyncDisposable;

/** The profile over a folder, on one CPU thread. */
export async function openHub(dir: string, options: Partial<HubOptions>): Promise<OpenHub> {
  const pack = openEncoders({ modelsDir, device: 'cpu', threads: 1, log });
  const encoders = await openHubEncoders(
    {
      kind: 'hub',
      dir,
      download: false,
      url: 'http://127.0.0.1:9',
      dtype: 'auto',
      language: 'en',
      device: 'cpu',
      threads: 1,
      log,
      ...options,
    },
    pack,
  );
  return { ...encoders, [Symbol.asyncDispose]: () => encoders.close() };
}

export function cosine(a: Float32Array | undefined, b: ArrayLike<number> | undefined): number {
  if (!a || !b || a.length !== b.length) return NaN;
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

export function plain(red: number, green: number, blue: number, width = 8, height = 8): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 3) data.set([red, green, blue], i);
  return { width, height, data };
}
