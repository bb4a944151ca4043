import { describe, expect, it } from 'vitest';
import type { AllStores } from '../../src/adapters/postgres/all-stores.ts';
import type { Answer } from '../../src/domain.ts';
import { MOST_TURNS } from '../../src/ports/conversations.ts';
import { checkGraph, commitFacts, made, turn, type TalkStores } from './small-conversations.ts';
import { fact, smallRecord } from './small-records.ts';

function answer(n: number): Answer {
  const nothing = { text: null, shortAnswer: null, confidence: 0, abstained: true, steps: [], paths: [] };
  return { id: `Answer:${n}`, question: 'Question?', createdAt: made(n).createdAt, ...nothing };
}

/** How conversations are kept. `empty` gives stores without content. */
export function conversationsContract(name: string, empty: () => Promise<TalkStores>): void {
  const filled = async (): Promise<TalkStores> => {
    const stores = await empty();
    await commitFacts(stores);
    await stores.conversations.start(made(1));
    return stores;
  };

  describe(`conversations in ${name}`, () => {
    it('keep their turns in order, with the first question as title', async () => {
      const stores = await filled();
      const { conversations } = stores;
      const about = ['Entity:0', 'Segment:1:0', 'Entity:none', 'Segment:none'];
      const first = await conversations.addTurn(turn(1, 1, about));
      expect(first).toEqual({ ...turn(1, 1, about), number: 1 });
      await conversations.addTurn(turn(1, 2, ['Entity:1']));
      expect(await conversations.conversation('Conversation:1')).toEqual({
        ...made(1),
        title: 'Question 1?',
        turns: 2,
      });
      expect(await conversations.turn('Turn:1-1')).toEqual(first);
      expect((await conversations.latest('Conversation:1', 1)).map(({ id }) => id)).toEqual(['Turn:1-2']);
      const page = await conversations.turns('Conversation:1', { first: 1 });
      expect(page.items.map(({ number }) => number)).toEqual([1]);
      const next = await conversations.turns('Conversation:1', { first: 1, after: page.next ?? '' });
      expect([next.items.map(({ number }) => number), next.next]).toEqual([[2], null]);
      expect(await checkGraph(stores)).toEqual([
        'Conversation:1|HAS_TURN|Turn:1-1',
        'Conversation:1|HAS_TURN|Turn:1-2',
        'Turn:1-1|CITES|Segment:1:0',
        'Turn:1-1|NEXT|Turn:1-2',
        'Turn:1-1|SPEAKS_OF|Entity:0',
        'Turn:1-2|SPEAKS_OF|Entity:1',
      ]);
    });

    it('number turns that come at once one after the other', async () => {
      const stores = await filled();
      await Promise.all([1, 2, 3, 4].map((n) => stores.conversations.addTurn(turn(1, n))));
      const { items } = await stores.conversations.turns('Conversation:1', { first: 10 });
      expect(items.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
      expect((await checkGraph(stores)).filter((id) => id.includes('|NEXT|'))).toHaveLength(3);
    });

    it('are listed newest first, by pages', async () => {
      const { conversations } = await filled();
      await conversations.start(made(3));
      await conversations.start(made(2));
      const page = await conversations.list({ first: 2 });
      expect(page.items.map(({ id }) => id)).toEqual(['Conversation:3', 'Conversation:2']);
      const rest = await conversations.list({ first: 2, after: page.next ?? '' });
      expect([rest.items.map(({ id }) => id), rest.next]).toEqual([['Conversation:1'], null]);
      await expect(conversations.list({ first: 1, after: 'forged' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    });

    it('are forked up to a turn, and deleted with what only they have', async () => {
      const stores = await filled();
      const { conversations, ledger } = stores;
      for (const n of [1, 2, 3]) {
        await ledger.saveAnswer(answer(n));
        await conversations.addTurn(turn(1, n, [`Entity:${n - 1}`], { answerId: `Answer:${n}` }));
      }
      const fork = await conversations.fork('Conversation:1', 'Turn:1-2', made(9));
      expect(fork).toEqual({ ...made(9), title: 'Question 1?', turns: 2, forkedFrom: 'Turn:1-2' });
      const { items } = await conversations.turns('Conversation:9', { first: 10 });
      expect(items.map(({ number, answerId }) => [number, answerId])).toEqual([
        [1, 'Answer:1'],
        [2, 'Answer:2'],
      ]);
      expect(new Set(items.map(({ id }) => id)).has('Turn:1-1')).toBe(false);
      expect((await checkGraph(stores)).filter((id) => id.includes('SPEAKS_OF'))).toHaveLength(5);
      expect(await conversations.remove('Conversation:1')).toEqual({ turns: 3, answers: 1 });
      expect(await conversations.remove('Conversation:1')).toBeNull();
      expect(await ledger.answer('Answer:3')).toBeNull();
      expect(await ledger.answer('Answer:2')).not.toBeNull();
      await checkGraph(stores);
      expect(await conversations.remove('Conversation:9')).toEqual({ turns: 2, answers: 2 });
      expect(await checkGraph(stores)).toEqual([]);
      expect(await stores.db.query('SELECT 1 FROM turn UNION ALL SELECT 1 FROM turn_about')).toEqual([]);
    });

    it('keep what a turn said of an asset that is deleted, and lose only the edges', async () => {
      const stores = await filled();
      const { conversations, ledger } = stores;
      const kept = await conversations.addTurn(turn(1, 1, ['Entity:0', 'Entity:1', 'Segment:1:0', 'Segment:2:0']));
      await ledger.deleteAsset('Asset:1');
      expect(await conversations.turn('Turn:1-1')).toEqual(kept);
      expect(await checkGraph(stores)).toEqual([
        'Conversation:1|HAS_TURN|Turn:1-1',
        'Turn:1-1|CITES|Segment:2:0',
        'Turn:1-1|SPEAKS_OF|Entity:1',
      ]);
      // The same bytes again are the same asset, but nobody speaks of it anew.
      await ledger.commit([smallRecord({ number: 1, facts: [fact(0, 1)] })]);
      expect(await checkGraph(stores)).toHaveLength(3);
    });

    it('follow entities that are joined', async () => {
      const stores = await filled();
      await stores.conversations.addTurn(turn(1, 1, ['Entity:1', 'Entity:2']));
      await stores.ledger.mergeEntities('Entity:2', ['Entity:1']);
      expect((await checkGraph(stores)).filter((id) => id.includes('SPEAKS_OF'))).toEqual([
        'Turn:1-1|SPEAKS_OF|Entity:2',
      ]);
    });

    it('refuse turns of no conversation, and more than they hold', async () => {
      const { conversations, db } = await filled();
      await expect(conversations.addTurn(turn(7, 1))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(conversations.fork('Conversation:1', 'Turn:none', made(8))).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await db.query(
        `INSERT INTO turn (id, conversation_id, number, created_at, body)
         SELECT 'Turn:many' || n, 'Conversation:1', n, now(), '{"question": "?"}' FROM generate_series(1, ${MOST_TURNS}) n`,
      );
      await expect(conversations.addTurn(turn(1, 1))).rejects.toMatchObject({ code: 'BAD_INPUT' });
    });
  });
}

/** That no tenant meets the conversations of another. */
export function conversationTenantsContract(name: string, open: () => Promise<AllStores>): void {
  it(`conversations in ${name} are their tenant’s alone`, async () => {
    const stores = await open();
    try {
      for (const tenant of ['mine', 'theirs']) await stores.tenants.add(tenant);
      const [mine, theirs] = [await stores.forTenant('mine'), await stores.forTenant('theirs')];
      await mine.conversations.start(made(1));
      await mine.conversations.addTurn(turn(1, 1));
      expect(await theirs.conversations.conversation('Conversation:1')).toBeNull();
      expect(await theirs.conversations.turn('Turn:1-1')).toBeNull();
      expect((await theirs.conversations.list({ first: 5 })).items).toEqual([]);
      expect((await theirs.conversations.turns('Conversation:1', { first: 5 })).items).toEqual([]);
      await expect(theirs.conversations.addTurn(turn(1, 2))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(theirs.conversations.fork('Conversation:1', 'Turn:1-1', made(2))).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      expect(await theirs.conversations.remove('Conversation:1')).toBeNull();
      // The same ids are other rows.
      await theirs.conversations.start(made(1));
      await theirs.conversations.addTurn(turn(1, 1));
      expect(await theirs.conversations.remove('Conversation:1')).toEqual({ turns: 1, answers: 0 });
      expect((await mine.conversations.turn('Turn:1-1'))?.question).toBe('Question 1?');
      await stores.tenants.remove('mine');
      expect(await stores.tenants.traces('mine')).toEqual([]);
    } finally {
      await stores.tenants.remove('theirs').catch(() => {});
      await stores.close();
    }
  });
}
