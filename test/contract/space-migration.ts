import { describe, expect, it } from 'vitest';
import type { EmbeddedStores } from '../../src/adapters/pglite/open.ts';
import type { Space } from '../../src/domain.ts';
import { fact, smallRecord } from './small-records.ts';

const space = (name: string, model: string, dimension = 2): Space => ({ name, model, version: '1', dimension });
const OLD = space('words-old', 'old');
const NEW = space('words-new', 'new', 3);
const PICTURES_OLD = space('pictures-by-words', 'eye+old');
const PICTURES_NEW = space('pictures-by-words', 'eye+new', 3);
const EYE = space('pictures', 'eye');

/** What every SpaceMigration must do. `empty` gives stores without rows and without spaces. */
export function spaceMigrationContract(
  name: string,
  empty: () => Promise<Pick<EmbeddedStores, 'migration' | 'ledger' | 'vectors'>>,
): void {
  describe(`${name} as a SpaceMigration`, () => {
    const record = (number: number) => {
      const made = smallRecord({ number, facts: [fact(0, 1)] });
      const ids = made.segments.map(({ id }) => id);
      const embeddings = (vector: Float32Array) => ids.map((nodeId) => ({ nodeId, vector }));
      const old = Float32Array.of(0.6, 0.8);
      const renewed = {
        embeddings: {
          [NEW.name]: embeddings(Float32Array.of(0, 0.6, 0.8)),
          [PICTURES_NEW.name]: embeddings(Float32Array.of(0, 0, 1)),
          [EYE.name]: embeddings(old),
        },
        sentenceVectors: new Map(
          made.segments.map(({ id, sentences }) => [id, new Float32Array(3 * sentences.length).fill(0.5)]),
        ),
      };
      const all = { [OLD.name]: embeddings(old), [PICTURES_OLD.name]: embeddings(old), [EYE.name]: embeddings(old) };
      return { id: made.asset.id, ids, renewed, record: { ...made, embeddings: all } };
    };
    const open = async () => {
      const stores = await empty();
      await stores.migration.serveText(OLD);
      for (const one of [OLD, PICTURES_OLD, EYE]) await stores.vectors.ensureSpace(one);
      return stores;
    };

    it('serves the old vectors until every asset has new ones, then the new ones under the same names', async () => {
      const { migration, ledger, vectors } = await open();
      const [one, two] = [record(1), record(2)];
      await ledger.commit([one.record]);
      expect(await migration.servingText()).toEqual(OLD);
      await expect(migration.serveText(NEW)).rejects.toMatchObject({ code: 'BAD_INPUT' });
      expect(await migration.progress()).toBeNull();

      // Pictures themselves are seen by the same model as before: nothing to do for them.
      expect(await migration.begin(NEW, [PICTURES_NEW, EYE])).toEqual([NEW.name, PICTURES_NEW.name]);
      expect(await migration.progress()).toEqual({ from: OLD, to: NEW, total: 1, done: 0 });
      expect((await migration.next(10)).map(({ id }) => id)).toEqual([one.id]);
      await migration.write([one.id], one.renewed);
      expect(await migration.next(10)).toEqual([]);

      // What comes meanwhile is embedded by the old model, and is missing in the new spaces.
      await ledger.commit([two.record]);
      expect(await migration.finish()).toBe(false);
      expect(await migration.progress()).toMatchObject({ total: 2, done: 1 });
      expect((await vectors.get(PICTURES_OLD.name, one.ids)).get(one.ids[0] ?? '')).toHaveLength(2);
      expect((await ledger.sentenceVectors(one.ids)).get(one.ids[0] ?? '')?.length).toBe(4);

      await migration.write([two.id], two.renewed);
      expect(await migration.finish()).toBe(true);
      expect(await migration.servingText()).toEqual(NEW);
      expect(await migration.progress()).toBeNull();
      expect((await vectors.spaces()).toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
        EYE,
        PICTURES_NEW,
        NEW,
      ]);
      expect(await vectors.count(NEW.name)).toBe(one.ids.length + two.ids.length);
      expect((await vectors.get(PICTURES_NEW.name, two.ids)).get(two.ids[0] ?? '')).toHaveLength(3);
      expect((await ledger.sentenceVectors(two.ids)).get(two.ids[0] ?? '')?.length).toBe(6);
      expect(await migration.dropRetired()).toHaveLength(2);
      expect((await ledger.sentenceVectors(two.ids)).get(two.ids[0] ?? '')?.length).toBe(6);
    });

    it('goes on where it was, and begins anew for another model and for one that served before', async () => {
      const { migration, ledger, vectors } = await open();
      const one = record(1);
      await ledger.commit([one.record, record(2).record]);
      await migration.begin(NEW, [PICTURES_NEW]);
      await migration.write([one.id], one.renewed);
      await migration.begin(NEW, [PICTURES_NEW]);
      expect(await migration.progress()).toMatchObject({ done: 1 });
      await migration.begin(space('words-other', 'other'), [PICTURES_NEW]);
      expect(await migration.progress()).toMatchObject({ done: 0, to: { model: 'other' } });

      await migration.begin(NEW, [PICTURES_NEW]);
      for (const each of [one, record(2)]) await migration.write([each.id], each.renewed);
      expect(await migration.finish()).toBe(true);
      await ledger.deleteAsset(one.id);
      // Back to the model that served first: its vectors may lack what came since.
      expect(await migration.begin(OLD, [PICTURES_OLD])).toEqual([OLD.name, PICTURES_OLD.name]);
      expect(await migration.progress()).toMatchObject({ done: 0, total: 1 });
      expect(await vectors.count(NEW.name)).toBe(record(2).ids.length);
    });

    it('leaves out what was deleted meanwhile, and embeds anew what comes again', async () => {
      const { migration, ledger, vectors } = await open();
      const one = record(1);
      await ledger.commit([one.record]);
      await migration.begin(NEW, [PICTURES_NEW]);
      await ledger.deleteAsset(one.id);
      await migration.write([one.id], one.renewed);
      expect(await migration.progress()).toMatchObject({ done: 0, total: 0 });
      await ledger.commit([one.record]);
      await migration.write([one.id], one.renewed);
      await ledger.deleteAsset(one.id);
      await ledger.commit([one.record]);
      expect((await migration.next(5)).map(({ id }) => id)).toEqual([one.id]);
      expect(await migration.finish()).toBe(false);
      await migration.write([one.id], one.renewed);
      expect(await migration.finish()).toBe(true);
      expect(await vectors.count(NEW.name)).toBe(one.ids.length);
    });
  });
}
