/**
 * node test/bench/cuts.ts --films MANIFEST --pictures MANIFEST [--fold 0|1] [--limit N] [--count N] [--parts N] [--seed N] [--json]
 * Joins parts of films, and photographs that are panned over, at known times (cuts, dissolves, fades through black, with
 * lightning as a trap), and counts which joins the decoder of films finds, and what it takes for one. A fold is every
 * second film and picture: the thresholds of src/ingest/cuts.ts were chosen on fold 0.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { FfmpegDecoder } from '../../src/adapters/ffmpeg/decoder.ts';
import { readManifest } from '../../src/evaluate/manifest.ts';
import { mediaPath } from '../../src/evaluate/media-path.ts';
import { decodeFilm } from '../../src/ingest/decode-film.ts';
import { joinClips, random, type Clip, type Join } from './joined-film.ts';

/** A join is found by a shot that begins this near to it, in seconds. */
const NEAR = 0.2;

const { values } = parseArgs({
  options: {
    films: { type: 'string', multiple: true, default: [] },
    pictures: { type: 'string', multiple: true, default: [] },
    fold: { type: 'string' },
    limit: { type: 'string', default: '30' },
    count: { type: 'string', default: '4' },
    parts: { type: 'string', default: '26' },
    seed: { type: 'string', default: '0' },
    json: { type: 'boolean' },
  },
});
const clips = [...(await clipsOf(values.films, false)), ...(await clipsOf(values.pictures, true))];
if (clips.length < 2) throw new Error('Name films and pictures to join: --films MANIFEST --pictures MANIFEST.');
const folder = await mkdtemp(join(tmpdir(), 'sensegraph-cuts-'));
const decoder = new FfmpegDecoder();
const figures = { CUT: [0, 0], DISSOLVE: [0, 0], FADE: [0, 0], found: 0, right: 0 };
let [filmSeconds, decodeMs] = [0, 0];
try {
  for (let i = 0; i < Number(values.count); i++) {
    const file = join(folder, `${i}.mp4`);
    const joins = await joinClips(clips, Number(values.parts), file, random(Number(values.seed) + i));
    const started = performance.now();
    const starts = await shotStarts(await readFile(file));
    decodeMs += performance.now() - started;
    count(joins, starts);
  }
} finally {
  await decoder.close();
  await rm(folder, { recursive: true, force: true });
}
const recall = (kind: Join['kind']) => ({ found: figures[kind][0], of: figures[kind][1] });
const result = {
  bench: 'cuts',
  fold: values.fold ?? 'all',
  recall: { cut: recall('CUT'), dissolve: recall('DISSOLVE'), fade: recall('FADE') },
  precision: { right: figures.right, of: figures.found },
  filmSecondsPerSecond: Number(((filmSeconds * 1000) / decodeMs).toFixed(1)),
};
if (values.json) console.log(JSON.stringify(result));
else {
  for (const [name, { found, of }] of Object.entries(result.recall)) console.log(`${name}: ${found} of ${of} found`);
  console.log(`${figures.right} of ${figures.found} found are joins`);
  console.log(`${result.filmSecondsPerSecond} s of film a second, key frames included`);
}

async function clipsOf(manifests: readonly string[], still: boolean): Promise<Clip[]> {
  const clips: Clip[] = [];
  for (const manifest of manifests) {
    const { lines } = await readManifest(manifest, z.object({ id: z.string(), file: z.string(), source: z.string() }));
    for (const [i, { id, file, source }] of lines.slice(0, Number(values.limit)).entries()) {
      if (values.fold !== undefined && i % 2 !== Number(values.fold)) continue;
      // Films of one source may share their scenery.
      const clip = { file: mediaPath(manifest, file), set: still ? id : source, still };
      // There are fewer films than photographs, and they are the harder half.
      clips.push(...(still ? [clip] : [clip, clip]));
    }
  }
  return clips;
}

async function shotStarts(bytes: Uint8Array): Promise<number[]> {
  const asset = { id: 'Asset:x', modality: 'VIDEO', mediaType: 'video/mp4', byteSize: bytes.length } as const;
  const film = {
    asset: { ...asset, title: '', blobKey: '', createdAt: '' },
    bytes,
    container: 'mp4',
    maxPixels: 5e7,
  } as const;
  const limits = { maxFilmSeconds: 3600, maxShots: 1000 };
  const { content, asset: decoded } = await decodeFilm(film, { decoder, limits });
  filmSeconds += decoded.durationSeconds ?? 0;
  return content.type === 'film' ? content.shots.slice(1).map(({ startSeconds }) => startSeconds) : [];
}

function count(joins: readonly Join[], starts: readonly number[]): void {
  const used = new Set<number>();
  for (const { kind, startSeconds, endSeconds } of joins) {
    const at = starts.findIndex(
      (start, i) => !used.has(i) && start >= startSeconds - NEAR && start <= endSeconds + NEAR,
    );
    figures[kind][1] = (figures[kind][1] ?? 0) + 1;
    if (at < 0) continue;
    figures[kind][0] = (figures[kind][0] ?? 0) + 1;
    used.add(at);
  }
  figures.found += starts.length;
  figures.right += used.size;
}
