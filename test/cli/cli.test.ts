import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config.ts';
import { run, serve, start } from '../e2e/process.ts';

let folder: string;
let data: string;
let files: string;
const example = (path: string) => join(packageRoot, 'examples', path);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-cli-'));
  [data, files] = [join(folder, 'data'), join(folder, 'files')];
  await mkdir(files);
  for (const name of ['samuel-reed.md', 'thomas-miller.md', 'welcome.md'])
    await copyFile(example(`texts/${name}`), join(files, name));
  await copyFile(example('recordings/lifeboat-hope.ogg'), join(files, 'lifeboat-hope.ogg'));
  await writeFile(join(files, 'empty.txt'), '');
  await writeFile(join(files, 'words.png'), 'these are words');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('help', () => {
  it.each([
    [[]],
    [['--help']],
    [['serve', '--help']],
    [['ingest', '-h']],
    [['ask', '--help']],
    [['models', 'list', '--help']],
    [['eval', 'retrieval', '--help']],
    [['doctor', '--help']],
    [['graph', 'rebuild', '--help']],
    [['graph', 'analyse', '--help']],
    [['export', '--help']],
    [['import', '--help']],
    [['worker', '--help']],
    [['tenants', 'add', '--help']],
    [['tenants', 'revoke', '--help']],
    [['demo', '--help']],
    [['conversations', 'fork', '--help']],
    [['paths', '--help']],
  ])('%j', async (args) => {
    const { code, stdout } = await run(...args);
    expect(code).toBe(0);
    expect(stdout).toContain('USAGE');
  });

  it('says that a command is not known, and exits with 2', async () => {
    const { code, stderr } = await run('frobnicate');
    expect(code).toBe(2);
    expect(stderr).toContain('frobnicate');
  });
});

describe('tenants', () => {
  it('are made with a token each, listed, and removed without a trace', async () => {
    const of = ['--data', join(folder, 'shared'), '--json'];
    const [first, second] = [await run('tenants', 'add', 'acme', ...of), await run('tenants', 'add', 'acme', ...of)];
    const made = [first, second].map(({ stdout }) => JSON.parse(stdout) as { token: string; isNew: boolean });
    expect(made.map(({ isNew }) => isNew)).toEqual([true, false]);
    expect(made[0]?.token).not.toBe(made[1]?.token);
    expect(JSON.parse((await run('tenants', 'list', ...of)).stdout)).toMatchObject([
      { name: 'acme', tokens: 2 },
      { name: 'default', tokens: 0 },
    ]);
    expect(JSON.parse((await run('tenants', 'revoke', 'acme', ...of)).stdout)).toEqual({ tenant: 'acme', revoked: 2 });
    expect((await run('tenants', 'add', '../acme', ...of)).code).toBe(2);
    expect((await run('tenants', 'remove', 'acme', ...of)).code).toBe(2);
    const removed = await run('tenants', 'remove', 'acme', '--yes', ...of);
    expect(JSON.parse(removed.stdout)).toEqual({ tenant: 'acme', isDeleted: true, traces: [] });
    const gone = await run('verify', 'Answer:1', '--tenant', 'acme', ...of);
    expect(gone.code).toBe(2);
    expect(gone.stderr).toContain('sensegraph tenants add acme');
  });
});

