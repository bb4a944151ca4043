import type { WholeConversation, WholeTurn } from '../../conversation.ts';
import { SensegraphError } from '../../errors.ts';
import { columns, json } from './columns.ts';
import { enqueueConversation, headOf, keepAbout, turnOf } from './conversation-rows.ts';
import type { Db } from './db.ts';
import type { Tables } from './tables.ts';

/** These conversations with their turns. Call it within one moment of the ledger. */
export async function readWhole(tx: Db, rows: readonly Tables['conversation'][]): Promise<WholeConversation[]> {
  const turns = await tx.query<Tables['turn']>(
    'SELECT * FROM turn WHERE conversation_id = ANY($1::text[]) ORDER BY conversation_id, number',
    [rows.map(({ id }) => id)],
  );
  const about = await tx.query<Tables['turn_about']>(
    'SELECT * FROM turn_about WHERE turn_id = ANY($1::text[]) ORDER BY turn_id, node_id',
    [turns.map(({ id }) => id)],
  );
  const turnsOf = Map.groupBy(turns, (row) => row.conversation_id);
  const aboutOf = Map.groupBy(about, (row) => row.turn_id);
  return rows.map((row) => ({
    ...headOf(row),
    turns: (turnsOf.get(row.id) ?? []).map((turn): WholeTurn => {
      const nodes = aboutOf.get(turn.id) ?? [];
      return { ...turnOf(turn), about: nodes.map((one) => one.node_id) };
    }),
  }));
}

/** False when it is there, and stays as it is. BAD_INPUT when a turn of it is another conversation's here. */
export async function insertWhole(tx: Db, whole: WholeConversation): Promise<boolean> {
  // As Postgres takes it, ids included: they must still fit each other.
  const { id, title, createdAt, forkedFrom, turns } = JSON.parse(json(whole)) as WholeConversation;
  const fresh = await tx.query(
    `INSERT INTO conversation (id, title, created_at, forked_from) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant, id) DO NOTHING RETURNING id`,
    [id, title, createdAt, forkedFrom ?? null],
  );
  if (fresh.length === 0) return false;
  const kept = await tx.query(
    `INSERT INTO turn (id, conversation_id, number, answer_id, created_at, body)
     SELECT id, $1, number, answer_id, created_at, body
     FROM unnest($2::text[], $3::int[], $4::text[], $5::timestamptz[], $6::jsonb[])
       AS new (id, number, answer_id, created_at, body)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      id,
      ...columns(
        turns,
        (turn) => turn.id,
        (turn) => turn.number,
        (turn) => turn.answerId ?? null,
        (turn) => turn.createdAt,
        (turn) => json(bodyOf(turn)),
      ),
    ],
  );
  if (kept.length < turns.length)
    throw new SensegraphError(
      'BAD_INPUT',
      `A turn of ${id} is here already, as another conversation's. Export again: no two conversations share a turn.`,
    );
  await keepAbout(tx, turns);
  await enqueueConversation(tx, [id, ...turns.map((turn) => turn.id)]);
  return true;
}

/** What has no column of its own. */
function bodyOf(turn: WholeTurn): object {
  const { id: _id, conversationId: _of, number: _number, createdAt: _at, about: _about, ...body } = turn;
  return body;
}
