import { expect } from 'vitest';
import type { TenantStores } from '../../src/adapters/postgres/all-stores.ts';
import { ledgerGraph } from '../../src/adapters/postgres/ledger-graph.ts';
import { MemoryGraphStore } from '../../src/adapters/memory/graph-store.ts';
import type { Turn } from '../../src/conversation.ts';
import { SMALL_SPACE } from './ledger.ts';
import { fact, smallRecord } from './small-records.ts';

export type TalkStores = Pick<
  TenantStores,
  'db' | 'ledger' | 'graph' | 'projector' | 'audit' | 'vectors' | 'conversations' | 'transfer'
>;

export const made = (n: number) => ({
  id: `Conversation:${n}`,
  createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString(),
});

export function turn(
  conversation: number,
  n: number,
  about: readonly string[] = [],
  more: Partial<Turn> = {},
): Omit<Turn, 'number'> {
  return {
    id: `Turn:${conversation}-${n}`,
    conversationId: `Conversation:${conversation}`,
    question: `Question ${n}?`,
    understoodAs: `Question ${n}?`,
    references: [],
    referents: about
      .filter((id) => id.startsWith('Entity:'))
      .map((id) => ({ id, name: id, kind: 'NAME', role: 'QUESTION' })),
    cites: about.filter((id) => id.startsWith('Segment:')),
    createdAt: made(n).createdAt,
    ...more,
  };
}

/** Two assets: entity 0 with 1, and 1 with 2. */
export async function commitFacts({ vectors, ledger }: Pick<TalkStores, 'vectors' | 'ledger'>): Promise<void> {
  await vectors.ensureSpace(SMALL_SPACE);
  await ledger.commit([
    smallRecord({ number: 1, facts: [fact(0, 1)] }),
    smallRecord({ number: 2, facts: [fact(1, 2)] }),
  ]);
}

/** The graph is what the ledger means, by page, by batch and by outbox. Gives the ids of the edges that leave conversations and turns. */
export async function checkGraph({ db, graph, projector, audit }: TalkStores): Promise<string[]> {
  await projector.project();
  expect(await projector.state()).toMatchObject({ pending: 0, parked: 0 });
  expect((await audit.compare()).differences).toMatchObject({ missing: 0, extra: 0, different: 0 });
  const rebuilt = new MemoryGraphStore();
  for await (const changes of ledgerGraph(db)) await rebuilt.apply(changes);
  const own = async (of: { scan: typeof graph.scan }) =>
    (await of.scan('', 500)).edges
      .filter(({ from }) => /^(?:Turn|Conversation):/.test(from))
      .map(({ id }) => id)
      .toSorted();
  expect(await own(rebuilt)).toEqual(await own(graph));
  return own(graph);
}
