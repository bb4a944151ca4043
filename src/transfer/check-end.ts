import { SensegraphError } from '../errors.ts';
import type { End, Header } from './line.ts';

/** That an export counts at its end what came before: CORRUPT when not, BAD_INPUT when its version has other counts. */
export function checkEnd(end: End, seen: Required<End>, version: Header['version'] | undefined, where: string): void {
  if ((end.conversations === undefined) !== (version === 1))
    throw new SensegraphError(
      'BAD_INPUT',
      `${where}: end.conversations: version 2 of the format has it, and version 1 has not.`,
    );
  const { assets, merges, answers, conversations } = { conversations: 0, ...end };
  const isWhole =
    assets === seen.assets &&
    merges === seen.merges &&
    answers === seen.answers &&
    conversations === seen.conversations;
  if (isWhole) return;
  throw new SensegraphError(
    'CORRUPT',
    `${where}: the export says that it has other counts: ${JSON.stringify(end)}, and not ${JSON.stringify(seen)}. Get it again.`,
  );
}
