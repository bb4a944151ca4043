import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FolderBlobStore } from '../../src/adapters/blob/folder.ts';
import { openNeo4jGraph, type Neo4jGraph } from '../../src/adapters/neo4j/open.ts';
import { openEmbeddedStores, type EmbeddedStores } from '../../src/adapters/pglite/open.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { openServerStores } from '../../src/adapters/postgres-server/open.ts';
import type { Answer, Evidence } from '../../src/domain.ts';
import type { WholeConversation } from '../../src/conversation.ts';
import { MOST_TURNS } from '../../src/ports/conversations.ts';
import { exportLedger } from '../../src/transfer/export-ledger.ts';
import { importLedger, type Imported, type ImportOptions } from '../../src/transfer/import-ledger.ts';
import type { NumberedLine } from '../../src/transfer/line-file.ts';
import type { Line } from '../../src/transfer/line.ts';
import { freshDatabase, realNeo4j } from '../servers.ts';
import { SMALL_SPACE } from './ledger.ts';
import { made, turn } from './small-conversations.ts';
import { fact, smallRecord } from './small-records.ts';
import { emptyLedger } from './sql-stores.ts';
import { syntheticRecord, TEXT_SPACE } from './synthetic.ts';

const NONE = { missing: 0, extra: 0, different: 0, examples: [] };
const BY = { by: 'test', answers: true };
const HERE: ImportOptions = { vectors: true, dryRun: false };

