import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../config.ts';
import { SensegraphError } from '../../errors.ts';
import type { Db } from './db.ts';

export interface Migration {
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the file, hex. */
  readonly checksum: string;
}

/** The numbered files of `folder` (`NNNN_name.sql`), in order. */
export async function readMigrations(
  folder = join(packageRoot, 'migrations', 'postgres'),
  extension = 'sql',
): Promise<Migration[]> {
  const pattern = new RegExp(`^\\d{4}_\\w+\\.${extension}$`);
  const names = (await readdir(folder)).filter((name) => pattern.test(name)).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/**
 * Brings the schema up to the newest migration, each in one transaction, forward only. Gives the names applied now.
 * INTERNAL when an applied file was changed since, or the database was made by a newer version.
 */
export async function migrate(db: Db, migrations: readonly Migration[]): Promise<string[]> {
  await db.transaction(async (tx) => {
    // Several servers may start at once on one database; IF NOT EXISTS alone would let one of them fail.
    await tx.exec(`SELECT pg_advisory_xact_lock(hashtext('sensegraph migration'))`);
    await tx.exec(
      `CREATE TABLE IF NOT EXISTS migration (
         name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
  });
  const applied: string[] = [];
  for (const migration of migrations) {
    const isNew = await db.transaction(async (tx) => {
      await tx.exec('SET LOCAL statement_timeout = 0; LOCK TABLE migration IN ACCESS EXCLUSIVE MODE');
      const rows = await tx.query<{ name: string; checksum: string }>('SELECT name, checksum FROM migration');
      refuseForeign(rows, migrations);
      if (rows.some((row) => row.name === migration.name)) return false;
      await tx.exec(migration.text);
      await tx.query('INSERT INTO migration (name, checksum) VALUES ($1, $2)', [migration.name, migration.checksum]);
      return true;
    });
    if (isNew) applied.push(migration.name);
  }
  return applied;
}

/** INTERNAL unless all that the database holds is known, and as it was. */
export function refuseForeign(
  rows: readonly { name: string; checksum: string }[],
  migrations: readonly Migration[],
): void {
  for (const { name, checksum } of rows) {
    const known = migrations.find((migration) => migration.name === name);
    if (!known) {
      throw new SensegraphError(
        'INTERNAL',
        `The database holds migration ${name}, which this version does not know: start the newer version that made it.`,
      );
    }
    if (known.checksum !== checksum) {
      throw new SensegraphError(
        'INTERNAL',
        `Migration ${name} was changed after it was applied: restore the file, and put the change in a new migration.`,
      );
    }
  }
}
