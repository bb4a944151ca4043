import { SensegraphError } from '../../errors.ts';
import { connection, paging } from '../connections.ts';
import { userErrors } from '../errors.ts';
import type { Resolvers } from '../generated.ts';
import { loadNode } from './root.ts';

const NOTHING = { deletedId: null, turns: 0, answers: 0 };

export const conversationResolvers: Resolvers = {
  Query: {
    conversation: (_, { id }, { application }) => application.conversation(id),
    conversations: async (_, args, { application }) => connection(await application.conversations(paging(args))),
  },
  Mutation: {
    startConversation: async (_, __, { application }) => ({
      conversation: await application.startConversation(),
      userErrors: [],
    }),
    forkConversation: async (_, { id, atTurn }, { application }) => {
      try {
        return { conversation: await application.forkConversation(id, atTurn), userErrors: [] };
      } catch (error) {
        return { conversation: null, userErrors: userErrors(error, 'id') };
      }
    },
    deleteConversation: async (_, { id }, { application }) => {
      try {
        const gone = await application.deleteConversation(id);
        if (!gone) throw new SensegraphError('NOT_FOUND', `There is no conversation ${id}.`);
        return { deletedId: id, ...gone, userErrors: [] };
      } catch (error) {
        return { ...NOTHING, userErrors: userErrors(error, 'id') };
      }
    },
  },
  Conversation: {
    turnCount: ({ turns }) => turns,
    turns: async ({ id }, args, { application }) => connection(await application.turns(id, paging(args))),
    forkedFrom: ({ forkedFrom }, _, { application }) => (forkedFrom ? application.turn(forkedFrom) : null),
  },
  Turn: {
    conversation: ({ conversationId }, _, { application }) => application.conversation(conversationId),
    asset: ({ assetId }, _, context) => (assetId ? context.assets.load(assetId) : null),
    answer: ({ answerId }, _, { application }) => (answerId ? application.answer(answerId) : null),
  },
  Reference: {
    node: ({ id }, _, context) => (id ? loadNode(id, context) : null),
  },
  ClarificationCandidate: {
    node: ({ id }, _, context) => loadNode(id, context),
  },
};
