import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import type { Call, Failure, Request, Response, WorkerInput } from './protocol.ts';

/** The thread PGlite runs in: an index build blocks the thread it runs on, which must not be the server's. */
const port = parentPort;
if (!port) throw new Error('worker.ts is started by client.ts, not on its own.');

const { dataDir } = workerData as WorkerInput;

const opened = PGlite.create({ dataDir, extensions: { vector } });
opened.then(
  () => port.postMessage({ id: 0, rows: [] } satisfies Response),
  (error: unknown) => port.postMessage({ id: 0, failure: failureOf(error) } satisfies Response),
);

async function run(call: Call): Promise<object[]> {
  const db = await opened;
  switch (call.op) {
    case 'query':
      return (await db.query<object>(call.text, [...call.parameters])).rows;
    case 'exec':
      return (await db.exec(call.text)).flatMap((result) => result.rows);
    case 'copy':
      await db.query(call.text, [], { blob: new Blob([call.bytes]) });
      return [];
    case 'close':
      await db.close();
      return [];
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code, detail } = error as Error & { code?: unknown; detail?: unknown };
  return {
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof detail === 'string' ? { detail } : {}),
  };
}

port.on('message', ({ id, call }: Request) => {
  run(call).then(
    (rows) => port.postMessage({ id, rows } satisfies Response),
    (error: unknown) => port.postMessage({ id, failure: failureOf(error) } satisfies Response),
  );
});