describe('ingest and ask', () => {
  it('abstain cleanly on an empty data directory', async () => {
    const { code, stdout } = await run('ask', 'Who built the pier?', '--data', join(folder, 'empty'), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      question: 'Who built the pier?',
      answer: null,
      abstained: true,
      confidence: 0,
    });
  });

  it('take what is good, name what is not, and know it all the second time', async () => {
    const first = await run('ingest', files, '--data', data);
    expect(first.code).toBe(1);
    expect(first.stderr).toContain('empty.txt: EMPTY');
    expect(first.stderr).toContain('words.png: TYPE_MISMATCH');
    expect(first.stdout).toContain('4 ingested, 0 known already, 2 failed');
    const again = await run('ingest', files, '--data', data, '--json');
    const report = JSON.parse(again.stdout) as {
      items: { status: string; errors: { code: string }[] }[];
      jobs: string[];
    };
    expect(report.jobs).toEqual([]);
    expect(report.items.map((item) => item.status).toSorted()).toEqual([
      'failed',
      'failed',
      'known',
      'known',
      'known',
      'known',
    ]);
  });

  it('refuse a path that is not there', async () => {
    expect(await run('ingest', join(folder, 'nowhere'), '--data', data)).toMatchObject({ code: 2 });
  });

  it('give the answer, its steps with evidence and its paths as JSON', async () => {
    const { code, stdout } = await run(
      'ask',
      'In which street did the first captain of the lifeboat Hope live?',
      '--data',
      data,
      '--json',
    );
    expect(code).toBe(0);
    const answer = JSON.parse(stdout) as {
      answer: string;
      confidence: number;
      steps: { kind: string; text: string; evidence: { quote: string; locator: { type: string } }[] }[];
      paths: { score: number; hops: { predicate: string }[] }[];
    };
    expect(answer.answer).toBe('Chapel Lane');
    expect(answer.confidence).toBeGreaterThan(0.3);
    expect(answer.steps.map((step) => step.kind)).toEqual(['DESCRIBE', 'KEY_ELEMENTS', 'RELATE', 'ANSWER']);
    expect(answer.steps.at(-1)?.evidence.map((evidence) => evidence.locator.type)).toEqual(
      expect.arrayContaining(['TextSpan', 'TimeSpan']),
    );
    expect(answer.paths[0]?.hops.length).toBeGreaterThanOrEqual(3);
  });

  it('print the same for a person', async () => {
    const { stdout } = await run('ask', 'When was Gull Harbour Museum opened?', '--data', data);
    for (const heading of ['1. Describe', '2. Key elements', '3. Relate', '4. Answer', 'Answer: '])
      expect(stdout).toContain(heading);
  });

  it('explore: paths with the sentence of each hop, communities and questions to go on with', async () => {
    const here = ['--data', data, '--json'];
    const [paths, communities, questions] = [
      await run('paths', 'Thomas Miller', 'Westbrook', ...here),
      await run('communities', ...here),
      await run('questions', 'Thomas Miller', ...here),
    ];
    const [path] = JSON.parse(paths.stdout) as { hops: { predicate: string; evidence: { quote: string }[] }[] }[];
    expect(path?.hops.map(({ predicate }) => predicate)).toEqual(['born in']);
    expect(path?.hops[0]?.evidence[0]?.quote).toContain('born in Westbrook');
    const [largest] = JSON.parse(communities.stdout) as { size: number; claims: { evidence: unknown[] }[] }[];
    expect(largest?.size).toBeGreaterThan(2);
    expect(largest?.claims[0]?.evidence).toHaveLength(1);
    const [next] = JSON.parse(questions.stdout) as { question: string; evidence: unknown[] }[];
    expect(next?.question).toMatch(/Thomas Miller/);
    expect(next?.evidence.length).toBeGreaterThan(0);
    const none = await run('paths', 'Thomas Miller', 'Westbrook', '--hops', '9', ...here);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('1 to 6')]);
  });

  it('list, read, fork and delete conversations', async () => {
    const here = ['--data', data, '--json'];
    const json = async (...args: string[]) => JSON.parse((await run(...args, ...here)).stdout) as never;
    await run('ask', 'Where was Thomas Miller born?', '--new-conversation', ...here);
    const [{ id }]: [{ id: string }] = await json('conversations', 'list');
    await run('ask', 'When was he born?', '--conversation', id, ...here);
    const turns: { id: string; understoodAs: string; answer: string }[] = await json('conversations', 'show', id);
    expect(turns.map(({ understoodAs }) => understoodAs)).toEqual([
      'Where was Thomas Miller born?',
      'When was Thomas Miller born?',
    ]);
    expect(turns[0]?.answer).toContain('Westbrook');
    const fork: { id: string; turns: number } = await json('conversations', 'fork', id, turns[0]?.id ?? '');
    expect(fork.turns).toBe(1);
    expect(await json('conversations', 'delete', id)).toMatchObject({ turns: 2, answers: 1 });
    const again = await run('conversations', 'delete', id, ...here);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('NOT_FOUND')]);
    expect(await json('conversations', 'show', fork.id)).toMatchObject([{ answer: turns[0]?.answer }]);
  });

  it('delete an asset, and say when it is not there', async () => {
    const { items } = JSON.parse((await run('ingest', join(files, 'welcome.md'), '--data', data, '--json')).stdout) as {
      items: { asset: string }[];
    };
    const id = items[0]?.asset ?? '';
    expect(JSON.parse((await run('delete', id, '--data', data, '--json')).stdout)).toMatchObject({ asset: id });
    const again = await run('delete', id, '--data', data);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('NOT_FOUND');
  });
});

