import { mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EDGE_TYPES, NODE_LABELS } from '../../graph/ontology.ts';
import { neo4j, neo4jAdmin, neo4jNamed } from '../../scripts/services/neo4j.ts';
import { servicesRoot, type Running } from '../../scripts/services/service.ts';
import { writeAdminFiles, type AdminFiles } from '../../src/adapters/neo4j/admin-files.ts';
import { openNeo4jGraph, type Neo4jGraph } from '../../src/adapters/neo4j/open.ts';
import { openEmbeddedStores, type EmbeddedStores } from '../../src/adapters/pglite/open.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { LedgerAudit } from '../../src/adapters/postgres/graph-audit.ts';
import { OutboxProjector } from '../../src/adapters/postgres/projector.ts';
import { realNeo4j } from '../servers.ts';
import { SMALL_SPACE } from './ledger.ts';
import { fact, smallRecord } from './small-records.ts';
import { syntheticRecord, TEXT_SPACE } from './synthetic.ts';

const NONE = { missing: 0, extra: 0, different: 0, examples: [] };
const PASSWORD = 'only for this test';
// Installs the programs, which are all that is taken of it: a first load needs a database that nobody uses.
const installed = await realNeo4j();

const own = neo4jNamed('load');

describe.skipIf(!installed)('a first load by neo4j-admin', () => {
  let folder: string;
  let stores: EmbeddedStores;
  let files: AdminFiles;
  let running: Running | undefined;
  let loaded: Neo4jGraph;
  let base: string;

  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'sensegraph-load-'));
    folder = join(base, 'load');
    // A service of its own, with the program of the first.
    await Promise.all([mkdir(folder), mkdir(join(base, neo4j.name))]);
    const programs = join(servicesRoot, neo4j.name);
    for (const name of (await readdir(programs)).filter((one) => one.startsWith('lib-') && !one.includes('.xml')))
      await symlink(join(programs, name), join(base, neo4j.name, name));
    stores = await openEmbeddedStores({ dataDir: 'memory://', log: silentLog });
    await stores.migration.serveText(TEXT_SPACE);
    await stores.vectors.ensureSpace(SMALL_SPACE);
    const odd = smallRecord({
      number: 1,
      title: 'A "quoted", title; with\nlines and \\ marks',
      text: ['"', '', 'é 🙂,\r\n\u001F;|', "it's"],
      facts: [fact(0, 1), fact(1, 2, { segment: 2 }), fact(3, 3, { type: 'IS_A', supported: false })],
    });
    const names = [['', 'b'], ['a;b', 'c\u001Fd'], ['one'], []];
    await stores.ledger.commit([
      ...Array.from({ length: 40 }, (_, n) => syntheticRecord(n, { shared: 40 })),
      { ...odd, entities: odd.entities.map((entity, i) => ({ ...entity, aliases: names[i] ?? [], synset: i })) },
    ]);
    await stores.projector.project();
    files = await writeAdminFiles(join(folder, 'files'), (after, limit) => stores.transfer.graphPage(after, limit), {
      tenant: 'a "tenant"',
    });
    await neo4jAdmin(folder, join(folder, 'home'), files.load('neo4j'));
    running = await own.launch(folder, PASSWORD);
    const access = { url: running.environment['SENSEGRAPH_NEO4J_URL'] ?? '', user: 'neo4j', password: PASSWORD };
    loaded = await openNeo4jGraph({ ...access, tenant: 'a "tenant"' }, silentLog);
  }, 400_000);
  afterAll(async () => {
    await loaded?.close();
    await stores?.close();
    if (running) await own.end(folder, running);
    await rm(base, { recursive: true, force: true });
  });

  it('gives the graph that the ledger means, so that nothing is left to do when it is made the ledger’s', async () => {
    expect(files).toMatchObject(await stores.graph.counts());
    expect(await loaded.graph.counts()).toEqual(await stores.graph.counts());
    const target = { identity: loaded.identity, graphIn: () => loaded.graph };
    const audit = new LedgerAudit(stores.db, target, silentLog);
    expect(await audit.rebuild()).toBe(0);
    const found = await audit.compare();
    expect(found.differences).toEqual(NONE);
    expect(found.nodes).toBe(files.nodes);
    // From here on it follows the ledger.
    const projector = new OutboxProjector(stores.db, target, silentLog);
    await stores.ledger.commit([smallRecord({ number: 2, facts: [fact(0, 4)] })]);
    await stores.ledger.deleteAsset('Asset:1');
    expect(await projector.project()).toBe(2);
    expect((await audit.compare()).differences).toEqual(NONE);
  });

  it('has a file for each label and type, and leaves none when it is stopped', async () => {
    const names = await readdir(join(folder, 'files'));
    expect(names.toSorted()).toEqual(
      [...NODE_LABELS, ...Object.keys(EDGE_TYPES)].map((name) => `${name}.csv`).toSorted(),
    );
    expect((await readFile(join(folder, 'files', 'Entity.csv'), 'utf8')).split('\n')[0]).toBe(
      'id:ID(node),tenant:string,caption:string,kind:string,aliases:string[],synset:long,_json:string',
    );
    const stopped = join(folder, 'stopped');
    const none = writeAdminFiles(stopped, (after, limit) => stores.transfer.graphPage(after, limit), {
      tenant: 'default',
      signal: AbortSignal.abort(),
    });
    await expect(none).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await readdir(stopped)).toEqual([]);
  });
});
