import { connection, filter, paging } from '../connections.ts';
import { userErrors } from '../errors.ts';
import type { Resolvers } from '../generated.ts';
import { SensegraphError } from '../../errors.ts';

const NOTHING = { deletedId: null, segments: 0, mentions: 0, relations: 0, entities: 0 };

export const assetResolvers: Resolvers = {
  Query: {
    ground: (_, { asset, phrase }, { application }) => application.ground(asset, phrase),
    asset: (_, { id }, context) => context.assets.load(id),
    assets: async (_, args, { application }) =>
      connection(await application.assets({ ...paging(args), ...filter('modalities', args.modalities) })),
  },
  Mutation: {
    deleteAsset: async (_, { id }, { application }) => {
      try {
        const result = await application.deleteAsset(id);
        if (!result) throw new SensegraphError('NOT_FOUND', `There is no asset ${id}.`);
        const { segments, mentions, relations, entities } = result;
        return { deletedId: id, segments, mentions, relations, entities, userErrors: [] };
      } catch (error) {
        return { ...NOTHING, userErrors: userErrors(error, 'id') };
      }
    },
  },
  Asset: {
    url: ({ id }) => `/assets/${encodeURIComponent(id)}/bytes`,
    thumbnailUrl: ({ id, modality }) => (modality === 'IMAGE' ? `/assets/${encodeURIComponent(id)}/thumbnail` : null),
    segments: async ({ id }, args, { application }) => connection(await application.segmentsOf(id, paging(args))),
  },
  Segment: {
    asset: ({ assetId }, _, context) => context.assets.load(assetId),
    readings: ({ id }, _, context) => context.readings.load(id),
    mentions: ({ id }, _, context) => context.mentions.load(id),
  },
  Locator: { __resolveType: ({ type }) => type },
};
