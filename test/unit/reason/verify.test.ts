import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Answer, Evidence, Hop, Reading } from '../../../src/domain.ts';
import { SensegraphError } from '../../../src/errors.ts';
import { verifyAnswer, type VerifyDeps } from '../../../src/reason/verify.ts';
import { evidenceAt } from '../../../src/retrieve/evidence.ts';
import { retrievalOf, text } from './made.ts';

const WORDS = 'The museum cat was found by Ellen Carew in 1987.';
const made = text('biscuit.txt', WORDS);
const [ranked] = retrievalOf('Who found the cat?', [made]).segments;
if (!ranked) throw new Error('nothing made');
const bytes = new TextEncoder().encode(WORDS);
const blobKey = createHash('sha256').update(bytes).digest('hex');
const asset = { ...ranked.asset, blobKey };
const { segment } = ranked;
const evidence: Evidence = { ...evidenceAt(ranked, 0), asset };
const reading = { id: 'Reading:1', segmentId: segment.id, text: 'ELLEN' } as Reading;
const hop: Hop = {
  fromId: 'Entity:1',
  fromCaption: 'cat',
  edgeId: 'Edge:1',
  predicate: 'found by',
  toId: 'Entity:2',
  toCaption: 'Ellen Carew',
  score: 1,
  evidence: [evidence],
} as unknown as Hop;
const edge = { id: 'Edge:1', from: 'Entity:1', to: 'Entity:2' };

/** Stores that hold all of it, but for what is given. */
function stores(
  changed: Partial<Record<'assets' | 'segments' | 'readings' | 'nodes' | 'edges', unknown[]>>,
  stored: Uint8Array | null = bytes,
): VerifyDeps {
  const has = {
    assets: [asset],
    segments: [segment],
    readings: [reading],
    nodes: [{ id: 'Entity:1' }, { id: 'Entity:2' }],
    edges: [edge],
    ...changed,
  };
  return {
    ledger: {
      assetsById: async () => has.assets,
      segmentsById: async () => has.segments,
      readingsOf: async () => new Map([[segment.id, has.readings]]),
    },
    graph: { nodes: async () => has.nodes, edges: async () => has.edges },
    blobs: {
      get: async () => {
        if (!stored) throw new SensegraphError('NOT_FOUND', 'gone');
        return stored;
      },
    },
    documents: { decodeDocx: async () => '', decodePdfPages: async () => new Map() },
  } as unknown as VerifyDeps;
}

function answerOf(own: Evidence, abstained = false): Answer {
  const claims = abstained ? [] : [{ text: 'Ellen Carew.', evidence: [own] }];
  return {
    id: 'Answer:1',
    question: 'Who found the cat?',
    text: 'Ellen Carew.',
    shortAnswer: 'Ellen Carew',
    confidence: 0.9,
    abstained,
    steps: [{ kind: 'ANSWER', text: '', claims }],
    paths: [{ id: 'Path:1', score: 1, summary: '', hops: [hop] }],
    createdAt: '',
  } as unknown as Answer;
}

async function problemsOf(deps: VerifyDeps, own: Evidence = evidence): Promise<[boolean, string[], string[]]> {
  const { verified, claims, paths } = await verifyAnswer(answerOf(own), deps);
  return [
    verified,
    claims.flatMap((claim) => claim.evidence.flatMap(({ problems }) => problems)),
    paths.flatMap(({ hops }) => hops.flatMap(({ problems }) => problems)),
  ];
}

describe('what an answer rests on, looked up again', () => {
  it('stands where all is as it was', async () => {
    expect(await problemsOf(stores({}))).toEqual([true, [], []]);
    expect(await problemsOf(stores({}), { ...evidence, reading })).toEqual([true, [], []]);
  });

  const read = { ...evidence, reading };
  const moved = { ...evidence, locator: { ...evidence.locator, start: 4, end: 10 } } as Evidence;
  it.each([
    ['the asset is gone', stores({ assets: [] }), evidence, ['ASSET_GONE'], ['ASSET_GONE']],
    ['the segment is gone', stores({ segments: [] }), evidence, ['SEGMENT_GONE'], ['SEGMENT_GONE']],
    ['the reading is gone', stores({ readings: [] }), read, ['READING_GONE'], []],
    [
      'the reading says another thing',
      stores({ readings: [{ ...reading, text: 'HELEN' }] }),
      read,
      ['READING_GONE'],
      [],
    ],
    [
      'the segment says another thing',
      stores({ segments: [{ ...segment, text: 'It rained.' }] }),
      evidence,
      ['QUOTE_CHANGED'],
      ['QUOTE_CHANGED'],
    ],
    ['the bytes are gone', stores({}, null), evidence, ['BYTES_LOST'], ['BYTES_LOST']],
    ['the bytes are others', stores({}, bytes.with(0, 65)), evidence, ['BYTES_LOST'], ['BYTES_LOST']],
    ['other words stand there', stores({}), moved, ['PLACE_WRONG'], []],
    ['a node is gone', stores({ nodes: [{ id: 'Entity:1' }] }), evidence, [], ['NODE_GONE']],
    ['the edge is gone', stores({ edges: [] }), evidence, [], ['EDGE_GONE']],
    ['the edge leads elsewhere', stores({ edges: [{ ...edge, to: 'Entity:3' }] }), evidence, [], ['EDGE_GONE']],
  ] as const)('falls where %s', async (_, deps, own, problems, ofHops) => {
    expect(await problemsOf(deps, own)).toEqual([false, problems, ofHops]);
  });

  it('is nothing of an answer that no claim bears, and of a refusal only its path', async () => {
    const bare = { ...answerOf(evidence), steps: [{ kind: 'ANSWER' as const, text: '', claims: [] }] };
    expect((await verifyAnswer(bare, stores({}))).verified).toBe(false);
    expect((await verifyAnswer(answerOf(evidence, true), stores({}))).verified).toBe(true);
    expect((await verifyAnswer(answerOf(evidence, true), stores({ edges: [] }))).verified).toBe(false);
  });
});
