import { defineCommand } from 'citty';
import { openSensegraph } from '../main.ts';
import { entityNamed } from './entity-named.ts';
import { configure, dataOptions, logger } from './options.ts';
import { timelineJson, timelineText } from './print-exploration.ts';

/** Entries printed. */
const MOST = 100;

export const timeline = defineCommand({
  meta: { name: 'timeline', description: 'Dated sentences and moments of an entity, in order' },
  args: {
    ...dataOptions,
    name: { type: 'positional', description: 'Name of the entity, or its id', required: true },
  },
  async run({ args }) {
    const config = configure(args);
    const application = await openSensegraph(config, logger(config, true), { concurrency: 0 });
    try {
      const entity = await entityNamed(args.name, application);
      const { items } = await application.timeline(entity.id, { first: MOST });
      console.log(args.json ? JSON.stringify(timelineJson(entity, items)) : timelineText(entity, items));
    } finally {
      await application.close();
    }
  },
});
