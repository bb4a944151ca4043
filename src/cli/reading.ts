import type { Application } from '../application.ts';
import { openSensegraph } from '../main.ts';
import { configure, logger } from './options.ts';

/** Opens what a data directory or servers hold, takes no work, and closes after `show`. */
export async function reading(
  args: Parameters<typeof configure>[0],
  show: (application: Application) => Promise<void>,
): Promise<void> {
  const config = configure(args);
  const application = await openSensegraph(config, logger(config, true), { concurrency: 0 });
  try {
    await show(application);
  } finally {
    await application.close();
  }
}
