import type { PickToken } from './write.ts';

/** The likeliest token; of equal ones the first. */
export const pickGreedy: PickToken = (logs) => {
  let best = 0;
  for (let token = 1; token < logs.length; token++)
    if ((logs[token] ?? -Infinity) > (logs[best] ?? -Infinity)) best = token;
  return best;
};