const access = await realNeo4j();
const database = access && (await freshDatabase(18));
let folder: string;
let blobs: FolderBlobStore;
/** Where the export comes from, and an empty ledger of the same kind. */
let [source, target]: [EmbeddedStores | undefined, EmbeddedStores | undefined] = [undefined, undefined];
let exported: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-transfer-'));
  blobs = new FolderBlobStore(join(folder, 'blobs'));
  source = await openEmbeddedStores({ dataDir: 'memory://', log: silentLog });
  target = await openEmbeddedStores({ dataDir: 'memory://', log: silentLog });
  await source.migration.serveText(TEXT_SPACE);
  await source.vectors.ensureSpace(SMALL_SPACE);
  const { ledger, conversations } = source;
  await ledger.commit([
    ...Array.from({ length: 70 }, (_, n) => syntheticRecord(n, { shared: 40 })),
    smallRecord({ number: 1, text: ['A. B.', 'C "D", é\n🙂.'], facts: [fact(0, 1), fact(1, 2, { segment: 1 })] }),
    // A lexicon's relations, one behind another, and one fact in two assets.
    smallRecord({
      number: 2,
      facts: [
        fact(1, 3),
        fact(3, 4, { type: 'IS_A', supported: false }),
        fact(4, 5, { type: 'IS_A', supported: false }),
      ],
    }),
    smallRecord({ number: 3, facts: [fact(0, 1, { sentence: 1 }), fact(6, 7), fact(8, 8)] }),
  ]);
  await conversations.start(made(1));
  for (const one of TURNS) await conversations.addTurn(one);
  await conversations.fork('Conversation:1', 'Turn:1-1', made(2));
  for (let n = 3; n <= 12; n++) await conversations.start(made(n));
  await ledger.mergeEntities('Entity:0', ['Entity:6']);
  const { items } = await ledger.mentionsOfEntity('Entity:1', { first: 1 });
  await ledger.splitEntity(
    'Entity:1',
    items.map(({ id }) => id),
  );
  await ledger.saveAnswer(ANSWER);
  await source.projector.project();
  exported = await linesOf(source);
});
afterAll(async () => {
  await source?.close();
  await target?.close();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const ANSWER: Answer = {
  id: 'Answer:1',
  question: 'Who met whom?',
  text: null,
  shortAnswer: null,
  confidence: 0.1,
  abstained: true,
  steps: [],
  paths: [],
  createdAt: '2026-01-02T03:04:05.000Z',
};

/** One answered and one asked back, about what is then merged, and about what is told nowhere. */
const TURNS = [
  turn(1, 1, ['Entity:6', 'Segment:1:0', 'Segment:none'], { answerId: ANSWER.id, assetId: 'Asset:1' }),
  turn(1, 2, ['Entity:1'], {
    understoodAs: null,
    clarification: {
      reason: 'SEVERAL_ENTITIES',
      text: 'Which?',
      phrase: 'one',
      start: 0,
      end: 3,
      question: 'one?',
      candidates: [
        { id: 'Entity:0', caption: 'Name 0', kind: 'NAME', evidence: evidence() },
        { id: 'Asset:1', caption: 'It', kind: 'TEXT', evidence: null },
      ],
    },
  }),
  turn(1, 3, [], {
    references: [{ phrase: 'he', id: null, name: 'Nobody' }],
    referents: [
      { id: null, name: 'ship', kind: 'CONCEPT', role: 'ANSWER', noun: 'ship', takesThe: true, pronoun: 'SHE' },
      { id: 'Asset:1', name: 'It', kind: 'TEXT', role: 'SHOWN' },
    ],
  }),
];

function evidence(): Evidence {
  const { asset, segments } = smallRecord({ number: 1, text: ['A. B.'], facts: [] });
  const [segment] = segments;
  if (!segment) throw new Error('A record has segments.');
  return { id: 'Evidence:1', segment, asset, locator: segment.locator, quote: 'A.', score: 0.5 };
}

interface Talk {
  readonly conversation: WholeConversation;
}

type Stores = Pick<EmbeddedStores, 'ledger' | 'conversations' | 'transfer' | 'vectors' | 'migration' | 'projector'>;

async function linesOf(stores: Stores, options: { vectors?: boolean } = {}): Promise<string[]> {
  const lines: string[] = [];
  await exportLedger({ ...stores, blobs }, async (line) => void lines.push(JSON.stringify(line)), {
    ...BY,
    vectors: options.vectors ?? true,
  });
  return lines;
}

async function* numbered(lines: readonly string[]): AsyncGenerator<NumberedLine> {
  for (const [i, text] of lines.entries()) yield { text, where: `file:${i + 1}` };
}

function take(lines: readonly string[], stores: Stores, options: Partial<ImportOptions> = {}): Promise<Imported> {
  return importLedger(numbered(lines), { ...stores, blobs }, { ...HERE, ...options });
}

/** What an export says, but for its date, the order in which a database keeps keys, and the last digit of a scale. */
function content(lines: readonly string[]): unknown[] {
  return lines.map((text) => {
    const line = JSON.parse(text) as Line;
    if ('header' in line) return { header: { ...line.header, createdAt: '' } };
    return 'sentences' in line ? { sentences: { ...line.sentences, scales: '' } } : line;
  });
}

async function emptyTarget(): Promise<EmbeddedStores> {
  if (!target) throw new Error('The stores are not open.');
  await emptyLedger(target.admin);
  for (const { name } of await target.admin.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^vectors_[0-9]+(_tail)?$'`,
  ))
    await target.admin.exec(`DROP TABLE ${name}`);
  await target.admin.exec('TRUNCATE space, reencoded');
  return target;
}

describe('an export', () => {
  it('holds all of the ledger, each line of one kind, with what it names told before', () => {
    const kinds = new Map(Map.groupBy(exported, (text) => Object.keys(JSON.parse(text) as object)[0]));
    expect(exported[0]).toContain('"header"');
    expect(kinds.get('asset')).toHaveLength(73);
    expect(kinds.get('merge')).toHaveLength(1);
    expect(kinds.get('conversation')).toHaveLength(12);
    expect(kinds.get('answer')?.map((text): unknown => JSON.parse(text))).toEqual([{ answer: ANSWER }]);
    expect(JSON.parse(exported.at(-1) ?? '')).toEqual({
      end: { assets: 73, merges: 1, answers: 1, conversations: 12 },
    });
  });

  it('is imported into an empty ledger, which then is the same, and so is its graph', async () => {
    const stores = await emptyTarget();
    expect(await take(exported, stores)).toEqual({ assets: 73, known: 0, merges: 1, answers: 1, conversations: 12 });
    expect(content(await linesOf(stores))).toEqual(content(exported));
    expect(await stores.ledger.counts()).toEqual(await source?.ledger.counts());
    const audit = await stores.audit.compare();
    expect(audit).toEqual(await source?.audit.compare());
    expect(audit.differences).toEqual(NONE);
    const ids = ['Entity:0', 'Entity:1', 'Entity:5'];
    expect(await stores.graph.nodes(ids)).toEqual(await source?.graph.nodes(ids));
    // What is derived is made anew: names are found, words too.
    expect(await stores.ledger.entitiesByName(['ada lovelace'])).toEqual(
      await source?.ledger.entitiesByName(['ada lovelace']),
    );
    const found = async (ledger: EmbeddedStores['ledger'] | undefined): Promise<unknown> =>
      (await ledger?.searchText('bacor', 10))?.map((hit) => hit.segmentId);
    expect(await found(stores.ledger)).toEqual(await found(source?.ledger));
  });

  it('imported again changes nothing, and goes on where it was cut off', async () => {
    const stores = await emptyTarget();
    const half = exported.slice(0, Math.floor(exported.length / 2));
    await expect(take(half, stores)).rejects.toMatchObject({
      code: 'CORRUPT',
      message: expect.stringContaining('ends early'),
    });
    const { assets } = await stores.ledger.counts();
    expect(assets).toBeGreaterThan(10);
    expect(await take(exported, stores)).toMatchObject({ assets: 73, known: assets });
    const before = await linesOf(stores);
    expect(await take(exported, stores)).toEqual({ assets: 73, known: 73, merges: 0, answers: 1, conversations: 0 });
    expect(content(await linesOf(stores))).toEqual(content(before));
    expect(content(before)).toEqual(content(exported));
    expect((await stores.audit.compare()).differences).toEqual(NONE);
  });

  it('joins what is there already, as ingest does', async () => {
    const stores = await emptyTarget();
    await stores.migration.serveText(TEXT_SPACE);
    await stores.vectors.ensureSpace(SMALL_SPACE);
    await stores.ledger.commit([smallRecord({ number: 9, facts: [fact(0, 1), fact(1, 2)] })]);
    await take(exported, stores);
    expect((await stores.ledger.counts()).assets).toBe(74);
    const [ada] = await stores.ledger.entitiesById(['Entity:0']);
    expect(ada?.aliases).toContain('Name 6');
    expect((await stores.audit.compare()).differences).toEqual(NONE);
  });

  it('is checked without writing', async () => {
    const stores = await emptyTarget();
    expect(await take(exported, stores, { dryRun: true })).toMatchObject({
      assets: 73,
      known: 0,
      conversations: 12,
    });
    expect((await stores.ledger.counts()).assets).toBe(0);
    expect(await stores.conversations.conversation('Conversation:1')).toBeNull();
    expect(await stores.vectors.spaces()).toEqual([]);
  });

  it.each([
    ['no JSON', 5, '{"asset":', 'it is not JSON'],
    ['an unknown kind', 5, '{"planet":{}}', 'an object of one key'],
    ['a field of another type', 1, '{"asset":{"id":7}}', 'asset.id'],
    [
      'a further field',
      1,
      '{"entity":{"id":"Entity:1","kind":"NAME","name":"N","aliases":[],"colour":"red"}}',
      'entity',
    ],
    [
      'a part without its asset',
      1,
      '{"entity":{"id":"Entity:1","kind":"NAME","name":"N","aliases":[]}}',
      'an asset must come before',
    ],
    ['a second header', 1, '', 'second header'],
    ['a vector of another length', 0, '', '384 numbers'],
  ])('with %s is refused, naming the line', async (name, at, line, message) => {
    const lines = [...exported];
    if (name === 'a second header') lines.splice(at, 0, lines[0] ?? '');
    else if (name.startsWith('a vector')) {
      const i = lines.findIndex((text) => text.startsWith('{"vector":{"space":"text"'));
      lines[i] = (lines[i] ?? '').replace(/"values":"[^"]*"/, '"values":"AAAAAA=="');
      at = i;
    } else lines.splice(at, 0, line);
    const refused = take(lines, await emptyTarget(), { dryRun: true });
    await expect(refused).rejects.toThrow(`file:${at + 1}: `);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('that another model embedded is refused with what to do, or taken without vectors', async () => {
    const stores = await emptyTarget();
    await stores.migration.serveText({ ...TEXT_SPACE, version: '2' });
    await expect(take(exported, stores)).rejects.toThrow('sensegraph models migrate --to synthetic');
    expect((await stores.ledger.counts()).assets).toBe(0);
    expect(await take(exported, stores, { vectors: false })).toMatchObject({ assets: 73, known: 0 });
    expect(await stores.vectors.count('text')).toBe(0);
    expect((await stores.audit.compare()).differences).toEqual(NONE);
    expect(content(await linesOf(stores, { vectors: false }))).toEqual(
      content(source ? await linesOf(source, { vectors: false }) : []),
    );
  });

  it('stops when asked', async () => {
    const signal = AbortSignal.abort();
    const stores = await emptyTarget();
    await expect(take(exported, stores, { signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    const writing = source && exportLedger({ ...source, blobs }, async () => {}, { ...BY, vectors: true, signal });
    await expect(writing).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('the conversations of an export', () => {
  const at = (): number => exported.findIndex((text) => text.startsWith('{"conversation":{"id":"Conversation:1"'));
  const version1 = (): string[] =>
    exported
      .filter((text) => !text.startsWith('{"conversation"'))
      .map((text) => text.replace('"version":2', '"version":1').replace(/,"conversations":\d+/, ''));

  it('are left out with the answers, which tell what was asked as well', async () => {
    const lines: string[] = [];
    const write = async (line: object): Promise<void> => void lines.push(JSON.stringify(line));
    if (source) await exportLedger({ ...source, blobs }, write, { by: 'test', answers: false, vectors: false });
    expect(lines.some((text) => text.includes('Question 1?'))).toBe(false);
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ end: { assets: 73, merges: 1, answers: 0, conversations: 0 } });
    expect(await take(lines, await emptyTarget())).toMatchObject({ assets: 73, conversations: 0 });
  });

  it('are not in version 1, which is taken as it is', async () => {
    const stores = await emptyTarget();
    expect(await take(version1(), stores)).toMatchObject({ assets: 73, answers: 1, conversations: 0 });
    expect(await stores.conversations.conversation('Conversation:1')).toBeNull();
    const mixed = version1().toSpliced(-1, 0, exported[at()] ?? '');
    const refused = take(mixed, await emptyTarget(), { dryRun: true });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('version 1') });
    const uncounted = version1().map((text) => text.replace('"version":1', '"version":2'));
    await expect(take(uncounted, await emptyTarget(), { dryRun: true })).rejects.toThrow('end.conversations');
    const fewer = exported.toSpliced(at(), 1);
    await expect(take(fewer, await emptyTarget(), { dryRun: true })).rejects.toMatchObject({ code: 'CORRUPT' });
  });

  it.each([
    ['of another conversation', '"conversationId":"Conversation:1"', '"conversationId":"Conversation:7"', 'turns.0'],
    ['out of order', '"number":2', '"number":3', 'turns.1.number: turns are numbered from 1 without gaps'],
    ['of one id', '"id":"Turn:1-2"', '"id":"Turn:1-1"', 'turns.1.id: the turn is there twice'],
    ['without the label in its id', '"id":"Turn:1-2"', '"id":"1-2"', 'turns.1.id'],
    ['with a further field', '"question":"Question 1?"', '"question":"Question 1?","mood":"glad"', 'turns.0'],
    ['about a turn', '"about":["Entity:0"', '"about":["Turn:1-1"', 'turns.0.about.0: it is no id of an entity'],
    ['asked back with what is no evidence', '"quote":"A."', '"quote":7', 'clarification.candidates.0.evidence.quote'],
  ])('with a turn %s are refused, naming the line', async (_, from, to, message) => {
    const lines = [...exported];
    const line = lines[at()] ?? '';
    expect(line).toContain(from);
    lines[at()] = line.replace(from, to);
    const refused = take(lines, await emptyTarget(), { dryRun: true });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(refused).rejects.toThrow(`file:${at() + 1}: conversation`);
    await expect(refused).rejects.toThrow(message);
  });

  it('with a turn that is another’s here are refused, naming the line; those before it are in', async () => {
    const stores = await emptyTarget();
    await take(version1(), stores);
    const idOf = (line: number): string => (JSON.parse(exported[line] ?? '') as Talk).conversation.id;
    await stores.transfer.addConversations([(JSON.parse(exported[at()] ?? '') as Talk).conversation]);
    const other = (exported[at()] ?? '').replaceAll('"Conversation:1"', '"Conversation:99"');
    await expect(take(exported.with(at() + 2, other), stores)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(RegExp(`^file:${at() + 3}: A turn of Conversation:99`)),
    });
    expect(await stores.conversations.conversation(idOf(at() + 1))).not.toBeNull();
    expect(await stores.conversations.conversation('Conversation:99')).toBeNull();
    expect(await stores.conversations.conversation(idOf(at() + 3))).toBeNull();
    const { nodes } = await stores.graph.scan('', 10_000);
    expect(nodes.map(({ id }) => id)).toContain(idOf(at() + 1));
  });

  it('with more turns than one may have, or before what they are about, are refused, naming the line', async () => {
    const line = JSON.parse(exported[at()] ?? '') as Talk;
    const turns = Array.from({ length: MOST_TURNS + 1 }, (_, i) => ({
      ...line.conversation.turns[0],
      id: `Turn:${i}`,
      number: i + 1,
    }));
    const many = JSON.stringify({ conversation: { ...line.conversation, turns } });
    const refused = take(exported.with(at(), many), await emptyTarget(), { dryRun: true });
    await expect(refused).rejects.toThrow(`file:${at() + 1}: conversation.turns`);
    const late = take(exported.toSpliced(-1, 0, exported[1] ?? ''), await emptyTarget(), { dryRun: true });
    await expect(late).rejects.toThrow(`file:${exported.length}: conversations come last`);
  });
});

describe('bytes beside an export', () => {
  it('go with it, and must be what their names say', async () => {
    const [from, to] = [new FolderBlobStore(join(folder, 'from')), new FolderBlobStore(join(folder, 'to'))];
    const key = await from.put(new TextEncoder().encode('the bytes'));
    const stores = await emptyTarget();
    await stores.migration.serveText(TEXT_SPACE);
    const record = syntheticRecord(500);
    await stores.ledger.commit([{ ...record, asset: { ...record.asset, blobKey: key } }]);
    const lines: string[] = [];
    const bytes = join(folder, 'bytes');
    const write = async (line: object): Promise<void> => void lines.push(JSON.stringify(line));
    await exportLedger({ ...stores, blobs: from }, write, { ...BY, vectors: true, bytes });
    expect(await readdir(bytes)).toEqual([key]);
    const into = { ...(await emptyTarget()), blobs: to };
    await importLedger(numbered(lines), into, { ...HERE, bytes });
    expect(new TextDecoder().decode(await to.get(key))).toBe('the bytes');
    await to.remove(key);
    await emptyTarget();
    await writeFile(join(bytes, key), 'other bytes');
    await expect(importLedger(numbered(lines), into, { ...HERE, bytes })).rejects.toMatchObject({ code: 'CORRUPT' });
    expect((await into.ledger.counts()).assets).toBe(0);
    // Bytes of another asset under a wrong name stay that asset's.
    const others = await to.put(new TextEncoder().encode('other bytes'));
    await expect(importLedger(numbered(lines), into, { ...HERE, bytes })).rejects.toMatchObject({ code: 'CORRUPT' });
    expect(await to.has(others)).toBe(true);
    await rm(join(bytes, key));
    await expect(importLedger(numbered(lines), into, { ...HERE, bytes })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe.skipIf(!access || !database)('from one directory to servers and back', () => {
  const options = { url: '', user: '', password: '', ...access };
  const tenant = `test transfer ${process.pid}`;
  let other: Neo4jGraph;

  it('ledgers and graphs stay equal', async () => {
    other = await openNeo4jGraph({ ...options, tenant }, silentLog);
    const servers = await openServerStores({ url: database?.url ?? '', log: silentLog, graph: other });
    try {
      await take(exported, servers);
      const there = await linesOf(servers);
      expect(content(there)).toEqual(content(exported));
      const audit = await servers.audit.compare();
      expect(audit).toEqual(await source?.audit.compare());
      const back = await emptyTarget();
      await take(there, back);
      expect(content(await linesOf(back))).toEqual(content(exported));
      expect(await back.audit.compare()).toEqual(audit);
    } finally {
      const { nodes } = await other.graph.scan('', 10_000);
      await other.graph.apply(nodes.map(({ id }) => ({ op: 'deleteNode', id }) as const));
      await servers.close();
      await other.close();
    }
  });
});
