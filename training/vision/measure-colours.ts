/**
 * How often the colour named of a thing in a photograph is its own: `node training/vision/measure-colours.ts DATA`, on fruit
 * and vegetables of the grocery pictures (training lines, by which the borders in src/encode/shades.ts were chosen, and the
 * others), of which the middle is looked at. Prints the share that is right, by the colour's share of what was seen, and as
 * often as one colour was taken for another.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { coloursIn } from '../../src/encode/box-colours.ts';
import { readManifest } from '../../src/evaluate/manifest.ts';
import { decodeImage } from '../../src/ingest/decode-image.ts';

const Line = z.object({ file: z.string(), label: z.string(), coarse_label: z.string().default('') });
/** What everybody knows of them. */
const COLOURS: readonly (readonly [RegExp, string])[] = [
  [/Red-(?:Delicious|Bell|Beet)|Royal-Gala|Tomato$|Beef-Tomato|Vine-Tomato/i, 'red'],
  [/Granny-Smith|Lime|Cucumber|Zucchini|Green-Bell|Conference|Avocado|Leek/i, 'green'],
  [/Golden-Delicious|Banana|Lemon|Yellow-Bell/i, 'yellow'],
  [/^Orange$|Satsuma|Carrot|Orange-Bell|Papaya/i, 'orange'],
  [/Aubergine/i, 'purple'],
  [/Garlic|Mushroom/i, 'white'],
  [/Ginger|Solid-Potato|Floury-Potato/i, 'brown'],
];
/** The middle of a picture, of its size. */
const MIDDLE = 0.6;

const [data] = process.argv.slice(2);
if (data === undefined) throw new Error('Usage: node training/vision/measure-colours.ts DATA');
for (const manifest of ['train/grocery/manifest.jsonl', 'images/grocery/manifest.jsonl']) {
  const { lines } = await readManifest(join(data, manifest), Line);
  const found: { wanted: string; said: string; share: number }[] = [];
  for (const { file, label, coarse_label: coarse } of lines) {
    const wanted = COLOURS.find(([names]) => names.test(label))?.[1];
    if (wanted === undefined || /juice|milk|yogh|sauce/i.test(label + coarse)) continue;
    const { image } = await decodeImage(await readFile(join(data, file)), { maxPixels: 50_000_000 });
    const [width, height] = [image.width * MIDDLE, image.height * MIDDLE];
    const box = { x: (image.width - width) / 2, y: (image.height - height) / 2, width, height };
    const [first] = coloursIn(image, box, { isWhole: true });
    if (first) found.push({ wanted, said: first.colour, share: first.share });
  }
  const right = (own: typeof found) => own.filter(({ wanted, said }) => wanted === said).length;
  console.log(`${manifest}: ${right(found)} of ${found.length} right`);
  for (const [from, to] of [
    [0, 0.5],
    [0.5, 0.7],
    [0.7, 0.9],
    [0.9, 1.01],
  ] as const) {
    const own = found.filter(({ share }) => share >= from && share < to);
    console.log(`  share ${from} to ${Math.min(1, to)}: ${right(own)} of ${own.length}`);
  }
  const wrong = Map.groupBy(
    found.filter(({ wanted, said }) => wanted !== said),
    ({ wanted, said }) => `${wanted} as ${said}`,
  );
  const often = [...wrong].toSorted((a, b) => b[1].length - a[1].length).slice(0, 6);
  console.log(`  ${often.map(([what, own]) => `${what} ${own.length}`).join(', ')}`);
}
