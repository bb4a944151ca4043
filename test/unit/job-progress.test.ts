import { expect, test } from 'vitest';
import { ProcessEvents } from '../../src/adapters/memory/events.ts';
import type { Job } from '../../src/domain.ts';
import { jobProgress } from '../../src/job-progress.ts';

const job = (done: number): Job => ({
  id: 'Job:1',
  kind: 'INGEST',
  state: done === 2 ? 'COMPLETED' : 'RUNNING',
  total: 2,
  done,
  failed: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
});

test('the end of a job is told although its event was lost', async () => {
  const events = new ProcessEvents();
  let now = job(0);
  const heard: number[] = [];
  for await (const { done } of jobProgress(
    'Job:1',
    { ledger: { job: async () => now }, events },
    AbortSignal.timeout(60_000),
  )) {
    heard.push(done);
    if (done === 0) setTimeout(() => events.publish({ type: 'job', job: (now = job(1)) }), 10);
    if (done === 1) now = job(2); // Whoever would have published it died.
  }
  expect(heard).toEqual([0, 1, 2]);
});