describe('a data directory', () => {
  it('belongs to one process, and the other is told which', async () => {
    const server = await serve(data);
    const { code, stderr } = await run('ask', 'Who?', '--data', data);
    expect(code).toBe(1);
    expect(stderr).toContain('DATA_DIR_LOCKED');
    expect(stderr).toContain(String(server.child.pid));
    await server.stop();
    expect((await run('doctor', '--data', data, '--json')).code).toBe(0);
  });

  it('keeps the rest of an ingest that was stopped, and the next command goes on with it', async () => {
    const many = join(folder, 'many');
    await mkdir(many);
    for (let i = 0; i < 300; i++)
      await writeFile(
        join(many, `note-${i}.txt`),
        `Note ${i}: Anna Berg saw ship number ${i} at Port Alder in ${1700 + i}.`.repeat(3),
      );
    const child = start(['ingest', many, '--data', join(folder, 'stopped')]);
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (/\] (?:6|7|8|9|1\d)\d*\//.test(stderr)) child.kill('SIGINT');
    });
    await once(child, 'close');
    expect(stdout).toContain('Stopped. The rest is queued');
    const { items } = JSON.parse((await run('ingest', many, '--data', join(folder, 'stopped'), '--json')).stdout) as {
      items: { status: string }[];
    };
    expect(items.every((item) => item.status === 'known' || item.status === 'ingested')).toBe(true);
    const doctor = JSON.parse((await run('doctor', '--data', join(folder, 'stopped'), '--json')).stdout) as {
      ok: boolean;
      checks: { name: string; detail: string }[];
    };
    expect(doctor.ok).toBe(true);
    expect(doctor.checks.find(({ name }) => name === 'data directory')?.detail).toContain('300 assets');
  });
});

describe('serve', () => {
  it('says that its port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const { code, stderr } = await run('serve', '--port', port, '--data', join(folder, 'taken'));
    expect(code).toBe(2);
    expect(stderr).toContain(`Port ${port} is taken`);
    holder.close();
  });
});

describe('models', () => {
  it('are listed and verified as JSON', async () => {
    const list = JSON.parse((await run('models', 'list', '--json')).stdout) as { id: string; licence: string }[];
    expect(list.map((model) => model.id)).toContain('whisper-tiny.en');
    expect(JSON.parse((await run('models', 'verify', '--json')).stdout)).toMatchObject({ ok: true });
  });
});

describe('eval retrieval', () => {
  it('prints one JSON object of the agreed shape, and names what it could not measure', async () => {
    const corpus = [
      'The bell was cast by Thomas Miller.',
      'Thomas Miller was born in Westbrook.',
      'Bread is baked at dawn.',
      'Green Island lies in the bay.',
      'The ferry leaves at noon.',
      'Cats sleep in the net loft.',
      'The storm broke the pier.',
      'Anna Berg painted boats.',
    ].map((text, i) => ({ id: `p${i}`, title: `Page ${i}`, text }));
    const questions = [
      {
        id: 'q0',
        task: 'multihop_qa',
        source: 'made',
        question: 'Where was the man who cast the bell born?',
        supporting_passages: ['p0', 'p1'],
      },
      { id: 'q1', task: 'multihop_qa', source: 'made', question: 'What broke the pier?', supporting_passages: ['p6'] },
      { id: 'q2', task: 'table_qa', source: 'tables', question: 'How many?' },
    ];
    const [corpusFile, manifest] = [join(folder, 'corpus.jsonl'), join(folder, 'questions.jsonl')];
    await writeFile(corpusFile, corpus.map((line) => JSON.stringify(line)).join('\n'));
    await writeFile(manifest, questions.map((line) => JSON.stringify(line)).join('\n'));
    const { code, stdout } = await run('eval', 'retrieval', '--corpus', corpusFile, '--manifest', manifest, '--json');
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as { sources: Record<string, Record<string, unknown>> };
    expect(report).toMatchObject({ eval: 'retrieval', recipe: 'default', seed: 0, index: { passages: 8 } });
    expect(report.sources['made']).toMatchObject({ n: 2, 'recall@5': 100 });
    expect(JSON.stringify(report.sources)).toContain('lines of another task');

    await writeFile(manifest, `${JSON.stringify(questions[0])}\nnot json`);
    const bad = await run('eval', 'retrieval', '--corpus', corpusFile, '--manifest', manifest, '--json');
    expect(bad).toMatchObject({ code: 2, stdout: '' });
    expect(bad.stderr).toContain('line 2');
  });
});

describe('demo', () => {
  it('ingests the collection, asks its three questions, gets them right, and ends', async () => {
    const { code, stdout } = await run('demo', '--exit', '--data', join(folder, 'demo'));
    expect(code).toBe(0);
    const expected = (JSON.parse(await readFile(example('questions.json'), 'utf8')) as { answer: string }[]).slice(
      0,
      3,
    );
    expect(stdout.match(/4\. Answer/g)).toHaveLength(3);
    expect([...stdout.matchAll(/^Answer: (.+?) {2}\(/gm)].map((match) => match[1])).toEqual(
      expected.map((question) => question.answer),
    );
  });
});
