import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Neo4jServer } from '../../src/adapters/neo4j/server.ts';
import { packageRoot } from '../../src/config.ts';
import { freshDatabase, realNeo4j } from '../servers.ts';
import { oneOfEach } from './one-of-each.ts';
import { runWith } from './process.ts';

const neo4j = await realNeo4j();
const database = neo4j && (await freshDatabase(18));

describe.skipIf(!neo4j || !database)('on real servers', () => {
  const tenant = `test end to end ${process.pid}`;
  const access = { url: '', user: '', password: '', ...neo4j };
  const environment = {
    SENSEGRAPH_POSTGRES_URL: database?.url ?? '',
    SENSEGRAPH_NEO4J_URL: access.url,
    SENSEGRAPH_NEO4J_USER: access.user,
    SENSEGRAPH_NEO4J_PASSWORD: access.password,
    SENSEGRAPH_NEO4J_TENANT: tenant,
  };
  afterAll(async () => {
    const server = await Neo4jServer.open(access);
    await server.write((tx) => tx.run('MATCH (node:Sensegraph {tenant: $tenant}) DETACH DELETE node', { tenant }));
    await server.close();
    await database?.drop();
  });

  oneOfEach('Postgres and Neo4j', () => environment);

  it('leaves two stores that doctor finds equal, and a rebuild that has nothing to do', async () => {
    const rebuilt = await runWith(environment, 'graph', 'rebuild', '--json');
    expect(JSON.parse(rebuilt.stdout)).toMatchObject({ state: 'DONE', changes: 0 });
    const idOf = async (path: string): Promise<string> => {
      const bytes = await readFile(join(packageRoot, 'examples', path));
      return `Asset:${createHash('sha256').update(bytes).digest('hex')}`;
    };
    const verify = async (id: string) =>
      JSON.parse((await runWith(environment, 'doctor', '--verify-deleted', id, '--json')).stdout) as object;
    const deleted = await idOf('recordings/lantern-bell.wav');
    expect(await verify(deleted)).toEqual({ id: deleted, isDeleted: true, traces: [] });
    expect(await verify(await idOf('images/museum-cat.jpg'))).toMatchObject({ isDeleted: false });
  });
});
