import type { Page } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';

type Key = readonly (string | number)[];

/** Opaque position: the sort key of the last item of a page. */
export function encodeCursor(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** BAD_INPUT unless it came from encodeCursor with a key of these types. */
export function decodeCursor<K extends Key>(cursor: string, shape: { [I in keyof K]: 'string' | 'number' }): K {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(key) &&
      key.length === shape.length &&
      key.every((part, i) => typeof part === shape[i] && !String(part).includes('\u0000'))
    ) {
      return key as unknown as K;
    }
  } catch {
    // Told below, together with a well-formed cursor of another list.
  }
  throw badCursor();
}

/** Told of a cursor that is forged, or of another list. */
export function badCursor(): SensegraphError {
  return new SensegraphError('BAD_INPUT', 'The cursor is not one that this list gave: start again without it.');
}

/** `rows` holds up to one more than `first`: whether there is a next page. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  first: number,
  item: (row: Row) => T,
  key: (row: Row) => Key,
): Page<T> {
  const shown = rows.slice(0, first);
  const cursors = shown.map((row) => encodeCursor(key(row)));
  return { items: shown.map(item), cursors, next: rows.length > first ? (cursors.at(-1) ?? null) : null };
}
