import { randomUUID } from 'node:crypto';
import type { Job, JobState, UserError } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import type { IngestItem, IngestItemState } from '../../ports/ledger.ts';
import { columns, json } from './columns.ts';
import type { Db } from './db.ts';
import type { Tables } from './tables.ts';

/** Jobs and their items. A job's counters change in the same statement as its items. */

export async function createJob(
  tx: Db,
  items: readonly IngestItem[],
  rejected: readonly { ordinal: number; error: UserError }[],
): Promise<Job> {
  const id = `Job:${randomUUID()}`;
  const rows = [
    ...items.map((item) => ({ ordinal: item.ordinal, state: 'QUEUED', item: json(item), error: null })),
    ...rejected.map(({ ordinal, error }) => ({ ordinal, state: 'FAILED', item: null, error: json(error) })),
  ];
  await tx.query(
    `INSERT INTO job (id, kind, state, total, done, failed, created_at, finished_at)
     VALUES ($1, 'INGEST', $2, $3, 0, $4, now(), CASE WHEN $2 = 'COMPLETED' THEN now() END)`,
    [id, items.length === 0 ? 'COMPLETED' : 'QUEUED', rows.length, rejected.length],
  );
  await tx.query(
    `INSERT INTO job_item (job_id, ordinal, state, item, error)
     SELECT $1, * FROM unnest($2::int[], $3::text[], $4::jsonb[], $5::jsonb[])`,
    [
      id,
      ...columns(
        rows,
        (row) => row.ordinal,
        (row) => row.state,
        (row) => row.item,
        (row) => row.error,
      ),
    ],
  );
  return requireJob(tx, id);
}

export async function readJob(db: Db, id: string): Promise<Job | null> {
  const [row] = await db.query<Tables['job']>('SELECT * FROM job WHERE id = $1', [id]);
  return row ? jobOf(row) : null;
}

export async function readJobItems(db: Db, id: string): Promise<IngestItemState[]> {
  const rows = await db.query<Tables['job_item']>(
    'SELECT job_id, ordinal, state, asset_id, error FROM job_item WHERE job_id = $1 ORDER BY ordinal',
    [id],
  );
  return rows.map((row) => ({
    jobId: row.job_id,
    ordinal: row.ordinal,
    state: row.state as IngestItemState['state'],
    ...(row.asset_id === null ? {} : { assetId: row.asset_id }),
    ...(row.error === null ? {} : { error: row.error as UserError }),
  }));
}

export async function readQueuedItems(db: Db, jobId: string, ordinals: readonly number[]): Promise<IngestItem[]> {
  const rows = await db.query<{ item: IngestItem }>(
    `SELECT item FROM job_item WHERE job_id = $1 AND ordinal = ANY($2::int[]) AND state = 'QUEUED' ORDER BY ordinal`,
    [jobId, ordinals],
  );
  return rows.map((row) => row.item);
}

/** Items that were finished before stay as they are, so that a redelivered payload counts once. NOT_FOUND. */
export async function finishItems(
  tx: Db,
  jobId: string,
  items: readonly { ordinal: number; assetId?: string; error?: UserError }[],
): Promise<Job> {
  await tx.query('SELECT FROM job WHERE id = $1 FOR UPDATE', [jobId]);
  await tx.query(
    `WITH finished AS (
       UPDATE job_item SET state = CASE WHEN given.error IS NULL THEN 'DONE' ELSE 'FAILED' END,
         asset_id = given.asset_id, error = given.error
       FROM unnest($2::int[], $3::text[], $4::jsonb[]) AS given(ordinal, asset_id, error)
       WHERE job_id = $1 AND job_item.ordinal = given.ordinal AND state = 'QUEUED' RETURNING job_item.state),
     sums AS (
       SELECT count(*) FILTER (WHERE state = 'DONE')::int AS done,
         count(*) FILTER (WHERE state = 'FAILED')::int AS failed FROM finished)
     UPDATE job SET done = job.done + sums.done, failed = job.failed + sums.failed,
       state = CASE WHEN job.state = 'CANCELLED' THEN job.state
         WHEN job.done + job.failed + sums.done + sums.failed >= total THEN 'COMPLETED' ELSE 'RUNNING' END,
       finished_at = CASE WHEN job.done + job.failed + sums.done + sums.failed >= total
         THEN coalesce(finished_at, now()) ELSE finished_at END
     FROM sums WHERE id = $1`,
    [
      jobId,
      ...columns(
        items,
        (item) => item.ordinal,
        (item) => item.assetId ?? null,
        (item) => (item.error ? json(item.error) : null),
      ),
    ],
  );
  return requireJob(tx, jobId);
}

const CANCELLED: UserError = { code: 'CANCELLED', message: 'The job was cancelled before this item.', field: [] };

/** What is queued fails as CANCELLED; a job that has ended stays as it is. Null when unknown. */
export async function cancelJob(tx: Db, id: string): Promise<Job | null> {
  const [row] = await tx.query<Tables['job']>('SELECT * FROM job WHERE id = $1 FOR UPDATE', [id]);
  if (!row) return null;
  const job = jobOf(row);
  if (job.state === 'COMPLETED' || job.state === 'CANCELLED') return job;
  await tx.query(
    `WITH cancelled AS (
       UPDATE job_item SET state = 'FAILED', error = $2::jsonb WHERE job_id = $1 AND state = 'QUEUED' RETURNING 1)
     UPDATE job SET state = 'CANCELLED', finished_at = now(),
       failed = failed + (SELECT count(*)::int FROM cancelled) WHERE id = $1`,
    [id, json(CANCELLED)],
  );
  return requireJob(tx, id);
}

export async function readUnfinishedJobs(db: Db): Promise<Job[]> {
  const rows = await db.query<Tables['job']>(
    "SELECT * FROM job WHERE state IN ('QUEUED', 'RUNNING') ORDER BY created_at, id",
  );
  return rows.map(jobOf);
}

export async function countJobs(db: Db): Promise<{ queued: number; running: number; items: number }> {
  const [row] = await db.query<{ queued: number; running: number; items: number }>(
    `SELECT count(*) FILTER (WHERE state = 'QUEUED')::int AS queued, count(*) FILTER (WHERE state = 'RUNNING')::int AS running,
       coalesce(sum(total - done - failed), 0)::int AS items FROM job WHERE state IN ('QUEUED', 'RUNNING')`,
  );
  return row ?? { queued: 0, running: 0, items: 0 };
}

/** Jobs of all tenants that run, or ended within the last ten minutes. */
export async function readRecentJobs(db: Db): Promise<{ tenant: string; job: Job }[]> {
  const rows = await db.query<Tables['job'] & { tenant: string }>(
    `SELECT * FROM job WHERE state IN ('QUEUED', 'RUNNING') OR finished_at > now() - interval '10 minutes'`,
  );
  return rows.map((row) => ({ tenant: row.tenant, job: jobOf(row) }));
}

async function requireJob(db: Db, id: string): Promise<Job> {
  const job = await readJob(db, id);
  if (!job) throw new SensegraphError('NOT_FOUND', `There is no job ${id}.`);
  return job;
}

function jobOf(row: Tables['job']): Job {
  return {
    id: row.id,
    kind: 'INGEST',
    state: row.state as JobState,
    total: row.total,
    done: row.done,
    failed: row.failed,
    createdAt: row.created_at.toISOString(),
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at.toISOString() }),
  };
}
