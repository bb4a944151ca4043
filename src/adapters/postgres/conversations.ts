import type { Conversation, Turn } from '../../conversation.ts';
import type { Page } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import { LONGEST_TITLE, MOST_TURNS, type Conversations } from '../../ports/conversations.ts';
import { json, storable } from './columns.ts';
import { conversationOf, enqueueConversation, keepAbout, turnOf, type ConversationRow } from './conversation-rows.ts';
import { badCursor, decodeCursor, pageOf } from './cursor.ts';
import type { Db } from './db.ts';
import { lockLedger } from './ledger-lock.ts';
import { enqueueChanges } from './outbox.ts';
import type { Tables } from './tables.ts';

type Made = Parameters<Conversations['start']>[0];

const SELECT = `SELECT conversation.*,
  (SELECT count(*)::int FROM turn WHERE conversation_id = conversation.id) AS turns FROM conversation`;

/** Conversations in Postgres, beside the ledger's other tables. */
export class PostgresConversations implements Conversations {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  start({ id, createdAt }: Made): Promise<Conversation> {
    return this.#write(async (tx) => {
      await tx.query(`INSERT INTO conversation (id, title, created_at) VALUES ($1, '', $2)`, [id, createdAt]);
      await enqueueConversation(tx, [id]);
      return read(tx, id);
    });
  }

  conversation(id: string): Promise<Conversation | null> {
    return find(this.#db, id);
  }

  async list(options: { first: number; after?: string }): Promise<Page<Conversation>> {
    const [createdAt, id] =
      options.after === undefined ? [null, null] : decodeCursor<[string, string]>(options.after, ['string', 'string']);
    if (createdAt !== null && Number.isNaN(Date.parse(createdAt))) throw badCursor();
    const rows = await this.#db.query<ConversationRow>(
      `${SELECT} WHERE $1::timestamptz IS NULL OR (created_at, id) < ($1::timestamptz, $2::text COLLATE "C")
       ORDER BY created_at DESC, id DESC LIMIT $3::int`,
      [createdAt, id, options.first + 1],
    );
    return pageOf(rows, options.first, conversationOf, (row) => [row.created_at.toISOString(), row.id]);
  }

  async turn(id: string): Promise<Turn | null> {
    const [row] = await this.#db.query<Tables['turn']>('SELECT * FROM turn WHERE id = $1', [id]);
    return row ? turnOf(row) : null;
  }

  async turns(conversationId: string, options: { first: number; after?: string }): Promise<Page<Turn>> {
    const after = options.after === undefined ? 0 : decodeCursor<[number]>(options.after, ['number'])[0];
    const rows = await this.#db.query<Tables['turn']>(
      'SELECT * FROM turn WHERE conversation_id = $1 AND number > $2::float8 ORDER BY number LIMIT $3::int',
      [conversationId, after, options.first + 1],
    );
    return pageOf(rows, options.first, turnOf, (row) => [row.number]);
  }

  async latest(conversationId: string, limit: number): Promise<Turn[]> {
    const rows = await this.#db.query<Tables['turn']>(
      'SELECT * FROM turn WHERE conversation_id = $1 ORDER BY number DESC LIMIT $2::int',
      [conversationId, limit],
    );
    return rows.map(turnOf).toReversed();
  }

  addTurn(turn: Omit<Turn, 'number'>): Promise<Turn> {
    return this.#write(async (tx) => {
      const { id, conversationId, createdAt, ...body } = turn;
      const conversation = await lock(tx, conversationId);
      if (conversation.turns >= MOST_TURNS)
        throw new SensegraphError(
          'BAD_INPUT',
          `${conversationId} has ${MOST_TURNS} turns, the most that are kept of one: fork it at an earlier turn, or start another.`,
        );
      const number = conversation.turns + 1;
      await tx.query(
        `INSERT INTO turn (id, conversation_id, number, answer_id, created_at, body) VALUES ($1, $2, $3, $4, $5, $6::jsonb)`,
        [id, conversationId, number, turn.answerId ?? null, createdAt, json(body)],
      );
      if (conversation.title === '')
        await tx.query('UPDATE conversation SET title = $2 WHERE id = $1', [
          conversationId,
          storable(turn.question.slice(0, LONGEST_TITLE)),
        ]);
      await keepAbout(tx, [{ id, about: [...turn.cites, ...turn.referents.flatMap((one) => one.id ?? [])] }]);
      const [before] = await tx.query<{ id: string }>(
        'SELECT id FROM turn WHERE conversation_id = $1 AND number = $2',
        [conversationId, number - 1],
      );
      await enqueueConversation(tx, [conversationId, id], before?.id);
      return { ...turn, number };
    });
  }

  fork(id: string, atTurn: string, made: Made): Promise<Conversation> {
    return this.#write(async (tx) => {
      const { title } = await lock(tx, id);
      const [at] = await tx.query<{ number: number }>(
        'SELECT number FROM turn WHERE id = $1 AND conversation_id = $2',
        [atTurn, id],
      );
      if (!at) throw new SensegraphError('NOT_FOUND', `${atTurn} is no turn of ${id}. Read its turns for their ids.`);
      await tx.query('INSERT INTO conversation (id, title, created_at, forked_from) VALUES ($1, $2, $3, $4)', [
        made.id,
        title,
        made.createdAt,
        atTurn,
      ]);
      const copies = await tx.query<{ id: string }>(
        `INSERT INTO turn (id, conversation_id, number, answer_id, created_at, body)
         SELECT 'Turn:' || gen_random_uuid(), $2, number, answer_id, created_at, body FROM turn
         WHERE conversation_id = $1 AND number <= $3 RETURNING id`,
        [id, made.id, at.number],
      );
      await tx.query(
        `INSERT INTO turn_about (turn_id, node_id) SELECT copy.id, node_id
         FROM turn copy JOIN turn old ON old.number = copy.number JOIN turn_about ON turn_id = old.id
         WHERE copy.conversation_id = $2 AND old.conversation_id = $1`,
        [id, made.id],
      );
      await enqueueConversation(tx, [made.id, ...copies.map((row) => row.id)]);
      return read(tx, made.id);
    });
  }

  remove(id: string): Promise<{ turns: number; answers: number } | null> {
    return this.#write(async (tx) => {
      if (!(await find(tx, id, 'FOR UPDATE'))) return null;
      const turns = await tx.query<{ id: string; answer_id: string | null }>(
        'DELETE FROM turn WHERE conversation_id = $1 RETURNING id, answer_id',
        [id],
      );
      await tx.query('DELETE FROM conversation WHERE id = $1', [id]);
      const answers = await tx.query(
        `DELETE FROM answer WHERE id = ANY($1::text[]) AND NOT EXISTS (SELECT FROM turn WHERE answer_id = answer.id)
         RETURNING id`,
        [turns.flatMap((row) => row.answer_id ?? [])],
      );
      const gone = [id, ...turns.map((row) => row.id)];
      await enqueueChanges(tx, [gone.map((node) => ({ op: 'deleteNode', id: node }) as const)]);
      return { turns: turns.length, answers: answers.length };
    });
  }

  /** Beside commits, but never while an asset is deleted or entities are joined: what a turn is about stays there until it is kept. */
  #write<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    return this.#db.transaction(async (tx) => {
      await lockLedger(tx, 'shared');
      return work(tx);
    });
  }
}

async function find(db: Db, id: string, locking = ''): Promise<Conversation | null> {
  if (locking !== '') await db.query(`SELECT FROM conversation WHERE id = $1 ${locking}`, [id]);
  const [row] = await db.query<ConversationRow>(`${SELECT} WHERE id = $1`, [id]);
  return row ? conversationOf(row) : null;
}

async function read(db: Db, id: string, locking = ''): Promise<Conversation> {
  const found = await find(db, id, locking);
  if (!found)
    throw new SensegraphError('NOT_FOUND', `There is no conversation ${id}. Start one, or ask without naming one.`);
  return found;
}

/** The conversation, for as long as the transaction lasts: turns that come at once are numbered one after the other. */
function lock(tx: Db, id: string): Promise<Conversation> {
  return read(tx, id, 'FOR UPDATE');
}
