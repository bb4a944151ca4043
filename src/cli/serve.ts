import { defineCommand } from 'citty';
import { openSensegraph } from '../main.ts';
import { startServer } from '../api/server.ts';
import { configure, dataOptions, interruption, logger } from './options.ts';

export const serve = defineCommand({
  meta: { name: 'serve', description: 'Serve GraphQL over a data directory, new or existing' },
  args: {
    data: dataOptions.data,
    json: { type: 'boolean', description: 'Print {url} as JSON once it serves' },
    port: { type: 'string', description: 'Port (default: PORT or 4600; 0 = any free one)', valueHint: 'N' },
    host: { type: 'string', description: 'Address to listen on (default: HOST or 127.0.0.1)', valueHint: 'ADDRESS' },
  },
  async run({ args }) {
    const config = configure(args);
    const log = logger(config, false);
    const signal = interruption();
    const application = await openSensegraph(config, log);
    const server = await startServer({ application, config, log }).catch(async (error: unknown) => {
      await application.close();
      throw error;
    });
    console.log(args.json ? JSON.stringify({ url: server.url }) : `GraphQL at ${server.url}  (Ctrl-C ends)`);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    log.info('closing');
    await server.close();
    await application.close();
  },
});
