import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/config.ts';

/** One round as training/bench_raw.py tells it. */
export interface PythonRound {
  readonly texts: number;
  readonly seconds: number;
  readonly cpu_seconds: number;
  readonly peak_mb: number;
  readonly setting: string;
}

export interface PythonVariant {
  readonly name: string;
  round(texts: readonly string[]): Promise<PythonRound>;
  close(): void;
}

/** A variant of training/bench_raw.py, waiting for rounds; says on standard error why when it can't run. */
export async function openPython(python: string, name: 'raw' | 'fastembed'): Promise<PythonVariant | null> {
  const child = spawn(python, [join(packageRoot, 'training/bench_raw.py'), name], { stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.on('error', () => {});
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const failed = Promise.race([
    once(child, 'error').then(([error]) => String(error)),
    once(child, 'close').then(() => stderr.trim()),
  ]);
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended: ${await failed}`);
    return JSON.parse(value as string);
  };
  const first = await Promise.race([next().catch(() => failed), failed]);
  if (typeof first === 'string') {
    console.error(
      `${name} is left out: ${first.split('\n').at(-1)} (Python with it: --python PATH or SENSEGRAPH_PYTHON)`,
    );
    return null;
  }
  return {
    name,
    round: async (texts) => {
      child.stdin.write(`${JSON.stringify({ texts })}\n`);
      return (await next()) as PythonRound;
    },
    close: () => child.kill(),
  };
}
