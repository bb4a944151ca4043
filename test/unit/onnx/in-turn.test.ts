import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inTurn } from '../../../src/adapters/onnx/in-turn.ts';

it('calls run one after another; a cancelled one ends at its next pause or is not begun', async () => {
  const log: string[] = [];
  const model = inTurn<string, string>(async (name, pause) => {
    log.push(`${name} begins`);
    await setTimeout(5);
    await pause();
    log.push(`${name} ends`);
    return name;
  });
  const calls = ['a', 'b', 'c'].map((name, i) => model.run(i, name));
  await setTimeout(2);
  model.cancel(0);
  model.cancel(1);
  const settled = await Promise.allSettled(calls);
  expect(settled.map((one) => one.status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect(settled[0]).toMatchObject({ reason: { code: 'CANCELLED' } });
  expect(log).toEqual(['a begins', 'c begins', 'c ends']);
});
