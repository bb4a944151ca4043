import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ask, Refused } from './client.ts';
import type { Member } from './processes.ts';
import type { Account } from './account.ts';

const LOOK_MS = 5000;
/** A subscription has told of a job's end this long after a query could, or it never will. */
const LATE_MS = 20_000;

const JOB = 'query ($id: ID!) { job(id: $id) { state done failed total } }';
const PROGRESS = 'subscription ($id: ID!) { jobProgress(id: $id) { job { state } } }';

export interface Job {
  readonly state: string;
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/** Follows a job by subscription, at one server after another where they go away, until it ends or `signal` aborts. */
export async function ended(id: string, pick: () => Member, account: Account, signal: AbortSignal): Promise<void> {
  let isOver = false;
  while (!isOver && !signal.aborted) {
    const server = pick();
    if (server.url === undefined) {
      await sleep(200);
      continue;
    }
    const client = createClient({
      url: server.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazy: true,
    });
    const told = (async () => {
      for await (const { data } of client.iterate<{ jobProgress: { job: Job } }>({
        query: PROGRESS,
        variables: { id },
      }))
        isOver ||= data?.jobProgress.job.state === 'COMPLETED';
    })().catch(() => {}); // The server went away: the next one.
    const closed = new AbortController();
    void told.then(() => closed.abort());
    for (let since = 0; !closed.signal.aborted && !isOver && !signal.aborted;) {
      await Promise.race([told, sleep(LOOK_MS)]);
      const isDone = await ask<{ job: Job | null }>(server, JOB, { id }, account).then(
        ({ job }) => job?.state === 'COMPLETED',
        (error: unknown) => {
          if (!(error instanceof Refused)) throw error;
          return false;
        },
      );
      if (isOver || !isDone) continue;
      since ||= performance.now();
      if (performance.now() - since < LATE_MS) continue;
      account.violations.push(`A subscription at ${server.name} did not hear of the end of ${id}.`);
      isOver = true;
    }
    await client.dispose();
    await sleep(50);
  }
}
