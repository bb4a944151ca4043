import { join } from 'node:path';
import { packageRoot } from '../../config.ts';
import { readMigrations, refuseForeign, type Migration } from '../postgres/migrate.ts';
import type { Neo4jServer } from './server.ts';

/** The numbered files of migrations/neo4j, in order. Each statement must be one that can be run twice. */
export function readCypherMigrations(): Promise<Migration[]> {
  return readMigrations(join(packageRoot, 'migrations', 'neo4j'), 'cypher');
}

/**
 * Brings the database up to the newest migration, forward only. Gives the names applied now. Neo4j changes its schema
 * in transactions apart from data, so a statement that a crash cut short of its record is run again. INTERNAL when an
 * applied file was changed since, or the database was made by a newer version.
 */
export async function migrateNeo4j(server: Neo4jServer, migrations: readonly Migration[]): Promise<string[]> {
  const applied = await known(server);
  refuseForeign(applied, migrations);
  const due = migrations.filter(({ name }) => !applied.some((row) => row.name === name));
  if (due.length === 0) return [];
  await server.write((tx) =>
    tx.run('CREATE CONSTRAINT sensegraph_lock IF NOT EXISTS FOR (lock:SensegraphLock) REQUIRE lock.name IS UNIQUE'),
  );
  // The lock is a node that this transaction has written to: others wait at it until this one ends.
  return server.write(async (tx) => {
    await tx.run("MERGE (lock:SensegraphLock {name: 'migration'}) SET lock.at = datetime()");
    const now = await known(server);
    const open = due.filter(({ name }) => !now.some((row) => row.name === name));
    for (const { name, text, checksum } of open) {
      for (const one of statementsOf(text)) await server.write((schema) => schema.run(one));
      await tx.run(
        'MERGE (migration:SensegraphMigration {name: $name}) SET migration.checksum = $checksum, migration.at = datetime()',
        { name, checksum },
      );
    }
    return open.map(({ name }) => name);
  });
}

function known(server: Neo4jServer): Promise<{ name: string; checksum: string }[]> {
  return server.read((tx) =>
    tx.run<{ name: string; checksum: string }>(
      'MATCH (migration:SensegraphMigration) RETURN migration.name AS name, migration.checksum AS checksum',
    ),
  );
}

/** Statements end with a semicolon at the end of a line. */
function statementsOf(text: string): string[] {
  return text
    .replaceAll(/^\/\/.*\n/gm, '')
    .split(/;\s*$/m)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
