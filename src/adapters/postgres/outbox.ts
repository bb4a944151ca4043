import type { GraphChange } from '../../ports/graph-store.ts';
import { json } from './columns.ts';
import type { Db } from './db.ts';

/** Leaves graph changes for the projector, one row a list, in the caller's transaction. */
export async function enqueueChanges(tx: Db, lists: readonly (readonly GraphChange[])[]): Promise<void> {
  const filled = lists.filter((list) => list.length > 0);
  if (filled.length === 0) return;
  await tx.query(
    'INSERT INTO outbox (changes) SELECT changes FROM unnest($1::json[]) WITH ORDINALITY AS t(changes, n) ORDER BY n',
    [filled.map(json)],
  );
}
