import { defineCommand } from 'citty';
import { entityNamed } from './entity-named.ts';
import { dataOptions, wholeNumberWithin } from './options.ts';
import { pathJson, pathText } from './print-answer.ts';
import { reading } from './reading.ts';

export const paths = defineCommand({
  meta: { name: 'paths', description: 'How two things hang together: the best paths between them, hop by hop' },
  args: {
    ...dataOptions,
    from: { type: 'positional', description: 'Name of an entity, or an id of an entity or asset', required: true },
    to: { type: 'positional', description: 'The same of the other', required: true },
    hops: { type: 'string', description: 'Edges of a path at most, 1 to 6', default: '4', valueHint: 'N' },
  },
  async run({ args }) {
    const hops = wholeNumberWithin('--hops', args.hops, 1, 6);
    await reading(args, async (application) => {
      const idOf = async (name: string): Promise<string> =>
        /^(?:Asset|Segment):/.test(name) ? name : (await entityNamed(name, application)).id;
      const found = await application.paths(await idOf(args.from), await idOf(args.to), hops);
      if (args.json) console.log(JSON.stringify(found.map(pathJson)));
      else
        console.log(
          found.length > 0 ? found.map(pathText).join('\n') : `No path of ${hops} edges or fewer joins them.`,
        );
    });
  },
});
