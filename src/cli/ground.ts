import { readFile, stat } from 'node:fs/promises';
import { defineCommand } from 'citty';
import sharp from 'sharp';
import { WordNet } from '../adapters/wordnet/wordnet.ts';
import type { Box } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import { groundBytes, type GroundedPhrase } from '../ground-asset.ts';
import { openSensegraph } from '../main.ts';
import { openProfile } from '../open-profile.ts';
import { configure, dataOptions, logger } from './options.ts';

export const ground = defineCommand({
  meta: { name: 'ground', description: 'Where a phrase is in a picture' },
  args: {
    ...dataOptions,
    picture: {
      type: 'positional',
      description: 'A picture file, or the id of one in the data directory',
      required: true,
    },
    phrase: { type: 'positional', description: 'What to find, e.g. "the dog"', required: true },
    out: { type: 'string', description: 'Write the picture with the box drawn to this PNG', valueHint: 'FILE' },
  },
  async run({ args }) {
    const { bytes, found } = args.picture.startsWith('Asset:')
      ? await inStore(args.picture, args.phrase, args)
      : await inFile(args.picture, args.phrase, args);
    if (args.out !== undefined) await drawBox(bytes, found, args.out);
    if (args.json) return console.log(JSON.stringify({ phrase: args.phrase, found }));
    if (!found) return console.log(`Nothing in the picture fits "${args.phrase}".`);
    const [x, y, width, height] = [found.region.x, found.region.y, found.region.width, found.region.height].map(
      Math.round,
    );
    console.log(`${width} × ${height} pixels at ${x}, ${y} (${found.model}, ${found.score.toFixed(2)})`);
  },
});

interface Found {
  readonly bytes: Uint8Array;
  readonly found: GroundedPhrase | null;
}

async function inStore(id: string, phrase: string, args: { readonly data?: string | undefined }): Promise<Found> {
  const config = configure(args);
  const application = await openSensegraph(config, logger(config, true));
  try {
    const found = await application.ground(id, phrase);
    return { found, bytes: (await application.assetBytes(id)).bytes };
  } finally {
    await application.close();
  }
}

async function inFile(path: string, phrase: string, args: { readonly data?: string | undefined }): Promise<Found> {
  if (!(await stat(path).catch(() => null))?.isFile())
    throw new SensegraphError('BAD_INPUT', `${path} is neither an asset id nor a file.`);
  const config = configure(args);
  const encoders = await openProfile(config, logger(config, true));
  try {
    const bytes = await readFile(path);
    return { bytes, found: await groundBytes(bytes, phrase, { encoders, lexicon: new WordNet(), limits: config }) };
  } finally {
    await encoders.close();
  }
}

/** Writes the upright picture with the box's edges on it; without a box where nothing was found. */
async function drawBox(bytes: Uint8Array, found: GroundedPhrase | null, path: string): Promise<void> {
  const { data, info } = await sharp(bytes).autoOrient().png().toBuffer({ resolveWithObject: true });
  const edges = found ? edgesOf(found.region, info) : [];
  await sharp(data)
    .composite(
      edges.map(({ x: left, y: top, width, height }) => ({
        input: { create: { width, height, channels: 3, background: '#e6007e' } },
        left,
        top,
      })),
    )
    .png()
    .toFile(path);
}

/** The four sides of a box as thin boxes of whole pixels inside the picture. */
function edgesOf(box: Box, picture: { readonly width: number; readonly height: number }): Box[] {
  const line = Math.max(1, Math.round(Math.min(picture.width, picture.height) / 150));
  const x = Math.min(Math.max(0, Math.round(box.x)), picture.width - line);
  const y = Math.min(Math.max(0, Math.round(box.y)), picture.height - line);
  const width = Math.max(line, Math.min(Math.round(box.width), picture.width - x));
  const height = Math.max(line, Math.min(Math.round(box.height), picture.height - y));
  return [
    { x, y, width, height: line },
    { x, y: y + height - line, width, height: line },
    { x, y, width: line, height },
    { x: x + width - line, y, width: line, height },
  ];
}
