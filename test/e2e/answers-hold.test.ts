import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Application } from '../../src/application.ts';
import type { Applications } from '../../src/applications.ts';
import { packageRoot, readConfig } from '../../src/config.ts';
import type { Answer, Evidence } from '../../src/domain.ts';
import { openApplications } from '../../src/main.ts';
import { writtenWorld } from '../fixtures/written-world.ts';

/** Questions of each property, drawn from those that the generated texts give rise to. */
const ASKED = 20;
/** Ends what hangs; by itself each takes a fraction of a minute. */
const TIMEOUT_MS = 600_000;
const SEED = 6;

let folder: string;
let applications: Applications;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-hold-'));
  applications = await openApplications(readConfig({ SENSEGRAPH_DATA: folder }));
}, TIMEOUT_MS);
afterAll(async () => {
  await applications.close();
  await rm(folder, { recursive: true, force: true });
});

/** The application of a new tenant that holds these texts; the assets' ids, in order. */
async function holding(tenant: string, texts: readonly string[]): Promise<[Application, string[]]> {
  await applications.tenants.add(tenant);
  const application = await applications.of(tenant);
  const { job, items } = await application.ingest(texts.map((text) => ({ text })));
  if (job) for await (const _ of application.jobProgress(job.id, new AbortController().signal));
  return [application, items.map(({ assetId }) => assetId ?? '')];
}

function drawn(questions: readonly string[], count: number): string[] {
  const [some = []] = fc.sample(fc.shuffledSubarray([...questions], { minLength: count, maxLength: count }), {
    numRuns: 1,
    seed: SEED,
  });
  return some;
}

/** All that an answer's steps and its first path, the one to the answer, rest on. */
function restsOn({ steps, paths }: Answer): Evidence[] {
  const claims = steps.flatMap((step) => step.claims.flatMap(({ evidence }) => evidence));
  return [...claims, ...(paths[0]?.hops.flatMap(({ evidence }) => evidence) ?? [])];
}

