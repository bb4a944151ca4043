import type { Asset, Space } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import type { MigrationProgress, Reencoded, SpaceMigration } from '../../ports/space-migration.ts';
import type { Db } from './db.ts';
import { readAssets } from './look-ups.ts';
import { copySentenceVectors } from './sentence-vectors.ts';
import { addSpace, dropSpace, lockSpaces, spaceOf, writeVectors, type SpaceRow } from './vector-rows.ts';
import type { Upkeep } from './upkeep.ts';

/** Migrations of vector spaces in Postgres. */
export class PostgresSpaceMigration implements SpaceMigration {
  readonly #db: Db;
  readonly #upkeep: Upkeep;

  constructor(db: Db, upkeep: Upkeep) {
    this.#db = db;
    this.#upkeep = upkeep;
  }

  async servingText(): Promise<Space | null> {
    const [row] = await this.#db.query<SpaceRow>(`SELECT * FROM space WHERE is_text AND state = 'serving'`);
    return row ? spaceOf(row) : null;
  }

  async serveText(space: Space): Promise<void> {
    await this.#db.transaction(async (tx) => {
      await lockSpaces(tx);
      const serving = await rows(tx, `state = 'serving'`);
      const text = serving.find((row) => row.is_text);
      if (text && !isSame(text, space)) {
        throw new SensegraphError(
          'BAD_INPUT',
          `The passages are embedded by ${text.model} ${text.version}. Change the model with: sensegraph models migrate`,
        );
      }
      if (!text) await addSpace(tx, space, 'serving', true);
    });
  }

  begin(text: Space, others: readonly Space[]): Promise<string[]> {
    return this.#db.transaction(async (tx) => {
      await lockSpaces(tx);
      const serving = await rows(tx, `state = 'serving'`);
      const filling = await rows(tx, `state = 'filling'`);
      const wanted = [text, ...others].filter((space) => !serving.some((row) => isSame(row, space)));
      const goesOn =
        filling.length === wanted.length && wanted.every((space) => filling.some((row) => isSame(row, space)));
      if (goesOn) return wanted.map(({ name }) => name);
      for (const row of filling) await dropSpace(tx, row);
      await tx.exec('DELETE FROM reencoded');
      for (const space of wanted) {
        // One that served before may lack what came since: it is filled anew.
        const [retired] = (await rows(tx, `state = 'retired'`)).filter((row) => isSame(row, space));
        if (retired) await dropSpace(tx, retired);
        await addSpace(tx, space, 'filling', space === text);
      }
      return wanted.map(({ name }) => name);
    });
  }

  async progress(): Promise<MigrationProgress | null> {
    const filling = await rows(this.#db, `state = 'filling'`);
    const to = filling.find((row) => row.is_text) ?? filling[0];
    const serving = await rows(this.#db, `state = 'serving'`);
    const from = serving.find((row) => (to?.is_text ? row.is_text : row.name === to?.name));
    if (!from || !to) return null;
    const [counts] = await this.#db.query<{ total: number; done: number }>(
      `SELECT (SELECT count(*)::int FROM asset) AS total, (SELECT count(*)::int FROM reencoded) AS done`,
    );
    return { from: spaceOf(from), to: spaceOf(to), total: counts?.total ?? 0, done: counts?.done ?? 0 };
  }

  async next(limit: number): Promise<Asset[]> {
    const found = await this.#db.query<{ id: string }>(`SELECT id FROM asset ${MISSING} ORDER BY id LIMIT $1`, [limit]);
    return readAssets(
      this.#db,
      found.map(({ id }) => id),
    );
  }

  async write(assetIds: readonly string[], { embeddings, sentenceVectors }: Reencoded): Promise<void> {
    await this.#db.transaction(async (tx) => {
      // Locked, so that none of them is deleted before its vectors are there to be deleted with it.
      const there = await tx.query<{ id: string }>('SELECT id FROM asset WHERE id = ANY($1::text[]) FOR UPDATE', [
        assetIds,
      ]);
      const ids = there.map(({ id }) => id);
      const segments = await tx.query<{ id: string; sentences: number[] }>(
        'SELECT id, sentences FROM segment WHERE asset_id = ANY($1::text[])',
        [ids],
      );
      const known = new Map(segments.map(({ id, sentences }) => [id, sentences.length / 2]));
      const filling = await rows(tx, `state = 'filling'`);
      for (const space of filling) {
        const vectors = (embeddings[space.name] ?? []).filter(({ nodeId }) => known.has(nodeId));
        await writeVectors(tx, space, vectors);
      }
      const text = filling.find((row) => row.is_text);
      if (text) {
        await copySentenceVectors(
          tx,
          [...sentenceVectors].flatMap(([id, vectors]) => {
            const sentences = known.get(id);
            return sentences === undefined ? [] : [[id, vectors, sentences] as const];
          }),
          text.number,
        );
      }
      await tx.query('INSERT INTO reencoded SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [ids]);
    });
    this.#upkeep.nudge();
  }

  finish(): Promise<boolean> {
    return this.#db.transaction(async (tx) => {
      // No asset comes while this looks whether one is missing.
      await tx.exec('LOCK TABLE asset IN SHARE MODE');
      const [missing] = await tx.query<{ id: string }>(`SELECT id FROM asset ${MISSING} LIMIT 1`);
      if (missing) return false;
      const filling = await rows(tx, `state = 'filling'`);
      if (filling.length === 0) return false;
      const hasText = filling.some((row) => row.is_text);
      for (const row of await rows(tx, `state = 'serving'`)) {
        if ((row.is_text && hasText) || filling.some(({ name }) => name === row.name))
          await tx.query(`UPDATE space SET state = 'retired' WHERE number = $1`, [row.number]);
      }
      await tx.exec(`UPDATE space SET state = 'serving' WHERE state = 'filling'; DELETE FROM reencoded`);
      return true;
    });
  }

  dropRetired(): Promise<string[]> {
    return this.#db.transaction(async (tx) => {
      const retired = await rows(tx, `state = 'retired'`);
      for (const row of retired) await dropSpace(tx, row);
      return retired.map(({ name, model, version }) => `${name} (${model} ${version})`);
    });
  }
}

const MISSING = 'WHERE NOT EXISTS (SELECT 1 FROM reencoded WHERE asset_id = asset.id)';

function rows(db: Db, condition: string): Promise<SpaceRow[]> {
  return db.query<SpaceRow>(`SELECT * FROM space WHERE ${condition} ORDER BY number`);
}

function isSame(row: SpaceRow, space: Space): boolean {
  return (
    row.name === space.name &&
    row.model === space.model &&
    row.version === space.version &&
    row.dimension === space.dimension
  );
}
