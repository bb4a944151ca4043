import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { openNeo4jGraph } from '../../src/adapters/neo4j/open.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { openPostgresStores } from '../../src/adapters/postgres/stores.ts';
import { PostgresServer } from '../../src/adapters/postgres-server/client.ts';
import { DEFAULT_TENANT } from '../../src/ports/tenants.ts';
import type { Account } from './account.ts';

export interface Inside {
  /** What waits: jobs that have not ended, changes not in the graph yet. */
  waiting(): Promise<{ readonly jobs: number; readonly pending: number; readonly parked: number }>;
  /** What is otherwise than the account says; nothing must be waiting, nor come meanwhile. */
  faults(account: Account): Promise<string[]>;
  close(): Promise<void>;
}

export interface InsideOptions {
  readonly postgresUrl: string;
  readonly neo4j: { readonly url: string; readonly user: string; readonly password: string; readonly tenant: string };
  readonly dataDir: string;
}

/** Looks into the stores themselves, past the network that is disturbed. It starts no queue and no projector. */
export async function lookInside({ postgresUrl, neo4j, dataDir }: InsideOptions): Promise<Inside> {
  const graph = await openNeo4jGraph(neo4j, silentLog);
  const db = await PostgresServer.open({ url: postgresUrl, log: silentLog });
  const stores = await openPostgresStores(db, silentLog, { hasAutovacuum: true }, graph);
  const { audit, projector } = await stores.forTenant(DEFAULT_TENANT);
  const ids = async (text: string, ...parameters: unknown[]): Promise<string[]> =>
    (await db.query<{ id: string }>(text, parameters)).map(({ id }) => id);

  async function faults(account: Account): Promise<string[]> {
    const found: string[] = [];
    const none = (what: string, bad: readonly string[]): void => {
      if (bad.length > 0) found.push(`${bad.length} ${what}: ${bad.slice(0, 3).join(', ')}`);
    };
    const { differences } = await audit.compare();
    if (differences.missing + differences.extra + differences.different > 0)
      found.push(`ledger and graph differ: ${JSON.stringify(differences)}`);

    const there = new Set(await ids('SELECT id FROM asset'));
    none(
      'acknowledged assets are lost',
      [...account.kept].filter((id) => !there.has(id)),
    );
    none(
      'deleted assets are back',
      [...account.deleted].filter((id) => there.has(id)),
    );
    const ended = new Set(
      await ids(`SELECT id FROM job WHERE state = 'COMPLETED' AND done = total AND failed = 0
        AND done = (SELECT count(*) FROM job_item WHERE job_id = job.id AND job_item.state = 'DONE')`),
    );
    none(
      'acknowledged jobs are not complete',
      [...account.jobs.keys()].filter((id) => !ended.has(id)),
    );
    const answers = new Set(await ids('SELECT id FROM answer'));
    none(
      'acknowledged answers are lost',
      [...account.answers.keys()].filter((id) => !answers.has(id)),
    );

    none(
      'assets have not each segment once',
      await ids(`SELECT id FROM asset WHERE NOT EXISTS (SELECT FROM segment WHERE asset_id = asset.id AND ordinal = 0)
        UNION ALL SELECT asset_id FROM segment GROUP BY asset_id HAVING count(*) <> max(ordinal) + 1`),
    );
    none(
      'segments belong to no asset',
      await ids('SELECT id FROM segment WHERE NOT EXISTS (SELECT FROM asset WHERE asset.id = asset_id)'),
    );
    const spaces = await db.query<{ number: number }>('SELECT number FROM space WHERE is_text');
    for (const { number } of spaces) {
      const vectors = `(SELECT node_id FROM vectors_${number} UNION ALL SELECT node_id FROM vectors_${number}_tail) AS v`;
      none('vectors are there twice', await ids(`SELECT node_id AS id FROM ${vectors} GROUP BY 1 HAVING count(*) > 1`));
      none(
        'segments have no vector',
        await ids(`SELECT id FROM segment WHERE NOT EXISTS (SELECT FROM ${vectors} WHERE node_id = segment.id)`),
      );
    }
    const entities = new Set(await ids('SELECT id FROM entity'));
    none(
      'merged entities are back',
      [...account.merged.keys()].filter((id) => entities.has(id)),
    );
    none(
      'entities that others were merged into are lost',
      [...account.merged.values()].filter((id) => !entities.has(id)),
    );
    none(
      'merges are recorded twice',
      await ids("SELECT from_id AS id FROM merge WHERE reason = 'MANUAL' GROUP BY from_id HAVING count(*) > 1"),
    );

    for (const id of account.deleted) {
      const traces = await audit.traces(id);
      const key = id.slice(id.indexOf(':') + 1);
      const bytes = join(dataDir, 'blobs', key.slice(0, 2), key.slice(2, 4), key);
      const hasBytes = await access(bytes).then(
        () => true,
        () => false,
      );
      if (hasBytes) traces.push({ place: 'bytes', count: 1 });
      if (traces.length > 0) found.push(`of the deleted ${id} there is left: ${JSON.stringify(traces)}`);
    }
    return found;
  }

  return {
    waiting: async () => {
      const [row] = await db.query<{ jobs: number }>(
        "SELECT count(*)::int AS jobs FROM job WHERE state IN ('QUEUED', 'RUNNING')",
      );
      const { pending, parked } = await projector.state();
      return { jobs: row?.jobs ?? 0, pending, parked };
    },
    faults,
    close: async () => {
      await db.close();
      await graph.close();
    },
  };
}
