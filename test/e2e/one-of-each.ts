import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { packageRoot } from '../../src/config.ts';
import { serve, type ServerProcess } from './process.ts';

const examples = join(packageRoot, 'examples');
const TEXTS = [
  'biscuit.md',
  'cats-of-the-quay.md',
  'thomas-miller.md',
  'george-baker.md',
  'bells.md',
  'great-storm.md',
];

interface Evidence {
  readonly quote: string;
  readonly asset: { readonly id: string; readonly modality: string };
  readonly locator: {
    readonly __typename: string;
    readonly x?: number;
    readonly y?: number;
    readonly width?: number;
    readonly height?: number;
    readonly start?: number;
    readonly end?: number;
    readonly startSeconds?: number;
    readonly endSeconds?: number;
  };
}
interface Asked {
  readonly ask: {
    readonly userErrors: unknown[];
    readonly answer: {
      readonly id: string;
      readonly shortAnswer: string;
      readonly confidence: number;
      readonly steps: { readonly kind: string; readonly claims: { readonly evidence: Evidence[] }[] }[];
      readonly paths: { readonly hops: { readonly evidence: Evidence[] }[] }[];
    };
  };
}
const ASK = `mutation ($input: AskInput!) { ask(input: $input) { userErrors { code } answer { id shortAnswer confidence
  steps { kind claims { text evidence { quote asset { id modality } locator { __typename
    ... on TextSpan { start end } ... on ImageRegion { x y width height } ... on TimeSpan { startSeconds endSeconds } } } } }
  paths { score hops { fromCaption predicate toCaption evidence { quote asset { id modality } locator { __typename } } } } } } }`;

