import type { Db } from './db.ts';

/**
 * Commits of several servers run side by side, an edit runs alone: what one takes away as an orphan could be what
 * another is about to mention. So the outbox's order, too, is the order in which edits happened.
 */
export async function lockLedger(tx: Db, turn: 'shared' | 'alone'): Promise<void> {
  const lock = turn === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await tx.query(`SELECT ${lock}(hashtext('sensegraph ledger ' || current_tenant()))`);
}
