import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Neo4jServer } from '../../src/adapters/neo4j/server.ts';
import { packageRoot } from '../../src/config.ts';
import { freshDatabase, realNeo4j } from '../servers.ts';
import { run, runWith } from './process.ts';

const neo4j = await realNeo4j();
const database = neo4j && (await freshDatabase(18));
const QUESTIONS = ['When did the Great Storm strike Gull Harbour?'];

interface Told {
  readonly answer: string | null;
  readonly confidence: number;
}

interface Asked {
  readonly answer?: string | null;
  readonly clarification?: { readonly reason: string; readonly candidates: { id: string; caption: string }[] };
  readonly turn: { readonly conversation: string; readonly number: number };
}

describe.skipIf(!database)('a data directory that moves to servers and back', () => {
  const tenant = `test move ${process.pid}`;
  const server = { url: '', user: '', password: '', ...neo4j };
  const servers = {
    SENSEGRAPH_POSTGRES_URL: database?.url ?? '',
    SENSEGRAPH_NEO4J_URL: server.url,
    SENSEGRAPH_NEO4J_USER: server.user,
    SENSEGRAPH_NEO4J_PASSWORD: server.password,
    SENSEGRAPH_NEO4J_TENANT: tenant,
  };
  afterAll(async () => {
    const open = await Neo4jServer.open(server);
    await open.write((tx) => tx.run('MATCH (node:Sensegraph {tenant: $tenant}) DETACH DELETE node', { tenant }));
    await open.close();
    await database?.drop();
  });
  const json = async (environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await runWith(environment, ...args, '--json');
    expect([args[0], code, stderr]).toEqual([args[0], 0, expect.anything()]);
    return JSON.parse(stdout);
  };
  const answers = async (environment: NodeJS.ProcessEnv, data: string): Promise<Told[]> => {
    const told: Told[] = [];
    for (const question of QUESTIONS) {
      const { answer, confidence } = (await json(environment, 'ask', question, '--data', data)) as Told;
      // The scale of a sentence's vector may differ in its last digit.
      told.push({ answer, confidence: Math.round(confidence * 1e4) });
    }
    return told;
  };

  it('answers the same, and ends with the ledger and the graph that it began with', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sensegraph-move-'));
    const [first, shared, last] = ['first', 'shared', 'last'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const [one, two] = [join(folder, 'one.jsonl.gz'), join(folder, 'two.jsonl')];
    const bytes = join(folder, 'bytes');
    const examples = ['texts/thomas-miller.md', 'texts/northern-light.md', 'texts/great-storm.md'];
    await json({}, 'ingest', ...examples.map((path) => join(packageRoot, 'examples', path)), '--data', first);
    const before = await answers({}, first);
    expect(before.some(({ answer }) => answer !== null)).toBe(true);

    const exported = await json({}, 'export', one, '--bytes', bytes, '--answers', '--data', first);
    expect(exported).toMatchObject({ state: 'DONE', assets: 3, answers: QUESTIONS.length });
    const taken = await json(servers, 'import', one, '--bytes', bytes, '--data', shared);
    expect(taken).toMatchObject({ state: 'DONE', assets: 3, known: 0, answers: QUESTIONS.length });
    expect(await answers(servers, shared)).toEqual(before);
    expect(await json(servers, 'graph', 'rebuild', '--data', shared)).toMatchObject({ state: 'DONE', changes: 0 });

    await json(servers, 'export', two, '--data', shared);
    expect(await json({}, 'import', two, '--bytes', bytes, '--data', last)).toMatchObject({ assets: 3, known: 0 });
    expect(await json({}, 'import', two, '--data', last)).toMatchObject({ assets: 3, known: 3 });
    expect(await answers({}, last)).toEqual(before);
    expect(await json({}, 'graph', 'rebuild', '--data', last)).toMatchObject({ changes: 0 });
    await rm(folder, { recursive: true, force: true });
  }, 600_000);
});

