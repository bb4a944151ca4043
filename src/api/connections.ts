import type { Page } from '../domain.ts';
import { SensegraphError } from '../errors.ts';

/** Most items of a page, and most ids in one call. */
export const MOST = 100;

/** A page as a Relay connection. */
export function connection<T>({ items, cursors, next }: Page<T>) {
  return {
    edges: items.map((node, i) => ({ node, cursor: cursors[i] ?? '' })),
    nodes: items,
    pageInfo: {
      hasNextPage: next !== null,
      hasPreviousPage: false,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
  };
}

/** Paging arguments within their bounds. BAD_INPUT outside 1…100. */
export function paging(args: {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}): { first: number; after?: string } {
  const first = within('first', args.first ?? 20, 1, MOST);
  return { first, ...(args.after ? { after: args.after } : {}) };
}

/** The number itself. BAD_INPUT when it is out of bounds. */
export function within(name: string, value: number, least: number, most: number): number {
  if (!(value >= least && value <= most))
    throw new SensegraphError('BAD_INPUT', `${name} is ${value}; it goes from ${least} to ${most}.`);
  return value;
}

/** Longest search in words. */
const LONGEST_SEARCH = 2000;

/** The words themselves. TOO_LONG beyond 2,000 characters. */
export function words(name: string, text: string): string {
  if (text.length > LONGEST_SEARCH)
    throw new SensegraphError(
      'TOO_LONG',
      `${name} has ${text.length} characters; at most ${LONGEST_SEARCH} are taken.`,
    );
  return text;
}

/** What a filter narrows to; an empty list narrows nothing. */
export function filter<K extends string, T>(
  name: K,
  wanted: readonly T[] | null | undefined,
): Partial<Record<K, readonly T[]>> {
  if (!wanted?.length) return {};
  const narrowed: readonly T[] = [...new Set(bounded(name, wanted))];
  return { [name]: narrowed } as Record<K, readonly T[]>;
}

/** The list itself. BAD_INPUT for none or more than 100. */
export function bounded<T>(name: string, ids: readonly T[]): readonly T[] {
  if (ids.length === 0 || ids.length > MOST)
    throw new SensegraphError('BAD_INPUT', `${name} holds ${ids.length} items; give 1 to ${MOST}.`);
  return ids;
}