describe('answers over a generated graph of texts', { timeout: TIMEOUT_MS }, () => {
  test('each verifies when it is given: every claim, and every hop of every path', async () => {
    const { texts, questions } = writtenWorld(8, SEED);
    const [application] = await holding('fresh', texts);
    let answered = 0;
    let hops = 0;
    for (const question of drawn(questions, ASKED)) {
      const answer = await application.ask({ question, minConfidence: 0 });
      const { verified, claims, paths } = await application.verifyAnswer(answer.id);
      const broken = [
        ...claims.filter((claim) => !claim.holds).map(({ step, text }) => `${step}: ${text}`),
        ...paths.flatMap((path) => path.hops.flatMap(({ problems }) => problems)),
      ];
      expect(broken, question).toEqual([]);
      expect(verified, question).toBe(true);
      answered += answer.shortAnswer === null ? 0 : 1;
      hops += paths.flatMap((path) => path.hops).length;
    }
    // Nothing holds of nothing.
    expect(answered).toBeGreaterThan(ASKED / 2);
    expect(hops).toBeGreaterThan(ASKED);
  });

  test('a deleted asset un-verifies exactly the answers that used it', async () => {
    const { texts, questions } = writtenWorld(16, SEED + 1);
    const [application, assets] = await holding('deleting', texts);
    const answers: Answer[] = [];
    for (const question of drawn(questions, ASKED)) answers.push(await application.ask({ question, minConfidence: 0 }));
    const gone = new Set<string>();
    const left = () => answers.filter((answer) => restsOn(answer).every(({ asset }) => !gone.has(asset.id)));
    for (const [id = ''] of fc.sample(fc.shuffledSubarray(assets, { minLength: 1, maxLength: 1 }), {
      numRuns: 5,
      seed: SEED,
    })) {
      await application.deleteAsset(id);
      gone.add(id);
      const holding = new Set(left().map((answer) => answer.id));
      for (const answer of answers) {
        const { verified } = await application.verifyAnswer(answer.id);
        expect(verified, `${answer.question} after ${gone.size} deleted`).toBe(holding.has(answer.id));
      }
    }
    expect(left().length).toBeGreaterThan(0);
    expect(left().length).toBeLessThan(answers.length);
  });

  test('no answer cites what the asker may not see, though two tenants speak of the same', async () => {
    const { texts, questions } = writtenWorld(8, SEED + 2);
    // Every third text is held by both: their assets, segments and names have the same ids.
    const both = texts.filter((_, i) => i % 3 === 0);
    const tenants = await Promise.all(
      ['left', 'right'].map(async (tenant, side) => {
        const own = texts.filter((_, i) => i % 3 === side + 1);
        const [application, assets] = await holding(tenant, [...both, ...own]);
        return { application, assets: new Set(assets), own };
      }),
    );
    const cited = new Set<string>();
    for (const [i, question] of drawn(questions, ASKED / 2).entries()) {
      const [asker, other] = i % 2 === 0 ? tenants : tenants.toReversed();
      if (!asker || !other) throw new Error('There must be two tenants.');
      const answer = await asker.application.ask({ question, minConfidence: 0 });
      const evidence = [
        ...answer.steps.flatMap((step) => step.claims.flatMap((claim) => claim.evidence)),
        ...answer.paths.flatMap((path) => path.hops.flatMap((hop) => hop.evidence)),
      ];
      for (const { asset, segment } of evidence) {
        expect(asker.assets, question).toContain(asset.id);
        expect(asker.assets, question).toContain(segment.assetId);
        cited.add(asset.id);
      }
      const segments = [...new Set(evidence.map(({ segment }) => segment.id))];
      expect(await asker.application.segmentsById(segments)).toHaveLength(segments.length);
      const nodes = new Set(answer.paths.flatMap((path) => path.hops.flatMap(({ fromId, toId }) => [fromId, toId])));
      const entities = [...nodes].filter((id) => id.startsWith('Entity:'));
      expect(await asker.application.entitiesById(entities), question).toHaveLength(entities.length);
      for (const id of nodes) if (id.startsWith('Asset:')) expect(asker.assets).toContain(id);
      // Nor does it say what stands in the other's texts alone.
      const said = JSON.stringify(answer);
      const told = other.own.filter((text) => said.includes(text.slice(0, text.indexOf('. '))));
      expect(told, question).toEqual([]);
      expect(await other.application.answer(answer.id)).toBeNull();
      expect((await asker.application.verifyAnswer(answer.id)).verified, question).toBe(true);
    }
    // Both had something of their own to cite, which the other could have been given.
    for (const { assets } of tenants) expect([...cited].some((id) => !assets.has(id))).toBe(true);
  });

  test('so do answers from pictures, recordings, a document and texts, and each falls with what it used', async () => {
    const examples = join(packageRoot, 'examples');
    const files = (
      await Promise.all(
        ['images', 'recordings', 'documents', 'texts'].map(async (part) =>
          (await readdir(join(examples, part))).map((name) => `${part}/${name}`),
        ),
      )
    )
      .flat()
      .filter((name) => !name.endsWith('.json'));
    await applications.tenants.add('mixed');
    const application = await applications.of('mixed');
    const { job, items } = await application.ingest(
      await Promise.all(
        files.map(async (name) => ({ bytes: await readFile(join(examples, name)), fileName: basename(name) })),
      ),
    );
    if (job) for await (const _ of application.jobProgress(job.id, new AbortController().signal));
    const idOf = new Map(files.map((name, i) => [name, items[i]?.assetId ?? '']));
    const asked = JSON.parse(await readFile(join(examples, 'questions.json'), 'utf8')) as {
      question: string;
      asset?: string;
    }[];
    const about = [
      ...asked.map(({ question, asset }) => ({ question, assetId: asset === undefined ? undefined : idOf.get(asset) })),
      // What is in a document, and nothing but what an asset is.
      { question: 'How much does a ticket for the ferry to Green Island cost?', assetId: undefined },
      ...['images/flock.jpg', 'recordings/lantern-bell.wav', 'documents/guide.pdf'].map((name) => ({
        question: '',
        assetId: idOf.get(name),
      })),
    ];
    const answers: Answer[] = [];
    for (const { question, assetId } of about)
      answers.push(await application.ask({ question, minConfidence: 0, ...(assetId ? { assetId } : {}) }));
    const used = new Set(answers.flatMap((answer) => restsOn(answer).map(({ asset }) => asset.modality)));
    expect([...used].toSorted()).toEqual(['AUDIO', 'DOCUMENT', 'IMAGE', 'TEXT']);
    const gone = new Set<string>();
    const check = async () => {
      for (const answer of answers) {
        const holds = restsOn(answer).every(({ asset }) => !gone.has(asset.id));
        const { verified, paths } = await application.verifyAnswer(answer.id);
        expect(verified, `${answer.question} after ${gone.size} deleted`).toBe(holds);
        if (gone.size === 0)
          expect(
            paths.every((path) => path.holds),
            answer.question,
          ).toBe(true);
      }
    };
    await check();
    const some = fc.sample(fc.shuffledSubarray([...idOf.values()], { minLength: 6, maxLength: 6 }), {
      numRuns: 1,
      seed: SEED + 3,
    });
    for (const id of some.flat()) {
      await application.deleteAsset(id);
      gone.add(id);
      await check();
    }
    const left = answers.filter((answer) => restsOn(answer).every(({ asset }) => !gone.has(asset.id)));
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(answers.length);
  });
});
