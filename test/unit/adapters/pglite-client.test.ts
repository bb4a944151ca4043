import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PgliteClient } from '../../../src/adapters/pglite/client.ts';
import { binaryCopy, intField, textField } from '../../../src/adapters/postgres/binary-copy.ts';
import { migrate, readMigrations, type Migration } from '../../../src/adapters/postgres/migrate.ts';

let db: PgliteClient;
beforeAll(async () => (db = await PgliteClient.open('memory://')));
afterAll(() => db.close());

describe('PGlite in its thread', () => {
  it('runs a transaction alone and the rest in turn', async () => {
    await db.exec('CREATE TABLE turn (who text)');
    const order: string[] = [];
    const transaction = db.transaction(async (tx) => {
      await tx.query('INSERT INTO turn VALUES ($1)', ['inside']);
      await new Promise((resume) => setTimeout(resume, 20));
      order.push('transaction');
    });
    const after = db.query<{ who: string }>('SELECT who FROM turn').then((rows) => {
      order.push('query');
      return rows;
    });
    await transaction;
    expect(await after).toEqual([{ who: 'inside' }]);
    expect(order).toEqual(['transaction', 'query']);
  });

  it('rolls back when the work throws, and goes on', async () => {
    await db.exec('CREATE TABLE kept (n int)');
    await expect(
      db.transaction(async (tx) => {
        await tx.query('INSERT INTO kept VALUES (1)');
        await tx.query('SELECT 1 / 0');
      }),
    ).rejects.toMatchObject({ code: '22012' });
    expect(await db.query('SELECT * FROM kept')).toEqual([]);
  });

  it('is not left in a failed transaction by a script', async () => {
    await expect(db.exec('BEGIN; SELECT nothing; COMMIT')).rejects.toThrow(/nothing/);
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('takes rows by binary copy', async () => {
    await db.exec('CREATE TABLE copied (name text, n int)');
    await db.copy('copied (name, n)', binaryCopy([[textField('ä'), intField(-5)]]));
    expect(await db.query('SELECT * FROM copied')).toEqual([{ name: 'ä', n: -5 }]);
  });
});

describe('migrations', () => {
  const migration = (name: string, text: string): Migration => ({
    name,
    text,
    checksum: createHash('sha256').update(text).digest('hex'),
  });
  const first = migration('0001_first.sql', 'CREATE TABLE first (n int)');

  it('are read from their folder in order', async () => {
    const files = await readMigrations();
    expect(files[0]).toMatchObject({ name: '0001_ledger.sql', checksum: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('are applied once, each whole or not at all', async () => {
    expect(await migrate(db, [first])).toEqual(['0001_first.sql']);
    expect(await migrate(db, [first])).toEqual([]);
    const broken = migration('0002_broken.sql', 'CREATE TABLE half (n int); SELECT nonsense');
    await expect(migrate(db, [first, broken])).rejects.toThrow(/nonsense/);
    expect(await db.query("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
  });

  it('refuse a file that was changed and a database of a newer version', async () => {
    await expect(migrate(db, [migration('0001_first.sql', 'SELECT 1')])).rejects.toThrow(
      /changed after it was applied/,
    );
    await expect(migrate(db, [])).resolves.toEqual([]);
    const other = migration('0000_other.sql', 'SELECT 1');
    await expect(migrate(db, [other])).rejects.toThrow(/newer version/);
  });
});
