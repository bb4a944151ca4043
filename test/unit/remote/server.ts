import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Behaviour } from './server-process.ts';

export interface Received {
  readonly path: string;
  readonly size: number;
  readonly binary: boolean;
  readonly authorization?: string;
}

export interface RemoteServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** How the next requests are answered, in turn; the later ones well. Forgets what came in. */
  behave(...plan: Behaviour[]): Promise<void>;
  received(): Promise<Received[]>;
}

/** Starts the server of server-process.ts in a process of its own. */
export async function startServer(mode: 'binary' | 'json-only' = 'binary', port = 0): Promise<RemoteServer> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server-process.ts'), mode, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = `http://127.0.0.1:${line.toString().trim()}`;
  return {
    port: Number(line.toString()),
    url,
    behave: async (...plan) => {
      await fetch(`${url}/control`, { method: 'POST', body: JSON.stringify(plan) });
    },
    received: async () => (await (await fetch(`${url}/control`)).json()) as Received[],
    [Symbol.asyncDispose]: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** The vector that the server makes of a text, unit norm. */
export function lettersOf(text: string): number[] {
  const counts = Array<number>(26).fill(0);
  for (const char of text.toLowerCase()) {
    const at = char.charCodeAt(0) - 97;
    if (at >= 0 && at < 26) counts[at] = (counts[at] ?? 0) + 1;
  }
  counts[0] = (counts[0] ?? 0) + 0.5;
  const norm = Math.hypot(...counts);
  return counts.map((value) => value / norm);
}
