import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot, type Config } from '../../src/config.ts';
import { decodeAudio } from '../../src/ingest/decode-audio.ts';
import { decodeImage } from '../../src/ingest/decode-image.ts';
import type { RgbImage } from '../../src/ports/encoders.ts';

const examples = join(packageRoot, 'examples');
const WORDS =
  'the harbour lighthouse was built by a mason in spring and when storms took its bell away the people of every island rowed out to bring it home again'.split(
    ' ',
  );

/** English-like text of about `tokens` tokens (each word is one; two are the special ones), another for each `seed`. */
function textOf(tokens: number, seed: number): string {
  return Array.from(
    { length: Math.max(1, tokens - 2) },
    (_, k) => WORDS[(k * 7 + seed * 3 + ((k * seed) % 5)) % WORDS.length],
  ).join(' ');
}

/** Lists of texts to embed, by name. `mixed` has 8 to 256 tokens, as passages of real documents do. */
export function textLists(): Record<string, string[]> {
  const list = (count: number, tokens: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => textOf(tokens(i), i));
  return {
    'short (12 tokens)': list(512, () => 12),
    '128 tokens': list(64, () => 128),
    '256 tokens': list(32, () => 256),
    'mixed (8…256)': list(64, (i) => 8 + ((i * 61) % 249)),
  };
}

export async function pictures(config: Config): Promise<RgbImage[]> {
  const found: RgbImage[] = [];
  for (const { bytes } of await files('images')) found.push((await decodeImage(bytes, config)).image);
  return found;
}

/** Mono, 16 kHz. */
export async function recordings(config: Config): Promise<Float32Array[]> {
  const types: Record<string, string> = { wav: 'audio/wav', mp3: 'audio/mpeg', flac: 'audio/flac' };
  const found: Float32Array[] = [];
  for (const { name, bytes } of await files('recordings')) {
    const type = types[name.split('.').at(-1) ?? ''] ?? 'audio/ogg';
    found.push((await decodeAudio(bytes, type, config)).samples);
  }
  return found;
}

async function files(kind: string): Promise<{ name: string; bytes: Uint8Array }[]> {
  const names = (await readdir(join(examples, kind))).filter((name) => !name.endsWith('.json')).toSorted();
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(examples, kind, name)) })));
}

/** The work divided among callers: each sends calls of `perCall` items, one after another; with one caller all at once. */
export async function byCallers<T>(
  items: readonly T[],
  callers: number,
  call: (part: T[]) => Promise<unknown>,
): Promise<void> {
  const perCall = callers === 1 ? items.length : callers <= 8 ? Math.min(8, Math.ceil(items.length / callers)) : 1;
  const parts = Array.from({ length: Math.ceil(items.length / perCall) }, (_, i) =>
    items.slice(i * perCall, (i + 1) * perCall),
  );
  const coming = parts.values();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (const part of coming) await call(part);
    }),
  );
}
