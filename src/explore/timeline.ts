import { daysOf, findDates, type FoundDate } from '../dates.ts';
import type { Entity, Evidence, Page } from '../domain.ts';
import { withArticle } from '../reason/describe.ts';
import { clock, timeOf } from '../time.ts';
import { gather, requireEntities, type ExploreDeps, type Saying, type Sighting } from './gather.ts';
import { pageOf } from './page.ts';

/** What happens with an entity at a date, or at a moment of a recording or film. */
export interface TimelineEntry {
  readonly id: string;
  /** Where the text tells a date. */
  readonly date?: Omit<FoundDate, 'start' | 'end'>;
  /** Where it is a moment of a recording or film. */
  readonly moment?: { readonly startSeconds: number; readonly endSeconds: number };
  readonly text: string;
  readonly evidence: Evidence;
}

/** Mentions that are read, strongest first. */
export const TIMELINE_MENTIONS = 500;

/**
 * Dated sentences about an entity by their dates, then the moments of recordings and films where it is named, seen or
 * heard, each in the order of its recording. Reads at most 500 mentions. NOT_FOUND; BAD_INPUT for a wrong cursor.
 */
export async function timeline(
  entityId: string,
  paging: { readonly first: number; readonly after?: string },
  deps: Pick<ExploreDeps, 'ledger'>,
): Promise<Page<TimelineEntry>> {
  const [entity] = await requireEntities([entityId], deps.ledger);
  if (!entity) throw new Error('requireEntities gives as many as it is asked for');
  const { sayings, sightings } = await gather(entity, TIMELINE_MENTIONS, deps);
  return pageOf(orderedEntries(entity, sayings, sightings), paging);
}

/** The entries of what was gathered, in their order, each once. */
export function orderedEntries(
  entity: Entity,
  sayings: readonly Saying[],
  sightings: readonly Sighting[],
): TimelineEntry[] {
  const entries = new Map<string, TimelineEntry>();
  for (const entry of [
    ...sayings.flatMap(entriesOfSaying),
    ...sightings.flatMap((one) => entryOfSighting(entity, one)),
  ])
    entries.set(entry.id, entry);
  return [...entries.values()].toSorted(inOrder);
}

function entriesOfSaying({ text, evidence, ranked }: Saying): TimelineEntry[] {
  const { id } = evidence;
  const time = timeOf(ranked.segment);
  const moment = time ? { moment: { startSeconds: time.startSeconds, endSeconds: time.endSeconds } } : {};
  const said = text.replace(/\s+/g, ' ').trim();
  const dates = findDates(text);
  if (dates.length === 0) return time ? [{ id, text: said, evidence, ...moment }] : [];
  return dates.map(({ start, text: written, from, to, precision }) => {
    const date = { text: written, from, to, precision };
    return { id: `${id}@${start}`, date, text: said, evidence, ...moment };
  });
}

function entryOfSighting({ name }: Entity, { method, asset, reading, evidence }: Sighting): TimelineEntry[] {
  const time = timeOf({ locator: evidence.locator });
  if (!time) return [];
  const how = method === 'SPEAKS' ? 'speaks' : method === 'HEARD' ? 'is heard' : 'is seen';
  const as = reading && reading.text.toLowerCase() !== name.toLowerCase() ? `, as ${withArticle(reading.text)}` : '';
  return [
    {
      id: evidence.id,
      moment: { startSeconds: time.startSeconds, endSeconds: time.endSeconds },
      text: `${name} ${how} in ${asset.title} at ${clock(time.startSeconds)}–${clock(time.endSeconds)}${as}.`,
      evidence,
    },
  ];
}

/** By date, the more exact of those that begin together first; then the undated, by recording and second. */
function inOrder(a: TimelineEntry, b: TimelineEntry): number {
  if (a.date && b.date)
    return daysOf(a.date.from) - daysOf(b.date.from) || daysOf(a.date.to) - daysOf(b.date.to) || byPlace(a, b);
  if (a.date || b.date) return a.date ? -1 : 1;
  return byPlace(a, b);
}

function byPlace(a: TimelineEntry, b: TimelineEntry): number {
  const [one, other] = [a.evidence, b.evidence];
  return (
    compare(one.asset.title, other.asset.title) ||
    compare(one.asset.id, other.asset.id) ||
    (a.moment?.startSeconds ?? 0) - (b.moment?.startSeconds ?? 0) ||
    one.segment.ordinal - other.segment.ordinal ||
    compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
