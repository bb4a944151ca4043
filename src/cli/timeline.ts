import { defineCommand } from 'citty';
import { entityNamed } from './entity-named.ts';
import { dataOptions } from './options.ts';
import { timelineJson, timelineText } from './print-exploration.ts';
import { reading } from './reading.ts';

/** Entries printed. */
const MOST = 100;

export const timeline = defineCommand({
  meta: { name: 'timeline', description: 'Dated sentences and moments of an entity, in order' },
  args: {
    ...dataOptions,
    name: { type: 'positional', description: 'Name of the entity, or its id', required: true },
  },
  async run({ args }) {
    await reading(args, async (application) => {
      const entity = await entityNamed(args.name, application);
      const { items } = await application.timeline(entity.id, { first: MOST });
      console.log(args.json ? JSON.stringify(timelineJson(entity, items)) : timelineText(entity, items));
    });
  },
});
