import { defineCommand } from 'citty';
import { SensegraphError } from '../errors.ts';
import { openSensegraph } from '../main.ts';
import { placeOf } from './doctor-stores.ts';
import { configure, dataOptions, interruption, logger } from './options.ts';

export const worker = defineCommand({
  meta: {
    name: 'worker',
    description: 'Take in what servers on the same Postgres were given. Start as many as there are machines for',
  },
  args: dataOptions,
  async run({ args }) {
    const config = configure(args);
    if (!config.stores.postgres) {
      throw new SensegraphError(
        'BAD_INPUT',
        'A worker shares a Postgres server with others: set SENSEGRAPH_POSTGRES_URL. With the embedded database, serve does this work.',
      );
    }
    const log = logger(config, false);
    const signal = interruption();
    const application = await openSensegraph(config, log);
    const place = placeOf(config);
    console.log(args.json ? JSON.stringify({ state: 'WORKING', place }) : `Working for ${place}  (Ctrl-C ends)`);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    log.info('closing after the work in hand');
    await application.close();
  },
});
