import { defineCommand } from 'citty';
import { entityNamed } from './entity-named.ts';
import { dataOptions } from './options.ts';
import { explanationJson, explanationText } from './print-exploration.ts';
import { reading } from './reading.ts';

export const explain = defineCommand({
  meta: {
    name: 'explain',
    description: 'What an entity is: its best sentences, where it is seen and heard, its relations',
  },
  args: {
    ...dataOptions,
    name: { type: 'positional', description: 'Name of the entity, or its id', required: true },
  },
  async run({ args }) {
    await reading(args, async (application) => {
      const entity = await entityNamed(args.name, application);
      const found = await application.explain(entity.id, 10);
      console.log(args.json ? JSON.stringify(explanationJson(found)) : explanationText(found));
    });
  },
});
