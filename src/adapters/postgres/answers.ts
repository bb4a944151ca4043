import type { Answer } from '../../domain.ts';
import { arrayLiteral, json } from './columns.ts';
import type { Db } from './db.ts';

/** Keeps the answer, and which assets its evidence is in. */
export async function saveAnswer(tx: Db, answer: Answer): Promise<void> {
  await tx.query(
    `INSERT INTO answer (id, created_at, body) VALUES ($1, $2, $3::jsonb)
     ON CONFLICT (tenant, id) DO UPDATE SET created_at = excluded.created_at, body = excluded.body`,
    [answer.id, answer.createdAt, json(answer)],
  );
  await tx.query('DELETE FROM answer_asset WHERE answer_id = $1', [answer.id]);
  await tx.query('INSERT INTO answer_asset (answer_id, asset_id) SELECT $1, unnest($2::text[])', [
    answer.id,
    arrayLiteral([...assetIds(answer)]),
  ]);
}

export async function readAnswer(db: Db, id: string): Promise<Answer | null> {
  const [row] = await db.query<{ body: Answer }>('SELECT body FROM answer WHERE id = $1', [id]);
  return row?.body ?? null;
}

/** Answers whose evidence is (or was) in the asset, newest first. */
export async function answersOfAsset(db: Db, assetId: string, limit: number): Promise<Answer[]> {
  const rows = await db.query<{ body: Answer }>(
    `SELECT body FROM answer JOIN answer_asset ON answer_id = answer.id
     WHERE asset_id = $1 ORDER BY created_at DESC LIMIT $2`,
    [assetId, limit],
  );
  return rows.map((row) => row.body);
}

function assetIds(answer: Answer): Set<string> {
  const evidence = [
    ...answer.steps.flatMap((step) => step.claims.flatMap((claim) => claim.evidence)),
    ...(answer.wouldChange?.evidence ?? []),
    ...answer.paths.flatMap((path) => path.hops.flatMap((hop) => hop.evidence)),
  ];
  const ids = new Set(evidence.map((one) => one.asset.id));
  if (answer.assetId !== undefined) ids.add(answer.assetId);
  return ids;
}
