import type { Page } from '../domain.ts';
import { SensegraphError } from '../errors.ts';

/** A page of a bounded list that is made anew each time, in the same order. The cursor is an item's id. BAD_INPUT for one that is none of it. */
export function pageOf<T extends { readonly id: string }>(
  all: readonly T[],
  { first, after }: { readonly first: number; readonly after?: string },
): Page<T> {
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0)
    throw new SensegraphError(
      'BAD_INPUT',
      'The cursor is none of this list, or what it stood for is gone: begin again.',
    );
  const items = all.slice(start, start + first);
  return {
    items,
    cursors: items.map(({ id }) => id),
    next: start + items.length < all.length ? (items.at(-1)?.id ?? null) : null,
  };
}
