import { defineCommand } from 'citty';
import { entityNamed } from './entity-named.ts';
import { dataOptions, wholeNumberWithin } from './options.ts';
import { communityJson, communityText } from './print-exploration.ts';
import { reading } from './reading.ts';

export const communities = defineCommand({
  meta: {
    name: 'communities',
    description: 'What belongs together, each with its main entities and what is said of them, the largest first',
  },
  args: {
    ...dataOptions,
    around: { type: 'positional', description: 'Name or id of an entity; else the newest assets', required: false },
    first: { type: 'string', description: 'How many', default: '5', valueHint: 'N' },
  },
  async run({ args }) {
    const first = wholeNumberWithin('--first', args.first, 1, 50);
    await reading(args, async (application) => {
      const around = args.around === undefined ? undefined : (await entityNamed(args.around, application)).id;
      const { items } = await application.communities(around, { first });
      if (args.json) console.log(JSON.stringify(items.map(communityJson)));
      else
        console.log(items.length > 0 ? items.map(communityText).join('\n\n') : 'Nothing at hand belongs together yet.');
    });
  },
});
