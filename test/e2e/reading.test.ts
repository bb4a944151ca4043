import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config.ts';
import { run } from './process.ts';

/** Development data beside the checkout; not part of the project. */
const manifest = join(packageRoot, '../shared/data/train/reading/questions.jsonl');

/** Questions whose passages the span reader was not taught with (training/reading/sources.py). */
async function heldOut(): Promise<string[]> {
  const lines = (await readFile(manifest, 'utf8')).split('\n').filter(Boolean);
  return lines.filter((line) => {
    const { context } = JSON.parse(line) as { context: string };
    return (createHash('sha256').update(context).digest()[0] ?? 0) % 100 < 18;
  });
}

interface Figures {
  readonly n: number;
  readonly f1: number;
  readonly abstained: number;
  readonly verified: number;
}

describe.skipIf(!existsSync(manifest))('reading, on questions whose passages are new to the reader', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sensegraph-reading-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('finds most of the words of the answers, and every claim verifies', { timeout: 900_000 }, async () => {
    const file = join(folder, 'held-out.jsonl');
    await writeFile(file, (await heldOut()).join('\n'));
    const { code, stdout } = await run('eval', 'qa', '--manifest', file, '--limit', '80', '--json');
    expect(code).toBe(0);
    const { sources } = JSON.parse(stdout) as { sources: Record<string, Figures> };
    const [xquad, qed] = [sources['XQuAD (en)'], sources['QED / Natural Questions']];
    expect((xquad?.n ?? 0) + (qed?.n ?? 0)).toBe(80);
    expect(xquad?.f1).toBeGreaterThanOrEqual(58);
    expect(qed?.f1).toBeGreaterThanOrEqual(40);
    for (const figures of [xquad, qed]) expect(figures?.verified).toBe(100);
  });
});