describe('the commands export and import', () => {
  it('take a conversation along, which goes on where it is taken in', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sensegraph-talk-'));
    const [from, to, file] = [join(folder, 'from'), join(folder, 'to'), join(folder, 'talk.jsonl')];
    const json = async <T = Asked>(...args: readonly string[]): Promise<T> => {
      const { code, stdout, stderr } = await run(...args, '--json');
      expect([args[0], code, stderr]).toEqual([args[0], 0, expect.anything()]);
      return JSON.parse(stdout) as T;
    };
    await json('ingest', join(packageRoot, 'examples/texts/thomas-miller.md'), '--data', from);
    const asked = await json('ask', 'Where did he grow roses?', '--new-conversation', '--data', from);
    expect(asked.clarification?.reason).toBe('NO_REFERENT');
    const talk = asked.turn.conversation;
    const miller = asked.clarification?.candidates.find(({ caption }) => caption === 'Thomas Miller')?.id ?? '';
    const alone = await run('ask', '--candidate', miller, '--data', from);
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('--conversation')]);
    const replied = await json('ask', '--candidate', miller, '--conversation', talk, '--data', from);
    expect(replied.turn).toMatchObject({ number: 2, understoodAs: 'Where did Thomas Miller grow roses?' });
    expect(await json('export', file, '--answers', '--data', from)).toMatchObject({ conversations: 1 });

    const broken = join(folder, 'broken.jsonl');
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const at = lines.findIndex((line) => line.startsWith('{"conversation"'));
    await writeFile(broken, lines.with(at, (lines[at] ?? '').replace('"number":2', '"number":5')).join('\n'));
    const refused = await run('import', broken, '--dry-run', '--data', to);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining(`${broken}:${at + 1}: conversation.turns`),
    ]);

    expect(await json('import', file, '--dry-run', '--data', to)).toMatchObject({ state: 'CHECKED', conversations: 1 });
    expect(await json('import', file, '--data', to)).toMatchObject({ state: 'DONE', assets: 1, conversations: 1 });
    const again = await run('import', file, '--data', to);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('0 new conversations')]);
    const further = await json('ask', 'Where was he born?', '--conversation', talk, '--data', to);
    expect(further.turn).toMatchObject({ number: 3, understoodAs: 'Where was Thomas Miller born?' });
    expect(further.answer).toContain('Westbrook');
    // It has gone on here, and stays so.
    expect(await json('import', file, '--data', to)).toMatchObject({ known: 1, conversations: 0 });
    expect(await json('graph', 'rebuild', '--data', to)).toMatchObject({ changes: 0 });
    await rm(folder, { recursive: true, force: true });
  }, 600_000);

  it('work on an empty directory, and say what a wrong call or file was', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sensegraph-commands-'));
    const data = join(folder, 'data');
    const file = join(folder, 'none.jsonl');
    expect((await run('export', file, '--data', data)).code).toBe(0);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((text) => Object.keys(JSON.parse(text) as object)[0])).toEqual(['header', 'end']);
    await writeFile(join(folder, 'cut.jsonl'), `${lines[0] ?? ''}\n`);
    const cut = await run('import', join(folder, 'cut.jsonl'), '--data', data);
    expect([cut.code, cut.stderr.includes('ends early')]).toEqual([1, true]);
    const wrong = await run('export', file, '--format', 'xml', '--data', data);
    expect([wrong.code, wrong.stderr.includes('neo4j-admin')]).toEqual([2, true]);
    const checked = await run('import', file, '--dry-run', '--data', data);
    expect([checked.code, checked.stdout.includes('is whole: 0 assets')]).toEqual([0, true]);
    const admin = await run('export', join(folder, 'csv'), '--format', 'neo4j-admin', '--data', data);
    expect([admin.code, admin.stdout.includes('neo4j-admin database import full')]).toEqual([0, true]);
    await access(join(folder, 'csv', 'Entity.csv'));
    await rm(folder, { recursive: true, force: true });
  }, 400_000);
});
