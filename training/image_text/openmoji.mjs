// Rasterises npm openmoji's SVGs at 128 px: node openmoji.mjs UNPACKED_PACKAGE OUT. Pinned: openmoji 17.0.0 (CC BY-SA 4.0).
import { mkdirSync, readdirSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const [from, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
copyFileSync(join(from, 'data/openmoji.json'), join(out, 'openmoji.json'));
for (const file of readdirSync(join(from, 'color/svg'))) {
  const target = join(out, file.replace('.svg', '.png'));
  await sharp(join(from, 'color/svg', file), { density: 128 })
    .resize(128, 128)
    .flatten({ background: '#fff' })
    .png()
    .toFile(target);
}
