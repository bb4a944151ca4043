import type { EdgeType } from '../../../graph/ontology.ts';
import type { GraphEdge, GraphNode, Subgraph } from '../../ports/graph-store.ts';
import type { Db } from './db.ts';
import { captionOf } from './projection.ts';
import type { Tables } from './tables.ts';

/** The conversations and turns of these ids as nodes, and all edges that leave them. */
export async function conversationGraph(db: Db, ids: readonly string[]): Promise<Subgraph> {
  const own = ids.filter((id) => id.startsWith('Conversation:') || id.startsWith('Turn:'));
  if (own.length === 0) return { nodes: [], edges: [] };
  const conversations = await db.query<Tables['conversation']>(
    'SELECT * FROM conversation WHERE id = ANY($1::text[])',
    [own],
  );
  const turns = await db.query<Tables['turn'] & { next: string | null }>(
    `SELECT turn.*, (SELECT id FROM turn after WHERE after.conversation_id = turn.conversation_id
       AND after.number = turn.number + 1) AS next FROM turn WHERE id = ANY($1::text[])`,
    [own],
  );
  const held = await db.query<Pick<Tables['turn'], 'id' | 'conversation_id' | 'number'>>(
    'SELECT id, conversation_id, number FROM turn WHERE conversation_id = ANY($1::text[])',
    [own],
  );
  const about = await db.query<Tables['turn_about']>('SELECT * FROM turn_about WHERE turn_id = ANY($1::text[])', [own]);
  return {
    nodes: [...conversations.map(conversationNode), ...turns.map(turnNode)],
    edges: [
      // The last turns first, should a bounded expansion not take all.
      ...held.map((row) => edge(row.conversation_id, 'HAS_TURN', row.id, row.number / (row.number + 1))),
      ...turns.flatMap((row) => (row.next === null ? [] : [edge(row.id, 'NEXT', row.next, 1)])),
      ...about.map((row) => aboutEdge(row.turn_id, row.node_id)),
    ],
  };
}

/** From a turn to an entity or a segment. */
export function aboutEdge(turnId: string, nodeId: string): GraphEdge {
  return edge(turnId, nodeId.startsWith('Segment:') ? 'CITES' : 'SPEAKS_OF', nodeId, 1);
}

function conversationNode(row: Tables['conversation']): GraphNode {
  return {
    id: row.id,
    label: 'Conversation',
    caption: captionOf(row.title),
    properties: { createdAt: row.created_at.toISOString() },
  };
}

function turnNode(row: Tables['turn']): GraphNode {
  return {
    id: row.id,
    label: 'Turn',
    caption: captionOf((row.body as { readonly question: string }).question),
    properties: {
      conversationId: row.conversation_id,
      number: row.number,
      createdAt: row.created_at.toISOString(),
      ...(row.answer_id === null ? {} : { answerId: row.answer_id }),
    },
  };
}

function edge(from: string, type: EdgeType, to: string, weight: number): GraphEdge {
  return { id: `${from}|${type}|${to}`, type, from, to, weight, properties: {} };
}
