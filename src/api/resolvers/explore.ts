import { statementOf } from '../../retrieve/stated.ts';
import { connection, paging, within } from '../connections.ts';
import type { Resolvers } from '../generated.ts';

/** Communities of one page: each is read and summed up for itself. */
const MOST_COMMUNITIES = 50;

export const exploreResolvers: Resolvers = {
  Query: {
    explain: (_, { entity, relations }, { application }) =>
      application.explain(entity, within('relations', relations ?? 10, 1, 50)),
    compare: (_, { entities }, { application }) => application.compare(entities),
    timeline: async (_, { entity, ...args }, { application }) =>
      connection(await application.timeline(entity, paging(args))),
    communities: async (_, { around, first, after }, { application }) =>
      connection(
        await application.communities(around ?? undefined, {
          first: within('first', first ?? 5, 1, MOST_COMMUNITIES),
          ...(after ? { after } : {}),
        }),
      ),
    community: (_, { id }, { application }) => application.community(id),
    nextQuestions: (_, { of, first }, { application }) =>
      application.nextQuestions(of, within('first', first ?? 5, 1, 10)),
  },
  StatedRelation: {
    id: ({ relation }) => relation.id,
    subject: ({ relation }, _, context) => context.entities.load(relation.subjectId),
    predicate: ({ relation }) => relation.predicate,
    object: ({ relation }, _, context) => context.entities.load(relation.objectId),
    text: statementOf,
    confidence: ({ relation }) => relation.confidence,
  },
};
