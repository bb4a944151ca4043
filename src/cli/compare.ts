import { defineCommand } from 'citty';
import { SensegraphError } from '../errors.ts';
import { entityNamed } from './entity-named.ts';
import { dataOptions } from './options.ts';
import { comparisonJson, comparisonText } from './print-exploration.ts';
import { reading } from './reading.ts';

export const compare = defineCommand({
  meta: { name: 'compare', description: 'What two to five entities share and where they differ: compare NAME NAME …' },
  args: {
    ...dataOptions,
    name: {
      type: 'positional',
      description: 'Names of the entities, or their ids',
      required: true,
      valueHint: 'NAME NAME …',
    },
  },
  async run({ args }) {
    if (args._.length < 2)
      throw new SensegraphError('BAD_INPUT', 'Name two to five entities, each as one word or in quotation marks.');
    await reading(args, async (application) => {
      const ids: string[] = [];
      for (const name of args._) ids.push((await entityNamed(name, application)).id);
      const found = await application.compare(ids);
      console.log(args.json ? JSON.stringify(comparisonJson(found)) : comparisonText(found));
    });
  },
});
