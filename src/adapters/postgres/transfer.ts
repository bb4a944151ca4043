import type { WholeConversation } from '../../conversation.ts';
import type { Answer, Merge } from '../../domain.ts';
import type { Subgraph } from '../../ports/graph-store.ts';
import type { AssetRecord } from '../../ports/ledger.ts';
import type { LedgerTransfer } from '../../ports/ledger-transfer.ts';
import { insertMerges } from './asset-rows.ts';
import type { Db } from './db.ts';
import { lockLedger } from './ledger-lock.ts';
import { ledgerPage } from './ledger-page.ts';
import { readEntities } from './look-ups.ts';
import { assetOf, mergeOf } from './rows.ts';
import type { Tables } from './tables.ts';
import { insertWhole, readWhole } from './transfer-conversations.ts';
import { readRecords } from './transfer-records.ts';

const PAGE = 'WHERE id > $1 COLLATE "C" ORDER BY id LIMIT $2::int';

/** Pages of a ledger in Postgres. */
export class PostgresTransfer implements LedgerTransfer {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  records(after: string, limit: number, { vectors }: { readonly vectors: boolean }): Promise<AssetRecord[]> {
    return this.#db.transaction(async (tx) => {
      await tx.exec('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      const assets = (await tx.query<Tables['asset']>(`SELECT * FROM asset ${PAGE}`, [after, limit])).map(assetOf);
      return readRecords(tx, assets, vectors);
    });
  }

  async merges(after: string, limit: number): Promise<Merge[]> {
    return (await this.#db.query<Tables['merge']>(`SELECT * FROM merge ${PAGE}`, [after, limit])).map(mergeOf);
  }

  async answers(after: string, limit: number): Promise<Answer[]> {
    const rows = await this.#db.query<{ body: Answer }>(`SELECT body FROM answer ${PAGE}`, [after, limit]);
    return rows.map((row) => row.body);
  }

  conversations(after: string, limit: number): Promise<WholeConversation[]> {
    return this.#db.transaction(async (tx) => {
      await tx.exec('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      return readWhole(
        tx,
        await tx.query<Tables['conversation']>(`SELECT * FROM conversation ${PAGE}`, [after, limit]),
      );
    });
  }

  addConversations(conversations: readonly WholeConversation[]): Promise<number> {
    return this.#db.transaction(async (tx) => {
      // What a turn is about stays there until it is kept.
      await lockLedger(tx, 'shared');
      let fresh = 0;
      for (const one of conversations) if (await insertWhole(tx, one)) fresh += 1;
      return fresh;
    });
  }

  addMerges(merges: readonly Merge[]): Promise<number> {
    return this.#db.transaction(async (tx) => {
      const there = new Set(
        (
          await readEntities(
            tx,
            merges.map((one) => one.intoId),
          )
        ).map(({ id }) => id),
      );
      const known = await tx.query<{ id: string }>('SELECT id FROM merge WHERE id = ANY($1::text[])', [
        merges.map((one) => one.id),
      ]);
      const ids = new Set(known.map(({ id }) => id));
      const fresh = merges.filter(({ id, intoId }) => there.has(intoId) && !ids.has(id));
      if (fresh.length > 0) await insertMerges(tx, fresh);
      return fresh.length;
    });
  }

  graphPage(after: string, limit: number): Promise<Subgraph> {
    return ledgerPage(this.#db, after, limit);
  }
}
