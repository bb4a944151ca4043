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

/** The ids themselves. BAD_INPUT for none or more than 100. */
export function bounded(name: string, ids: readonly string[]): readonly string[] {
  if (ids.length === 0 || ids.length > MOST)
    throw new SensegraphError('BAD_INPUT', `${name} holds ${ids.length} ids; give 1 to ${MOST}.`);
  return ids;
}
