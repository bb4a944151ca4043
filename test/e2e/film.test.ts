import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config.ts';
import type { Segment } from '../../src/domain.ts';
import { encoderSpaces } from '../../src/encode/image-text.ts';
import { Reencoder } from '../../src/encode/reencode.ts';
import { decode } from '../../src/ingest/decode.ts';
import { openParts } from '../../src/main.ts';
import { readConfig } from '../../src/config.ts';
import { example, startServing, type Serving } from '../api/serving.ts';
import { hasFfmpeg, makeFilm } from '../film.ts';

interface Place {
  readonly __typename: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly width?: number;
}
interface Seen {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly locator: Place;
  readonly readings: { readonly kind: string; readonly text: string; readonly model: string }[];
}
interface Asked {
  readonly ask: {
    readonly answer: {
      readonly shortAnswer: string | null;
      readonly steps: {
        readonly claims: { readonly evidence: { readonly locator: Place; readonly asset: { id: string } }[] }[];
      }[];
    };
  };
}
const PLACE =
  '__typename ... on TimeSpan { startSeconds endSeconds } ... on VideoSpan { startSeconds endSeconds x y width height }';

describe.skipIf(!hasFfmpeg)('a film of pictures and a spoken sound (skipped without ffmpeg)', () => {
  let folder: string;
  let serving: Serving;
  let bytes: Buffer;
  let film: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sensegraph-film-e2e-'));
    const examples = join(packageRoot, 'examples');
    const subtitles = join(folder, 'film.srt');
    await writeFile(subtitles, '1\n00:00:00,500 --> 00:00:02,500\nBiscuit was found by Ada Penrose.\n');
    bytes = await readFile(
      makeFilm(folder, 'harbour.mp4', {
        pictures: [
          { file: join(examples, 'images/museum-cat.jpg'), seconds: 4 },
          { file: join(examples, 'images/cup-on-a-table.jpg'), seconds: 4 },
          { file: join(examples, 'images/sign-ferry-times.jpg'), seconds: 7 },
        ],
        sounds: [
          { file: join(packageRoot, 'test/fixtures/dog-bark.ogg'), at: 3.5 },
          { file: join(examples, 'recordings/lantern-bell.wav'), at: 8.5 },
        ],
        subtitles,
      }),
    );
    serving = await startServing();
    [film = ''] = await serving.api.ingestAll([
      { uploadId: await serving.api.uploaded('harbour.mp4', bytes) },
      { uploadId: await serving.api.uploaded('bells.md', await example('texts/bells.md')) },
    ]);
  });
  afterAll(async () => {
    await serving.close();
    await rm(folder, { recursive: true, force: true });
  });

  const segments = async () => {
    const { asset } = await serving.api.data<{ asset: { segments: { nodes: Seen[] } } & Record<string, unknown> }>(
      `query ($id: ID!) { asset(id: $id) { modality mediaType width height durationSeconds
        segments(first: 100) { nodes { id kind text locator { ${PLACE} } readings { kind text model } } } } }`,
      { id: film },
    );
    return asset;
  };
  const ask = async (question: string, asset?: string) => {
    const { ask: asked } = await serving.api.data<Asked>(
      `mutation ($input: AskInput!) { ask(input: $input) { answer { shortAnswer
        steps { claims { evidence { asset { id } locator { ${PLACE} } } } } } } }`,
      { input: { question, ...(asset === undefined ? {} : { asset }) } },
    );
    const places = asked.answer.steps.at(-1)?.claims.flatMap(({ evidence }) => evidence) ?? [];
    return { answer: asked.answer.shortAnswer, places };
  };

  it('has shots, speech, sounds and subtitles, each with its time', async () => {
    const asset = await segments();
    expect(asset).toMatchObject({ modality: 'VIDEO', mediaType: 'video/mp4', width: 640, height: 360 });
    const { nodes } = asset.segments;
    const shots = nodes.filter(({ kind }) => kind === 'SHOT');
    expect(shots.map(({ locator }) => [locator.startSeconds, locator.__typename])).toEqual([
      [0, 'VideoSpan'],
      [4, 'VideoSpan'],
      [8, 'VideoSpan'],
    ]);
    const bark = nodes.find(({ kind, text }) => kind === 'SOUND' && text.includes('Bark'));
    expect(bark?.locator.startSeconds).toBeGreaterThan(4.5);
    expect(bark?.locator.endSeconds).toBeLessThan(8);
    const speech = nodes.filter(({ kind }) => kind === 'SPEECH');
    expect(speech.map(({ text }) => text).join(' ')).toContain('cast by Thomas Miller');
    expect(speech.flatMap(({ readings }) => readings.map(({ model }) => model))).toContain('subtitles');
    const line = nodes.find(({ kind, text }) => kind === 'TEXT_LINE' && /ferry times/i.test(text));
    expect(line?.locator).toMatchObject({ __typename: 'VideoSpan', startSeconds: 8 });
    expect(line?.locator.width).toBeLessThan(640);
  });

  it('tells what is seen when something is heard, with the shot and the sound as evidence', async () => {
    const { answer, places } = await ask('What is seen when the dog barks?', film);
    expect(answer).toContain('cup');
    expect(places.map(({ locator }) => locator.__typename)).toEqual(expect.arrayContaining(['VideoSpan', 'TimeSpan']));
    expect(places.find(({ locator }) => locator.__typename === 'VideoSpan')?.locator.startSeconds).toBe(4);
  });

  it('tells what is shown, said and written in it, and at a time', async () => {
    expect((await ask('What does this film show?', film)).answer).toContain('cat');
    expect((await ask('What is said in this film?', film)).answer).toContain('Thomas Miller');
    expect((await ask('What is written in this film?', film)).answer).toContain('Ferry');
    expect((await ask('What is shown at 0:05?', film)).answer).toContain('cup');
  });

  it('answers from its words without being named, citing the second', async () => {
    const { answer, places } = await ask('Who cast the lantern bell?');
    expect(answer).toBe('Thomas Miller');
    expect(places[0]).toMatchObject({ asset: { id: film }, locator: { __typename: 'TimeSpan' } });
    expect((await ask('Who found Biscuit?')).answer).toBe('Ada Penrose');
  });

  it('is found by words for what it shows', async () => {
    const { search } = await serving.api.data<{
      search: { nodes: { asset: { id: string }; segment: { kind: string } }[] };
    }>('{ search(query: "a photo of a cat", first: 3) { nodes { asset { id } segment { kind } } } }');
    expect(search.nodes[0]).toMatchObject({ asset: { id: film }, segment: { kind: 'SHOT' } });
  });

  it('comes back with its type, in parts too', async () => {
    const url = `${serving.api.origin}/assets/${encodeURIComponent(film)}/bytes`;
    const response = await fetch(url, { headers: { range: 'bytes=100-199' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(response.headers.get('content-disposition')).toBe('inline');
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
  });

  it('has the vectors of its shots and sounds made again from its bytes', async () => {
    const parts = await openParts(readConfig({ SENSEGRAPH_DATA: join(folder, 'again') }));
    try {
      const item = {
        bytes,
        blobKey: film.slice('Asset:'.length),
        modality: 'VIDEO',
        mediaType: 'video/mp4',
        fileName: 'harbour.mp4',
      } as const;
      const decoded = await decode(item, parts.decodeWorker, parts.limits, parts.films);
      const { nodes } = (await segments()).segments;
      const stored = nodes.map(({ id, kind, text, locator: { __typename: type, ...place } }) => {
        const ordinal = Number(id.split(':').at(-1));
        return {
          id,
          assetId: film,
          ordinal,
          kind,
          text,
          sentences: [],
          locator: { type, ...place },
        } as unknown as Segment;
      });
      const again = await new Reencoder(parts.encoders).reencode(
        [{ asset: decoded.asset, segments: stored, readings: [] }],
        async () => decoded.content,
        undefined,
      );
      const pictured = again.embeddings[parts.encoders.image.space.name]?.map(({ nodeId }) => nodeId);
      expect(pictured?.toSorted()).toEqual(
        stored
          .filter(({ kind }) => kind === 'SHOT')
          .map(({ id }) => id)
          .toSorted(),
      );
      const heard = again.embeddings[parts.encoders.sound?.space.name ?? '']?.map(({ nodeId }) => nodeId) ?? [];
      expect(heard.toSorted()).toEqual(
        stored
          .filter(({ kind }) => kind === 'SOUND')
          .map(({ id }) => id)
          .toSorted(),
      );
      expect(encoderSpaces(parts.encoders).map(({ name }) => name)).toEqual(
        expect.arrayContaining(Object.keys(again.embeddings)),
      );
    } finally {
      await parts.closeAll();
      await parts.decodeWorker.close();
    }
  });
});
