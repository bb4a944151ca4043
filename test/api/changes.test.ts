import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FolderBlobStore } from '../../src/adapters/blob/folder.ts';
import {
  entityNamed,
  exampleText,
  ingestSample,
  startServing,
  type ApiClient,
  type Serving,
  type UserError,
} from './serving.ts';

let serving: Serving;
let api: ApiClient;
let miller: string;
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
  [miller] = await ingestSample(api);
});
afterAll(() => serving.close());

describe('changes', () => {
  const MERGE = `mutation ($into: ID!, $from: [ID!]!) { mergeEntities(into: $into, from: $from) {
    entity { id name aliases merges { id fromName reason score createdAt } mentions { nodes { id surface } } } userErrors { code field } } }`;
  const SPLIT = `mutation ($id: ID!, $mentions: [ID!]!) { splitEntity(id: $id, mentions: $mentions) {
    entity { id name mentions { nodes { id } } } userErrors { code field } } }`;
  interface Changed {
    readonly entity: {
      id: string;
      name: string;
      aliases?: string[];
      merges?: { fromName: string; reason: string }[];
      mentions: { nodes: { id: string; surface: string }[] };
    } | null;
    readonly userErrors: UserError[];
  }

  test('merged entities are one, say why, and are split again', async () => {
    const [baker, price] = [await entityNamed(api, 'George Baker'), await entityNamed(api, 'Daniel Price')];
    const { mergeEntities } = await api.data<{ mergeEntities: Changed }>(MERGE, { into: baker.id, from: [price.id] });
    expect(mergeEntities.userErrors).toEqual([]);
    expect(mergeEntities.entity).toMatchObject({ id: baker.id, name: 'George Baker' });
    expect(mergeEntities.entity?.merges).toMatchObject([{ fromName: 'Daniel Price', reason: 'MANUAL' }]);
    expect(await api.data('query ($id: ID!) { entity(id: $id) { id } }', { id: price.id })).toEqual({ entity: null });

    const moved = mergeEntities.entity?.mentions.nodes.filter(({ surface }) => surface === 'Daniel Price') ?? [];
    expect(moved.length).toBeGreaterThan(0);
    const { splitEntity } = await api.data<{ splitEntity: Changed }>(SPLIT, {
      id: baker.id,
      mentions: moved.map(({ id }) => id),
    });
    expect(splitEntity.userErrors).toEqual([]);
    expect(splitEntity.entity?.name).toBe('Daniel Price');
    expect(splitEntity.entity?.mentions.nodes.map(({ id }) => id).toSorted()).toEqual(
      moved.map(({ id }) => id).toSorted(),
    );
    const around = await api.data<{ neighbourhood: { nodes: { caption: string }[] } }>(
      'query ($of: [ID!]!) { neighbourhood(of: $of) { nodes { caption } } }',
      { of: [splitEntity.entity?.id] },
    );
    expect(around.neighbourhood.nodes.map(({ caption }) => caption)).toContain('Daniel Price');
  });

  test('what is not there, and nothing, can’t be merged or split', async () => {
    const { id } = await entityNamed(api, 'Thomas Miller');
    const codes = async (query: string, variables: object) => {
      const changed = Object.values(await api.data<Record<string, Changed>>(query, variables))[0];
      expect(changed?.entity).toBeNull();
      return changed?.userErrors.map(({ code }) => code);
    };
    expect(await codes(MERGE, { into: id, from: ['Entity:none'] })).toEqual(['NOT_FOUND']);
    expect(await codes(MERGE, { into: 'Entity:none', from: [id] })).toEqual(['NOT_FOUND']);
    expect(await codes(MERGE, { into: id, from: [] })).toEqual(['BAD_INPUT']);
    expect(await codes(SPLIT, { id, mentions: ['Mention:none'] })).toEqual(['NOT_FOUND']);
    expect(await codes(SPLIT, { id, mentions: [] })).toEqual(['BAD_INPUT']);
  });

  test('a deleted asset is gone from everywhere, with what only it supported', async () => {
    const only = await entityNamed(api, 'Westbrook');
    const { asset } = await api.data<{ asset: { url: string; segments: { nodes: { id: string }[] } } }>(
      'query ($id: ID!) { asset(id: $id) { url segments { nodes { id } } } }',
      { id: miller },
    );
    const before = (await serving.application.health()).counts;
    const { deleteAsset } = await api.data<{ deleteAsset: Record<string, unknown> }>(
      'mutation ($id: ID!) { deleteAsset(id: $id) { deletedId segments mentions relations entities userErrors { code } } }',
      { id: miller },
    );
    expect(deleteAsset).toMatchObject({ deletedId: miller, segments: asset.segments.nodes.length, userErrors: [] });
    const after = (await serving.application.health()).counts;
    for (const table of ['segments', 'mentions', 'relations', 'entities'])
      expect([table, before[table]! - after[table]!]).toEqual([table, deleteAsset[table]]);
    expect(deleteAsset['entities']).toBeGreaterThan(0);

    const gone = [miller, only.id, ...asset.segments.nodes.map(({ id }) => id)];
    const { nodes } = await api.data<{ nodes: null[] }>('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: gone,
    });
    expect(nodes).toEqual(gone.map(() => null));
    const left = await api.data<{
      search: { nodes: { asset: { id: string } }[] };
      entities: { nodes: object[] };
      neighbourhood: { nodes: object[] };
    }>(
      `query ($of: [ID!]!) { search(query: "Thomas Miller was born in Westbrook", first: 100) { nodes { asset { id } } }
        entities(search: "Westbrook") { nodes { id } } neighbourhood(of: $of) { nodes { id } edges { id } } }`,
      { of: gone },
    );
    expect(left.search.nodes.map((evidence) => evidence.asset.id)).not.toContain(miller);
    expect(left.entities.nodes).toEqual([]);
    expect(left.neighbourhood.nodes).toEqual([]);
    const bytes = await fetch(api.origin + asset.url);
    expect(bytes.status).toBe(404);

    const again = await api.data<{ deleteAsset: object }>(
      'mutation ($id: ID!) { deleteAsset(id: $id) { deletedId segments userErrors { code field } } }',
      { id: miller },
    );
    expect(again.deleteAsset).toEqual({
      deletedId: null,
      segments: 0,
      userErrors: [{ code: 'NOT_FOUND', field: ['id'] }],
    });
  });

  test('a delete that was interrupted before the bytes went takes them when it is asked for again', async () => {
    const left = new FolderBlobStore(join(serving.config.dataDir, 'blobs'));
    const key = await left.put(new TextEncoder().encode('left by a delete that was cut short'));
    const { deleteAsset } = await api.data<{ deleteAsset: { userErrors: UserError[] } }>(
      'mutation ($id: ID!) { deleteAsset(id: $id) { userErrors { code } } }',
      { id: `Asset:${key}` },
    );
    expect(deleteAsset.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    expect(await left.has(key)).toBe(false);
  });

  test('a deleted asset can be ingested again', async () => {
    const [id] = await api.ingestAll([
      { text: await exampleText('texts/thomas-miller.md'), fileName: 'thomas-miller.md' },
    ]);
    expect(id).toBe(miller);
    expect((await entityNamed(api, 'Westbrook')).name).toBe('Westbrook');
  });
});
