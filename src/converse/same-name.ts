import type { Entity } from '../domain.ts';
import { normalName } from '../link/blocking.ts';
import type { Ledger } from '../ports/ledger.ts';
import { wordsOf } from '../reason/words.ts';

/** Only such a question is about nothing but who or what the name is of. */
const ASKS =
  /^(?:who|what|where|which)(?:['’]s|\s+(?:is|was|are|were))\s+(?:the\s+)?(?<name>\p{Lu}[\p{L}\p{M}’'.-]*(?:\s+\p{Lu}[\p{L}\p{M}’'.-]*){0,3})(?:\s+(?:born|buried|built|made|located|from))?\s*\??$|^(?:when|where|how)\s+(?:is|was|did|does)\s+(?:the\s+)?(?<other>\p{Lu}[\p{L}\p{M}’'.-]*(?:\s+\p{Lu}[\p{L}\p{M}’'.-]*){0,3})\s+\p{Ll}+\s*\??$|^tell\s+me\s+(?:more\s+)?about\s+(?:the\s+)?(?<told>\p{Lu}[\p{L}\p{M}’'.-]*(?:\s+\p{Lu}[\p{L}\p{M}’'.-]*){0,3})\s*[.?]?$/iu;
/** Mentions counted of an entity, and how many times more make one the one that is meant. */
const COUNTED = 20;
const FAR_MORE = 3;
const MOST = 10;

export interface SameName {
  readonly start: number;
  readonly end: number;
  /** The most mentioned first. */
  readonly entities: readonly Entity[];
}

/**
 * A short question about a name to which several entities answer about as often: of exactly that name, or persons of
 * that surname where nobody is called just so. Undefined where one is meant, as far as that can be told.
 */
export async function sameName(
  question: string,
  ledger: Pick<Ledger, 'entities' | 'entitiesByName' | 'mentionsOfEntity'>,
): Promise<SameName | undefined> {
  const match = ASKS.exec(question.trim());
  const name = match?.groups?.['name'] ?? match?.groups?.['other'] ?? match?.groups?.['told'];
  if (name === undefined || !/^\p{Lu}/u.test(name)) return undefined;
  const normal = normalName(name);
  const exact = (await ledger.entitiesByName([normal])).get(normal) ?? [];
  const proper = exact.filter(({ kind }) => !['CONCEPT', 'DATE', 'QUANTITY'].includes(kind));
  const bare = proper.filter((one) => normalName(one.name) === normal);
  const isSingle = wordsOf(name).length === 1;
  const { items } = isSingle ? await ledger.entities({ search: name, first: 30 }) : { items: [] };
  const bearers = items.filter(
    ({ kind, name: full }) => (kind === 'PERSON' || kind === 'NAME') && isSurname(normal, normalName(full)),
  );
  const persons = bearers.filter(({ kind }) => kind === 'PERSON');
  // "Whitby" is the town, not one of Whitby Abbey and Whitby Museum; "Carew" is nobody, where there are two.
  const pool = bare.length > 1 ? bare : bare.length === 1 && persons.length < 2 ? [] : [...proper, ...bearers];
  const different = [...new Map(pool.map((one) => [one.id, one])).values()].filter(
    (one) => !(bare.length === 1 && persons.length > 1 && one.id === bare[0]?.id),
  );
  if (different.length < 2) return undefined;
  const counted = await Promise.all(
    different.slice(0, MOST).map(async (entity) => ({
      entity,
      count: (await ledger.mentionsOfEntity(entity.id, { first: COUNTED })).items.length,
    })),
  );
  const ranked = counted.toSorted((a, b) => b.count - a.count || (a.entity.id < b.entity.id ? -1 : 1));
  const [first, second] = ranked;
  if (!first || !second || first.count >= FAR_MORE * Math.max(1, second.count)) return undefined;
  const start = question.indexOf(name);
  const near = ranked.filter(({ count }) => first.count < FAR_MORE * Math.max(1, count));
  return { start, end: start + name.length, entities: near.map(({ entity }) => entity) };
}

function isSurname(name: string, full: string): boolean {
  const words = full.split(' ');
  return words.length > 1 && words.at(-1) === name;
}
