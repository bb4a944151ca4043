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

it('a short call does not wait for the end of a long one', async () => {
  const log: string[] = [];
  const model = inTurn<number, void>(async (steps, pause) => {
    for (let i = 0; i < steps; i++) {
      await pause();
      await setTimeout(1);
      log.push(`step of ${steps}`);
    }
  });
  const long = model.run(1, 20).then(() => log.push('long ends'));
  await model.run(2, 2).then(() => log.push('short ends'));
  await long;
  expect(log.indexOf('short ends')).toBeLessThan(8);
  expect(log.at(-1)).toBe('long ends');
});

it('a call that fails gives its turn to the next', async () => {
  const model = inTurn<string, string>(async (name) => {
    if (name === 'bad') throw new Error('bad');
    return name;
  });
  const settled = await Promise.allSettled(['bad', 'good', 'bad', 'better'].map((name, i) => model.run(i, name)));
  expect(settled.map((one) => one.status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
});