/** One of each kind goes in and is asked about, on the stores that `environment` names: the same answers on all. */
export function oneOfEach(name: string, environment: () => NodeJS.ProcessEnv = () => ({})): void {
  let dataDir: string;
  let server: ServerProcess;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sensegraph-e2e-'));
    server = await serve(dataDir, [], environment());
  });
  afterAll(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function upload(path: string): Promise<string> {
    const bytes = await readFile(join(examples, path));
    const { createUpload } = await server.graphql<{ createUpload: { upload: { id: string; url: string } } }>(
      'mutation ($name: String!, $size: ByteCount!) { createUpload(fileName: $name, byteSize: $size) { upload { id url } userErrors { code } } }',
      { name: path.split('/').at(-1), size: bytes.length },
    );
    const put = await fetch(new URL(createUpload.upload.url, server.url), { method: 'PUT', body: bytes });
    expect(put.status).toBe(201);
    return createUpload.upload.id;
  }

  /** The states of a job as they come over WebSocket, until it ends. */
  async function follow(id: string): Promise<string[]> {
    const client = createClient({ url: server.url.replace('http', 'ws'), webSocketImpl: WebSocket });
    const states: string[] = [];
    for await (const { data } of client.iterate<{ jobProgress: { job: { state: string } } }>({
      query: 'subscription ($id: ID!) { jobProgress(id: $id) { job { state done total } } }',
      variables: { id },
    })) {
      if (data) states.push(data.jobProgress.job.state);
    }
    await client.dispose();
    return states;
  }

  describe(`one picture, one recording and some texts, from bytes to cited answers, on ${name}`, () => {
    let picture: string;
    let recording: string;

    it('go in by upload and inline, with their job followed over WebSocket', async () => {
      const uploads = [await upload('images/museum-cat.jpg'), await upload('recordings/lantern-bell.wav')];
      const texts = await Promise.all(TEXTS.map((name) => readFile(join(examples, 'texts', name), 'utf8')));
      const { ingest } = await server.graphql<{
        ingest: { job: { id: string }; items: { assetId: string; userErrors: unknown[] }[] };
      }>(
        'mutation ($items: [IngestItemInput!]!) { ingest(items: $items) { job { id } items { assetId duplicate userErrors { code message } } } }',
        { items: [...uploads.map((uploadId) => ({ uploadId })), ...texts.map((text) => ({ text }))] },
      );
      expect(ingest.items.flatMap((item) => item.userErrors)).toEqual([]);
      [picture, recording] = [ingest.items[0]?.assetId ?? '', ingest.items[1]?.assetId ?? ''];
      const states = await follow(ingest.job.id);
      expect(states.at(-1)).toBe('COMPLETED');
      const { job } = await server.graphql<{ job: { done: number; failed: number } }>(
        'query ($id: ID!) { job(id: $id) { done failed } }',
        { id: ingest.job.id },
      );
      expect(job).toEqual({ done: TEXTS.length + 2, failed: 0 });
    });

    it('are read: the picture shows a cat, the recording names Thomas Miller', async () => {
      const READ =
        'query ($id: ID!) { asset(id: $id) { width height durationSeconds segments { nodes { kind text readings { kind text score model } mentions { method entity { name kind } } locator { __typename ... on TimeSpan { startSeconds endSeconds } } } } } }';
      type Read = {
        asset: {
          durationSeconds: number;
          segments: {
            nodes: {
              kind: string;
              text: string;
              readings: { kind: string; text: string; model: string }[];
              mentions: { method: string; entity: { name: string } }[];
              locator: { endSeconds?: number };
            }[];
          };
        };
      };
      const seen = (await server.graphql<Read>(READ, { id: picture })).asset.segments.nodes[0];
      expect(seen?.kind).toBe('IMAGE');
      expect(seen?.readings).toContainEqual(
        expect.objectContaining({ kind: 'LABEL', text: 'Egyptian cat', model: 'efficientnet-lite2' }),
      );
      expect(seen?.readings).toContainEqual(expect.objectContaining({ kind: 'LABEL', text: 'cat', model: 'coco-ssd' }));
      expect(seen?.mentions.find((mention) => mention.entity.name === 'egyptian cat')?.method).toBe('DEPICTED');
      const { asset } = await server.graphql<Read>(READ, { id: recording });
      const said = asset.segments.nodes;
      expect(said.map((segment) => segment.text).join(' ')).toContain('cast by Thomas Miller');
      expect(
        said.flatMap((segment) => segment.mentions).find((mention) => mention.entity.name === 'Thomas Miller')?.method,
      ).toBe('HEARD');
      for (const segment of said) expect(segment.locator.endSeconds).toBeLessThanOrEqual(asset.durationSeconds);
    });

    it('answer a question about the picture from a text, citing both', async () => {
      const { ask } = await server.graphql<Asked>(ASK, {
        input: { question: 'Who found the cat in this picture?', asset: picture },
      });
      expect(ask.answer.shortAnswer).toBe('Ada Penrose');
      const cited = ask.answer.steps.flatMap((step) => step.claims.flatMap((claim) => claim.evidence));
      const box = cited.find((evidence) => evidence.asset.id === picture)?.locator;
      expect(box?.__typename).toBe('ImageRegion');
      expect(
        cited.some((evidence) => evidence.asset.modality === 'TEXT' && evidence.quote.includes('found by Ada Penrose')),
      ).toBe(true);
    });

    it('answer a question that needs the recording and a text, citing the second and the sentence', async () => {
      const { ask } = await server.graphql<Asked>(ASK, {
        input: { question: 'Where was the man who cast the lantern bell born?' },
      });
      expect(ask.answer.shortAnswer).toBe('Westbrook');
      expect(ask.answer.steps.map((step) => step.kind)).toEqual(['DESCRIBE', 'KEY_ELEMENTS', 'RELATE', 'ANSWER']);
      const claimed = ask.answer.steps.at(-1)?.claims.flatMap((claim) => claim.evidence) ?? [];
      expect(claimed.find((evidence) => evidence.asset.id === recording)?.locator.__typename).toBe('TimeSpan');
      const born = claimed.find((evidence) => evidence.quote.includes('born in Westbrook'));
      const text = await (
        await fetch(new URL(`/assets/${encodeURIComponent(born?.asset.id ?? '')}/bytes`, server.url))
      ).text();
      expect(text.slice(born?.locator.start, born?.locator.end)).toBe(born?.quote);
      // The best path goes from the question's words over the recording and the man to the text.
      const along = ask.answer.paths[0]?.hops.flatMap((hop) => hop.evidence.map((evidence) => evidence.asset.id));
      expect(along).toContain(recording);
      expect(along).toContain(born?.asset.id);
    });

    it('leave no trace of a deleted asset: the answer is not given any more', async () => {
      const { deleteAsset } = await server.graphql<{ deleteAsset: { deletedId: string; segments: number } }>(
        'mutation ($id: ID!) { deleteAsset(id: $id) { deletedId segments } }',
        { id: recording },
      );
      expect(deleteAsset).toMatchObject({ deletedId: recording });
      const { ask, search } = {
        ...(await server.graphql<Asked>(ASK, {
          input: { question: 'Where was the man who cast the lantern bell born?' },
        })),
        ...(await server.graphql<{ search: { nodes: { asset: { id: string } }[] } }>(
          '{ search(query: "lantern bell cast by Thomas Miller", first: 50) { nodes { asset { id } } } }',
        )),
      };
      expect(JSON.stringify(ask.answer)).not.toContain(recording);
      expect(search.nodes.map((node) => node.asset.id)).not.toContain(recording);
      const bytes = await fetch(new URL(`/assets/${encodeURIComponent(recording)}/bytes`, server.url));
      expect(bytes.status).toBe(404);
    });
  });
}
