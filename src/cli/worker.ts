import { defineCommand } from 'citty';
import { SensegraphError } from '../errors.ts';
import { openApplications } from '../main.ts';
import { DEFAULT_TENANT } from '../ports/tenants.ts';
import { placeOf } from './doctor-stores.ts';
import { configure, dataOptions, interruption, logger } from './options.ts';

/** One part is encoded while another is linked and stored. */
const DEFAULT_CONCURRENCY = 2;
const MOST_CONCURRENCY = 64;

export const worker = defineCommand({
  meta: {
    name: 'worker',
    description: 'Take in what servers on the same Postgres were given. Start as many as there are machines for',
  },
  args: {
    data: dataOptions.data,
    json: dataOptions.json,
    concurrency: {
      type: 'string',
      description:
        'Parts of jobs (up to 256 items) in hand at once, at most (default: 2); fewer while the encoders are behind',
      valueHint: 'N',
    },
  },
  async run({ args }) {
    // Works for all tenants.
    const config = configure({ ...args, tenant: DEFAULT_TENANT });
    if (!config.stores.postgres) {
      throw new SensegraphError(
        'BAD_INPUT',
        'A worker shares a Postgres server with others: set SENSEGRAPH_POSTGRES_URL. With the embedded database, serve does this work.',
      );
    }
    const concurrency = Number(args.concurrency ?? DEFAULT_CONCURRENCY);
    if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MOST_CONCURRENCY)
      throw new SensegraphError('BAD_INPUT', `--concurrency is a whole number from 1 to ${MOST_CONCURRENCY}.`);
    const log = logger(config, false);
    const signal = interruption();
    const applications = await openApplications(config, log, { waitMs: config.stores.waitMs, signal, concurrency });
    const place = placeOf(config);
    console.log(args.json ? JSON.stringify({ state: 'WORKING', place }) : `Working for ${place}  (Ctrl-C ends)`);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    log.info('closing after the work in hand');
    await applications.close();
  },
});
