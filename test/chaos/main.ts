/**
 * npm run test:chaos [-- --seed N] [--faults N] [--limit SECONDS] [--json]
 * Breaks servers, workers, databases and the network between them under load, 100 times unless told otherwise, and looks
 * whether anything acknowledged is lost or there twice. The same seed gives the same faults in the same order.
 */
import { parseArgs } from 'node:util';
import { chaos } from './run.ts';
import { lacking } from './stores.ts';
import { report } from './report.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    faults: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const missing = await lacking();
if (missing !== undefined) throw new Error(`Install ${missing}, and try again.`);
const seed = Number(values.seed ?? process.env['SENSEGRAPH_CHAOS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const faults = Number(values.faults ?? 100);
const say = (text: string): void => void (values.json ? undefined : console.log(text));
say(`seed ${seed}, ${faults} faults`);
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());
const started = performance.now();
const result = await chaos({
  seed,
  faults,
  limitSeconds: Number(values.limit ?? 120),
  signal: interrupted.signal,
  onFault: ({ number, fault, heldSeconds, recoveredSeconds }) =>
    say(
      `${String(number).padStart(3)}  held ${heldSeconds.toFixed(1).padStart(5)} s  recovered in ${recoveredSeconds.toFixed(1).padStart(5)} s  ${fault}`,
    ),
  onNote: (text) => say(`     ${text}`),
});
const { account, logs } = result;
if (values.json)
  console.log(JSON.stringify({ seed, ...report(result), violations: account.violations, rows: result.rows }));
else {
  console.log(JSON.stringify(report(result), null, 2));
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
  for (const violation of account.violations) console.log(`WRONG  ${violation}`);
  if (logs !== undefined) console.log(`Again with --seed ${seed} --faults ${faults}. Logs of the processes: ${logs}`);
}
if (account.violations.length > 0) process.exitCode = 1;
