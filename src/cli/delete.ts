import { defineCommand } from 'citty';
import { SensegraphError } from '../errors.ts';
import { openSensegraph } from '../main.ts';
import { configure, dataOptions, logger } from './options.ts';

export const remove = defineCommand({
  meta: {
    name: 'delete',
    description: 'Delete an asset with its segments, vectors, mentions and now-orphaned entities',
  },
  args: { ...dataOptions, asset: { type: 'positional', description: 'Asset id', required: true } },
  async run({ args }) {
    const config = configure(args);
    const application = await openSensegraph(config, logger(config, true));
    try {
      const result = await application.deleteAsset(args.asset);
      if (!result) throw new SensegraphError('NOT_FOUND', `There is no asset ${args.asset}.`);
      const { segments, mentions, entities, relations } = result;
      console.log(
        args.json
          ? JSON.stringify({ asset: args.asset, segments, mentions, entities, relations })
          : `Deleted, with ${segments} segments, ${mentions} mentions, ${relations} relations and ${entities} entities that nothing else names.`,
      );
    } finally {
      await application.close();
    }
  },
});
