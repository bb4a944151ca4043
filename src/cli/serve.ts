import { defineCommand } from 'citty';
import { TokenAccess } from '../api/access.ts';
import { SensegraphError } from '../errors.ts';
import { startServer } from '../api/server.ts';
import { openApplications } from '../main.ts';
import { DEFAULT_TENANT } from '../ports/tenants.ts';
import { configure, dataOptions, interruption, logger } from './options.ts';

export const serve = defineCommand({
  meta: { name: 'serve', description: 'Serve GraphQL over a data directory, new or existing' },
  args: {
    data: dataOptions.data,
    json: { type: 'boolean', description: 'Print {url} as JSON once it serves' },
    ingest: {
      type: 'boolean',
      default: true,
      description: 'Take in what is ingested (default)',
      negativeDescription: 'Only answer, and leave that to workers on the same Postgres',
    },
    migrate: {
      type: 'string',
      description: 'Embed everything by this text model in the background, then answer with it',
      valueHint: 'MODEL',
    },
    port: { type: 'string', description: 'Port (default: PORT or 4600; 0 = any free one)', valueHint: 'N' },
    host: { type: 'string', description: 'Address to listen on (default: HOST or 127.0.0.1)', valueHint: 'ADDRESS' },
  },
  async run({ args }) {
    // All tenants are served; the default one is opened at once.
    const config = configure({ ...args, tenant: DEFAULT_TENANT });
    if (!args.ingest && !config.stores.postgres)
      throw new SensegraphError(
        'BAD_INPUT',
        'With --no-ingest others take in what is ingested: set SENSEGRAPH_POSTGRES_URL, and start a worker.',
      );
    const log = logger(config, false);
    const signal = interruption();
    const applications = await openApplications(config, log, {
      waitMs: config.stores.waitMs,
      signal,
      concurrency: args.ingest ? 1 : 0,
    });
    const application = applications.first;
    const access = new TokenAccess(applications);
    // The first question would otherwise wait for the model to load.
    const warm = application.warmUp().catch((error: unknown) => log.warn({ err: error }, 'the text model is not warm'));
    const server = await startServer({
      application,
      access,
      measures: () => applications.measures(),
      config,
      log,
    }).catch(async (error: unknown) => {
      await applications.close();
      throw error;
    });
    console.log(args.json ? JSON.stringify({ url: server.url }) : `GraphQL at ${server.url}  (Ctrl-C ends)`);
    const migrating = args.migrate
      ? application.migrateModel(args.migrate).catch((error: unknown) => {
          if (signal.aborted) log.info('the migration is stopped; it goes on with the next start with --migrate');
          else log.error({ err: error }, 'the migration failed; the text model that answered before goes on answering');
        })
      : undefined;
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    log.info('closing');
    await server.close();
    await warm;
    await applications.close();
    await migrating;
  },
});
