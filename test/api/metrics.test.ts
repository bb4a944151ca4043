import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ingestSample, startServing, type Serving } from './serving.ts';

let serving: Serving;
beforeAll(async () => {
  serving = await startServing();
  await ingestSample(serving.api);
});
afterAll(() => serving.close());

const lines = async (): Promise<string[]> => {
  const response = await fetch(`${serving.api.origin}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  return (await response.text()).trimEnd().split('\n');
};

describe('metrics', () => {
  test('say how far the graph is behind, what waits, and how long requests took, each with its help and its type', async () => {
    await serving.api.data('{ health { ok } }');
    const all = await lines();
    for (const line of [
      'sensegraph_up 1',
      'sensegraph_outbox_pending 0',
      'sensegraph_outbox_parked 0',
      'sensegraph_jobs{state="running"} 0',
    ])
      expect(all).toContain(line);
    expect(all.find((line) => line.startsWith('sensegraph_request_seconds_count{field="health"}'))).toMatch(
      / [1-9]\d*$/,
    );
    const names = new Set(
      all
        .filter((line) => !line.startsWith('#'))
        .map((line) => line.replace(/[{ ].*/, '').replace(/_(bucket|sum|count)$/, '')),
    );
    for (const name of names)
      for (const kind of ['HELP', 'TYPE']) expect(all.some((line) => line.startsWith(`# ${kind} ${name} `))).toBe(true);
  });

  test('count a refused request under its field and show nothing of what was asked', async () => {
    await serving.api.post('query ($id: ID!) { verifyAnswer(id: $id) { verified } }', { id: 'Answer:Xylophone' });
    await serving.api.post('{ Xylophone }');
    const all = await lines();
    expect(all).toContain('sensegraph_requests_failed_total{field="verifyAnswer"} 1');
    expect(all.join('\n')).not.toContain('Xylophone');
  });
});
