import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/config.ts';

/** The development data, which is no part of the repository: tests that need it are skipped where it is absent. */
const folder = process.env['SENSEGRAPH_DATA_PACK'] ?? join(packageRoot, '../shared/data');

/** Path of a file of the development data; undefined where it is not there. */
export function dataPack(file: string): string | undefined {
  const path = join(folder, file);
  return existsSync(path) ? path : undefined;
}
