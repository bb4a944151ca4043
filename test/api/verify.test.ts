import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entityNamed, ingestSample, startServing, type ApiClient, type Serving } from './serving.ts';

interface Verification {
  readonly verified: boolean;
  readonly claims: readonly {
    readonly step: string;
    readonly holds: boolean;
    readonly evidence: readonly {
      readonly holds: boolean;
      readonly problems: readonly string[];
      readonly evidence: { readonly asset: { readonly id: string } };
    }[];
  }[];
  readonly paths: readonly {
    readonly holds: boolean;
    readonly hops: readonly { readonly holds: boolean; readonly problems: readonly string[] }[];
  }[];
}

const FIELDS = `verified claims { step holds evidence { holds problems evidence { asset { id } } } } paths { holds hops { holds problems } }`;

let serving: Serving;
let api: ApiClient;
let miller: string;
let bells: string;
let cat: string;
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
  [miller, bells, cat] = await ingestSample(api);
});
afterAll(() => serving.close());

async function ask(question: string, asset?: string): Promise<string> {
  const { ask: asked } = await api.data<{ ask: { answer: { id: string; verification: { verified: boolean } } } }>(
    'mutation ($input: AskInput!) { ask(input: $input) { answer { id verification { verified } } } }',
    { input: { question, ...(asset ? { asset } : {}) } },
  );
  expect(asked.answer.verification.verified).toBe(true);
  return asked.answer.id;
}

async function verify(id: string): Promise<Verification> {
  const { verifyAnswer } = await api.data<{ verifyAnswer: Verification }>(
    `query ($id: ID!) { verifyAnswer(id: $id) { ${FIELDS} } }`,
    { id },
  );
  return verifyAnswer;
}

describe('verification', () => {
  test('a fresh answer stands whole, claim by claim and hop by hop', async () => {
    const { verified, claims, paths } = await verify(await ask('Where was the man who cast the lantern bell born?'));
    expect(verified).toBe(true);
    expect(new Set(claims.map(({ step }) => step))).toEqual(new Set(['DESCRIBE', 'KEY_ELEMENTS', 'RELATE', 'ANSWER']));
    expect(claims.every(({ holds, evidence }) => holds && evidence.length > 0)).toBe(true);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.flatMap(({ hops }) => hops).every(({ holds }) => holds)).toBe(true);
  });

  test('an unknown answer is an error that says so', async () => {
    const { errors } = await api.post('{ verifyAnswer(id: "Answer:none") { verified } }');
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test('merged into another, an entity that a path passes is gone from it; what was said still stands', async () => {
    const id = await ask('Where was the man who cast the lantern bell born?');
    const { verifyAnswer } = await api.data<{
      verifyAnswer: { paths: { hops: { hop: { from: { id: string }; to: { id: string } } }[] }[] };
    }>('query ($id: ID!) { verifyAnswer(id: $id) { paths { hops { hop { from { id } to { id } } } } } }', { id });
    const passed = verifyAnswer.paths.flatMap(({ hops }) => hops.flatMap(({ hop }) => [hop.from.id, hop.to.id]));
    const entity = passed.find((one) => one.startsWith('Entity:'));
    const other = await entityNamed(api, 'George Baker');
    const { mergeEntities } = await api.data<{ mergeEntities: { userErrors: unknown[] } }>(
      'mutation ($into: ID!, $from: [ID!]!) { mergeEntities(into: $into, from: $from) { userErrors { code } } }',
      { into: other.id, from: [entity] },
    );
    expect(mergeEntities.userErrors).toEqual([]);
    const { verified, claims, paths } = await verify(id);
    expect(paths.flatMap(({ hops }) => hops.flatMap(({ problems }) => problems))).toContain('NODE_GONE');
    expect(claims.every(({ holds }) => holds)).toBe(true);
    expect(verified).toBe(paths[0]?.holds);
  });

  test('a deleted asset takes exactly the claims that used it', async () => {
    const picture = await ask('What animal is in this picture?', cat);
    const born = await ask('Where was Thomas Miller born?');
    const before = await verify(born);
    const uses = (claim: Verification['claims'][number], asset: string) =>
      claim.evidence.some(({ evidence }) => evidence.asset.id === asset);
    expect(before.claims.some((claim) => uses(claim, bells))).toBe(true);
    await api.data('mutation ($id: ID!) { deleteAsset(id: $id) { userErrors { code } } }', { id: bells });
    const after = await verify(born);
    expect(after.verified).toBe(false);
    for (const claim of after.claims) expect(claim.holds).toBe(!uses(claim, bells));
    const gone = after.claims.flatMap(({ evidence }) => evidence).filter(({ evidence }) => evidence.asset.id === bells);
    expect(new Set(gone.flatMap(({ problems }) => problems))).toEqual(new Set(['ASSET_GONE']));
    const other = await verify(picture);
    expect(other.verified).toBe(!other.claims.some((claim) => uses(claim, bells)));
  });

  test('lost bytes are found out', async () => {
    const id = await ask('Who was Thomas Miller?');
    const { claims } = await verify(id);
    expect(claims.some(({ evidence }) => evidence.some(({ evidence: one }) => one.asset.id === miller))).toBe(true);
    const key = miller.replace('Asset:', '');
    await rm(join(serving.config.dataDir, 'blobs', key.slice(0, 2), key.slice(2, 4), key));
    const after = await verify(id);
    expect(after.verified).toBe(false);
    expect(after.claims.flatMap(({ evidence }) => evidence.flatMap(({ problems }) => problems))).toContain(
      'BYTES_LOST',
    );
  });
});
