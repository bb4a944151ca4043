import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SensegraphError } from '../errors.ts';

/** Path of a manifest's `file`: below the nearest parent folder of the manifest that holds it. BAD_INPUT when none does. */
export function mediaPath(manifest: string, file: string): string {
  for (let folder = dirname(resolve(manifest)); ; folder = dirname(folder)) {
    const path = resolve(folder, file);
    if (existsSync(path)) return path;
    if (folder === dirname(folder))
      throw new SensegraphError(
        'BAD_INPUT',
        `${file}, named in ${manifest}, is in none of its parent folders. Check where the data lies.`,
      );
  }
}
