import type { Asset } from './domain.ts';
import { SensegraphError } from './errors.ts';
import type { Ledger } from './ports/ledger.ts';

/** The asset that a caller names. NOT_FOUND. */
export async function requireAsset(ledger: Pick<Ledger, 'asset'>, id: string): Promise<Asset> {
  const asset = await ledger.asset(id);
  if (!asset) throw new SensegraphError('NOT_FOUND', `There is no asset ${id}. Ingest it first, or check the id.`);
  return asset;
}

/** The picture that a caller names; `only` says what is done with pictures alone. NOT_FOUND, and BAD_INPUT for an asset that is no picture. */
export async function requirePicture(ledger: Pick<Ledger, 'asset'>, id: string, only: string): Promise<Asset> {
  const asset = await requireAsset(ledger, id);
  if (asset.modality !== 'IMAGE') throw new SensegraphError('BAD_INPUT', `${asset.title} is no picture: ${only}.`);
  return asset;
}

/** What is asked about what is at hand where nothing is said: which caption fits, of a picture with given answers; else what it shows, lets one hear, or tells. */
export function questionAbout({ modality }: Pick<Asset, 'modality'>, choices: readonly string[] = []): string {
  switch (modality) {
    case 'IMAGE':
      return choices.length > 0 ? 'Which caption fits this picture?' : 'What does this picture show?';
    case 'AUDIO':
      return 'What is heard in this recording?';
    case 'VIDEO':
      return 'What does this film show?';
    case 'TEXT':
    case 'DOCUMENT':
      return 'What is this text about?';
  }
}
