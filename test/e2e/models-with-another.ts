import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/config.ts';

/** Another real text model: the weights of bge-small, its vectors the mean of the tokens and cut to 256 numbers. */
export const ANOTHER = 'bge-small-mean-256';

/** The model pack with one text model more. */
export async function makeModels(folder: string): Promise<void> {
  const pack = join(packageRoot, 'models');
  for (const entry of await readdir(pack, { withFileTypes: true })) {
    if (entry.isDirectory()) await symlink(join(pack, entry.name), join(folder, entry.name));
  }
  const own = join(folder, ANOTHER);
  await mkdir(own);
  for (const name of ['model.onnx', 'tokenizer.json'])
    await copyFile(join(pack, 'bge-small-en-v1.5', name), join(own, name));
  const settings = { version: '1', licence: 'MIT', dimension: 256, pooling: 'mean' };
  await writeFile(join(own, 'embedder.json'), JSON.stringify(settings));
  const lock = JSON.parse(await readFile(join(pack, 'lock.json'), 'utf8')) as {
    models: { id: string; files: { path: string }[] }[];
  };
  const bge = lock.models.find(({ id }) => id === 'bge-small-en-v1.5');
  const files = bge?.files.filter(({ path }) => /model\.onnx|tokenizer\.json/.test(path)) ?? [];
  const moved = files.map((file) => ({ ...file, path: file.path.replace('bge-small-en-v1.5', ANOTHER) }));
  lock.models.push({ ...bge, id: ANOTHER, files: moved });
  await writeFile(join(folder, 'lock.json'), JSON.stringify(lock));
}
