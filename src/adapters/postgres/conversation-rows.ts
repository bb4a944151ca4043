import type { Conversation, Turn, WholeTurn } from '../../conversation.ts';
import type { GraphChange } from '../../ports/graph-store.ts';
import { columns } from './columns.ts';
import { conversationGraph } from './conversation-graph.ts';
import type { Db } from './db.ts';
import { enqueueChanges } from './outbox.ts';
import { upsertEdge, upsertNode } from './projection.ts';
import type { Tables } from './tables.ts';

export type ConversationRow = Tables['conversation'] & { readonly turns: number };

export function conversationOf(row: ConversationRow): Conversation {
  return { ...headOf(row), turns: row.turns };
}

/** A conversation without its turns. */
export function headOf(row: Tables['conversation']): Omit<Conversation, 'turns'> {
  return {
    id: row.id,
    title: row.title,
    createdAt: row.created_at.toISOString(),
    ...(row.forked_from === null ? {} : { forkedFrom: row.forked_from }),
  };
}

export function turnOf(row: Tables['turn']): Turn {
  const body = row.body as Omit<Turn, 'id' | 'conversationId' | 'number' | 'createdAt'>;
  return {
    ...body,
    id: row.id,
    conversationId: row.conversation_id,
    number: row.number,
    createdAt: row.created_at.toISOString(),
  };
}

/** Keeps what turns are about, as far as it is there. */
export async function keepAbout(tx: Db, turns: readonly Pick<WholeTurn, 'id' | 'about'>[]): Promise<void> {
  const found = await tx.query<{ id: string }>(
    'SELECT id FROM segment WHERE id = ANY($1::text[]) UNION SELECT id FROM entity WHERE id = ANY($1::text[])',
    [[...new Set(turns.flatMap((turn) => turn.about))]],
  );
  const there = new Set(found.map((row) => row.id));
  const pairs = turns.flatMap(({ id, about }) => [...new Set(about)].map((node) => [id, node] as const));
  const kept = pairs.filter(([, node]) => there.has(node));
  await tx.query(
    'INSERT INTO turn_about (turn_id, node_id) SELECT * FROM unnest($1::text[], $2::text[])',
    columns(
      kept,
      ([id]) => id,
      ([, node]) => node,
    ),
  );
}

/** Brings these nodes, with the edges among them and to what they are about, to the graph. `before`: the turn that the last of them follows. */
export async function enqueueConversation(tx: Db, ids: readonly string[], before?: string): Promise<void> {
  const own = new Set(ids);
  const { nodes, edges } = await conversationGraph(tx, before === undefined ? ids : [...ids, before]);
  const isNew = (edge: { readonly from: string; readonly to: string }): boolean =>
    own.has(edge.to) || (own.has(edge.from) && !edge.to.startsWith('Turn:'));
  const changes: GraphChange[] = [
    ...nodes.filter((node) => own.has(node.id)).map(upsertNode),
    ...edges.filter(isNew).map(upsertEdge),
  ];
  await enqueueChanges(tx, [changes]);
}
