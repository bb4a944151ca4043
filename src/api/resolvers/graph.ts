import { bounded, connection, filter, paging, within, words } from '../connections.ts';
import { userErrors } from '../errors.ts';
import { measuredNodes } from '../measured-node.ts';
import type { Resolvers } from '../generated.ts';

export const graphResolvers: Resolvers = {
  Query: {
    entity: (_, { id }, context) => context.entities.load(id),
    entities: async (_, args, { application }) =>
      connection(
        await application.entities({
          ...paging(args),
          ...(args.search ? { search: words('search', args.search) } : {}),
          ...filter('kinds', args.kinds),
        }),
      ),
    neighbourhood: (_, { of, hops, fanout, predicates }, { application }) =>
      application.neighbourhood({
        of: bounded('of', of),
        hops: within('hops', hops ?? 1, 1, 4),
        fanout: within('fanout', fanout ?? 20, 1, 200),
        ...filter('predicates', predicates),
      }),
    similarEntities: (_, { id, first }, { application }) =>
      application.similarEntities(id, within('first', first ?? 10, 1, 100)),
    paths: (_, { from, to, maxHops }, { application }) =>
      application.paths(from, to, within('maxHops', maxHops ?? 4, 1, 6)),
  },
  Mutation: {
    mergeEntities: async (_, { into, from }, { application }) => {
      try {
        return { entity: await application.mergeEntities(into, bounded('from', from)), userErrors: [] };
      } catch (error) {
        return { entity: null, userErrors: userErrors(error, 'from') };
      }
    },
    splitEntity: async (_, { id, mentions }, { application }) => {
      try {
        return { entity: await application.splitEntity(id, bounded('mentions', mentions)), userErrors: [] };
      } catch (error) {
        return { entity: null, userErrors: userErrors(error, 'mentions') };
      }
    },
  },
  Entity: {
    mentions: async ({ id }, args, { application }) => connection(await application.mentionsOfEntity(id, paging(args))),
    merges: ({ id }, _, { application }) => application.mergesOf(id),
  },
  Mention: {
    segment: ({ segmentId }, _, context) => context.segments.load(segmentId),
    entity: ({ entityId }, _, context) => context.entities.load(entityId),
  },
  Subgraph: {
    nodes: measuredNodes,
  },
  GraphNode: {
    rank: ({ measures }) => measures?.().rank ?? null,
    community: ({ measures }) => measures?.().community ?? null,
  },
  GraphEdge: {
    predicate: ({ properties }) => {
      const stated = properties['predicate'];
      return typeof stated === 'string' && stated !== '' ? stated : null;
    },
  },
};
