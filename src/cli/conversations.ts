import { defineCommand } from 'citty';
import type { Application } from '../application.ts';
import type { Turn } from '../conversation.ts';
import { SensegraphError } from '../errors.ts';
import { dataOptions } from './options.ts';
import { reading } from './reading.ts';

/** Conversations printed, and turns of one page. */
const MOST = 100;
const conversation = { type: 'positional', description: 'Conversation id', required: true } as const;

const list = defineCommand({
  meta: { name: 'list', description: 'Conversations, the newest first' },
  args: dataOptions,
  async run({ args }) {
    await reading(args, async (application) => {
      const { items } = await application.conversations({ first: MOST });
      if (args.json) return console.log(JSON.stringify(items));
      for (const { id, title, turns, createdAt } of items)
        console.log(`${id}  ${createdAt.slice(0, 16).replace('T', ' ')}  ${turns} turns  ${title}`);
      if (items.length === 0) console.log('There is none yet: ask with --new-conversation.');
    });
  },
});

const show = defineCommand({
  meta: {
    name: 'show',
    description: 'The turns of a conversation: what was asked, what it was understood as, what was answered',
  },
  args: { ...dataOptions, conversation },
  async run({ args }) {
    await reading(args, async (application) => {
      const { id: conversationId } = await known(args.conversation, application);
      const told = [];
      let after: string | null | undefined;
      do {
        const page = await application.turns(conversationId, { first: MOST, ...(after ? { after } : {}) });
        for (const turn of page.items) told.push({ ...turn, answer: await answerOf(turn, application) });
        after = page.next;
      } while (after);
      if (args.json) return console.log(JSON.stringify(told));
      for (const { number, id, question, understoodAs, clarification, answer } of told) {
        const meant = understoodAs !== null && understoodAs !== question ? `  (understood as: ${understoodAs})` : '';
        console.log(`${number}. ${question}${meant}`);
        console.log(`   ${clarification ? clarification.text : (answer ?? 'No answer.')}`);
        console.log(`   ${id}`);
      }
    });
  },
});

const fork = defineCommand({
  meta: { name: 'fork', description: 'A copy of a conversation up to one of its turns, to go on otherwise' },
  args: { ...dataOptions, conversation, turn: { type: 'positional', description: 'Turn id', required: true } },
  async run({ args }) {
    await reading(args, async (application) => {
      const made = await application.forkConversation(args.conversation, args.turn);
      console.log(
        args.json
          ? JSON.stringify(made)
          : `${made.id} has the first ${made.turns} turns: go on with ask --conversation.`,
      );
    });
  },
});

const remove = defineCommand({
  meta: { name: 'delete', description: 'Delete a conversation with its turns, and the answers that no fork has' },
  args: { ...dataOptions, conversation },
  async run({ args }) {
    await reading(args, async (application) => {
      const gone = await application.deleteConversation(args.conversation);
      if (!gone) throw new SensegraphError('NOT_FOUND', `There is no conversation ${args.conversation}.`);
      console.log(
        args.json
          ? JSON.stringify({ conversation: args.conversation, ...gone })
          : `Deleted, with ${gone.turns} turns and ${gone.answers} answers.`,
      );
    });
  },
});

export const conversations = defineCommand({
  meta: { name: 'conversations', description: 'List, read, fork and delete conversations' },
  subCommands: { list, show, fork, delete: remove },
});

async function known(id: string, application: Application): Promise<{ id: string }> {
  const found = await application.conversation(id);
  if (!found) throw new SensegraphError('NOT_FOUND', `There is no conversation ${id}. See conversations list.`);
  return found;
}

async function answerOf({ answerId }: Turn, application: Application): Promise<string | null> {
  const answer = answerId === undefined ? null : await application.answer(answerId);
  return answer?.shortAnswer ?? null;
}
