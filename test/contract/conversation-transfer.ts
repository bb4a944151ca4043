import { describe, expect, it } from 'vitest';
import type { WholeConversation } from '../../src/conversation.ts';
import { checkGraph, commitFacts, made, turn, type TalkStores } from './small-conversations.ts';

async function allOf({ transfer }: TalkStores, limit = 1): Promise<WholeConversation[]> {
  const found: WholeConversation[] = [];
  for (let after = ''; ;) {
    const page = await transfer.conversations(after, limit);
    if (page.length === 0) return found;
    found.push(...page);
    after = page.at(-1)?.id ?? '';
  }
}

function whole(conversation: number, turns: number, about: readonly string[] = []): WholeConversation {
  return {
    ...made(conversation),
    title: 'Question 1?',
    turns: Array.from({ length: turns }, (_, i) => ({
      ...turn(conversation, i + 1, about),
      number: i + 1,
      about,
    })),
  };
}

/** How conversations are read for an export, and taken in. `empty` gives stores without content. */
export function conversationTransferContract(name: string, empty: () => Promise<TalkStores>): void {
  const filled = async (): Promise<TalkStores> => {
    const stores = await empty();
    await commitFacts(stores);
    return stores;
  };

  describe(`whole conversations in ${name}`, () => {
    it('are read by pages, and kept in another ledger with the same graph, to go on there', async () => {
      const source = await filled();
      const { conversations, ledger } = source;
      await conversations.start(made(1));
      await conversations.addTurn(turn(1, 1, ['Entity:0', 'Segment:1:0'], { answerId: 'Answer:1' }));
      await conversations.addTurn(turn(1, 2, ['Entity:1'], { understoodAs: null, assetId: 'Asset:1' }));
      await conversations.start(made(2));
      await conversations.fork('Conversation:1', 'Turn:1-1', made(3));
      // The turn names the first, and the graph has it about the second.
      await ledger.mergeEntities('Entity:2', ['Entity:1']);
      const edges = await checkGraph(source);
      const told = await allOf(source);
      expect(told.map(({ id, turns }) => [id, turns.length])).toEqual([
        ['Conversation:1', 2],
        ['Conversation:2', 0],
        ['Conversation:3', 1],
      ]);
      expect(told[0]?.turns[1]).toEqual({
        ...turn(1, 2, ['Entity:1'], { understoodAs: null, assetId: 'Asset:1' }),
        number: 2,
        about: ['Entity:2'],
      });
      expect(told[2]).toMatchObject({ forkedFrom: 'Turn:1-1', title: 'Question 1?' });
      expect(await allOf(source, 10)).toEqual(told);

      const target = await filled();
      expect(await target.transfer.addConversations(told)).toBe(3);
      expect(await allOf(target)).toEqual(told);
      expect(await checkGraph(target)).toEqual(edges);
      const next = await target.conversations.addTurn(turn(1, 3, ['Entity:0']));
      expect(next.number).toBe(3);
      expect((await checkGraph(target)).filter((id) => id.includes('|NEXT|'))).toEqual([
        'Turn:1-1|NEXT|Turn:1-2',
        'Turn:1-2|NEXT|Turn:1-3',
      ]);
    });

    it('stay as they are where they are there already', async () => {
      const stores = await filled();
      expect(await stores.transfer.addConversations([whole(1, 2)])).toBe(1);
      await stores.conversations.addTurn(turn(1, 3));
      const before = await allOf(stores);
      const { outbox } = await stores.ledger.counts();
      expect(await stores.transfer.addConversations([whole(1, 2), { ...whole(1, 1), title: 'Other' }])).toBe(0);
      expect(await allOf(stores)).toEqual(before);
      expect((await stores.ledger.counts()).outbox).toBe(outbox);
    });

    it('are about what is there alone', async () => {
      const stores = await filled();
      const about = ['Entity:0', 'Entity:none', 'Segment:2:0', 'Segment:none'];
      await stores.transfer.addConversations([whole(1, 1, about)]);
      expect((await allOf(stores))[0]?.turns[0]).toMatchObject({
        cites: ['Segment:2:0', 'Segment:none'],
        about: ['Entity:0', 'Segment:2:0'],
      });
      expect(await checkGraph(stores)).toEqual([
        'Conversation:1|HAS_TURN|Turn:1-1',
        'Turn:1-1|CITES|Segment:2:0',
        'Turn:1-1|SPEAKS_OF|Entity:0',
      ]);
    });

    it('are refused, all of them, where a turn is another conversation’s', async () => {
      const stores = await filled();
      await stores.transfer.addConversations([whole(1, 2)]);
      const stolen = { ...whole(3, 1), turns: whole(1, 1).turns };
      await expect(stores.transfer.addConversations([whole(2, 1), stolen])).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringContaining('Conversation:3'),
      });
      expect((await allOf(stores)).map(({ id }) => id)).toEqual(['Conversation:1']);
      await checkGraph(stores);
    });

    it('hold words that Postgres does not take, changed alike wherever they stand', async () => {
      const stores = await filled();
      const [odd = whole(1, 1)] = [whole(1, 1)].map((one) => ({
        ...one,
        title: 'a\0b',
        turns: one.turns.map((each) => ({ ...each, id: 'Turn:\0', question: 'a\0b\ud800' })),
      }));
      expect(await stores.transfer.addConversations([odd])).toBe(1);
      expect((await stores.conversations.turn('Turn:\ufffd'))?.question).toBe('a\ufffdb\ufffd');
      expect(await checkGraph(stores)).toEqual(['Conversation:1|HAS_TURN|Turn:\ufffd']);
    });
  });
}
