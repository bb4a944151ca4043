import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SensegraphError } from '../../errors.ts';

const Lock = z.object({
  version: z.literal(1),
  models: z.array(
    z.object({
      id: z.string(),
      task: z.string(),
      licence: z.string(),
      source: z.object({ registry: z.string(), package: z.string(), version: z.string() }),
      files: z.array(z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string().length(64) })),
    }),
  ),
});
export type LockedModel = z.infer<typeof Lock>['models'][number];

export interface VerifiedFile {
  readonly path: string;
  readonly status: 'ok' | 'missing' | 'changed';
}

/** The models of the pack as its lock file names them. MODEL_MISSING without one, MODEL_CORRUPT when it is no lock file. */
export async function listModels(modelsDir: string): Promise<LockedModel[]> {
  const path = join(modelsDir, 'lock.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new SensegraphError(
      'MODEL_MISSING',
      `There is no model pack: ${path} is missing. Set SENSEGRAPH_MODELS or get the pack again.`,
      { cause },
    );
  });
  try {
    return Lock.parse(JSON.parse(text)).models;
  } catch (cause) {
    throw new SensegraphError('MODEL_CORRUPT', `${path} is damaged. Get the pack again.`, { cause });
  }
}

/** Every file of the pack against its SHA-256. */
export async function verifyModels(modelsDir: string): Promise<VerifiedFile[]> {
  const results: VerifiedFile[] = [];
  for (const file of (await listModels(modelsDir)).flatMap((model) => model.files)) {
    const path = join(modelsDir, file.path);
    const found = await stat(path).catch(() => null);
    const same = found?.size === file.bytes && (await sha256(path)) === file.sha256;
    results.push({ path: file.path, status: found ? (same ? 'ok' : 'changed') : 'missing' });
  }
  return results;
}

/**
 * Folder of a model whose files are there with the right sizes (their SHA-256 is `verifyModels`'s work: hashing the pack
 * at every start would cost a second). Throws MODEL_MISSING, MODEL_CORRUPT.
 */
export async function requireModel(modelsDir: string, id: string): Promise<string> {
  const model = (await listModels(modelsDir)).find((one) => one.id === id);
  if (!model)
    throw new SensegraphError(
      'MODEL_MISSING',
      `The model pack in ${modelsDir} does not name ${id}. Get the pack again.`,
    );
  for (const file of model.files) {
    const path = join(modelsDir, file.path);
    const found = await stat(path).catch((cause: unknown) => {
      throw new SensegraphError(
        'MODEL_MISSING',
        `${path} is missing. Get the model pack again, or set SENSEGRAPH_MODELS.`,
        { cause },
      );
    });
    if (found.size !== file.bytes) {
      throw new SensegraphError(
        'MODEL_CORRUPT',
        `${path} has ${found.size} bytes instead of ${file.bytes}. Get the model pack again.`,
      );
    }
  }
  return join(modelsDir, id);
}

function sha256(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    createReadStream(path)
      .on('data', (chunk) => hash.update(chunk))
      .on('error', reject)
      .on('end', () => resolve(hash.digest('hex')));
  });
}
