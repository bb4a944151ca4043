import { DateTimeResolver, JSONObjectResolver, SafeIntResolver } from 'graphql-scalars';
import { GraphQLScalarType } from 'graphql';
import type { Context } from '../context.ts';
import { bounded, within } from '../connections.ts';
import type { Resolvers } from '../generated.ts';

/** Any node by the type that its id begins with. */
export async function loadNode(id: string, context: Context) {
  const { application } = context;
  switch (id.slice(0, id.indexOf(':'))) {
    case 'Asset':
      return context.assets.load(id);
    case 'Segment':
      return context.segments.load(id);
    case 'Entity':
      return context.entities.load(id);
    case 'Answer':
      return application.answer(id);
    case 'Conversation':
      return application.conversation(id);
    case 'Turn':
      return application.turn(id);
    case 'Job':
      return application.job(id);
    default:
      return null;
  }
}

export const rootResolvers: Resolvers = {
  // Serialises what the ledger gives as ISO 8601 strings.
  DateTime: DateTimeResolver,
  JSONObject: JSONObjectResolver,
  ByteCount: new GraphQLScalarType({ ...SafeIntResolver.toConfig(), name: 'ByteCount' }),
  Node: {
    __resolveType: ({ id }) => NODE_TYPES.find((name) => id.startsWith(`${name}:`)) ?? 'Asset',
  },
  ProjectionState: {
    parkedChanges: (_, { first }, { application }) => application.parkedChanges(within('first', first ?? 20, 1, 100)),
  },
  Query: {
    node: (_, { id }, context) => loadNode(id, context),
    nodes: (_, { ids }, context) => Promise.all(bounded('ids', ids).map((id) => loadNode(id, context))),
    health: async (_, __, { application }) => {
      const { models, ...rest } = await application.health();
      return { ...rest, models: models.map((model) => ({ ...model, loaded: model.device !== NOT_LOADED })) };
    },
  },
};

/** As ModelInfo.device says it. */
const NOT_LOADED = 'not loaded';

const NODE_TYPES = ['Asset', 'Segment', 'Entity', 'Answer', 'Conversation', 'Turn', 'Job'] as const;
