import { SensegraphError } from '../errors.ts';
import type { SpaceMigration } from '../ports/space-migration.ts';
import type { VectorStore } from '../ports/vector-store.ts';
import type { Header } from './line.ts';

/** Vectors of two models never meet in one space: BAD_INPUT, with what to do, when another model serves here than in the export. */
export async function refuseOtherModels(
  { spaces }: Header,
  { vectors, migration }: { readonly vectors: VectorStore; readonly migration: SpaceMigration },
): Promise<void> {
  const [serving, text] = [await vectors.spaces(), await migration.servingText()];
  for (const space of spaces) {
    const here = serving.find(({ name }) => name === space.name) ?? (space.isText ? text : undefined);
    if (!here) continue;
    const isSame =
      here.name === space.name &&
      here.model === space.model &&
      here.version === space.version &&
      here.dimension === space.dimension;
    if (isSame) continue;
    throw new SensegraphError(
      'BAD_INPUT',
      `The export's ${space.isText ? 'passages are' : `space ${space.name} is`} embedded by ${space.model} ${space.version}, those here by ${here.model} ${here.version}. ` +
        `Change the model here first: sensegraph models migrate --to ${space.model}. Or import with --no-vectors and embed all by another model afterwards: sensegraph models migrate --to MODEL`,
    );
  }
}
