import type { Entity } from '../domain.ts';
import { normalName } from '../link/blocking.ts';
import type { Ledger } from '../ports/ledger.ts';
import { wordsOf } from '../reason/words.ts';

/** Only such a question is about nothing but who or what the name is of. */
const NAME = "\\p{Lu}[\\p{L}\\p{M}’'.-]*(?:\\s+\\p{Lu}[\\p{L}\\p{M}’'.-]*){0,3}";
const ASKS = [
  `^(?:[Ww]ho|[Ww]hat|[Ww]here|[Ww]hich)(?:['’]s|\\s+(?:is|was|are|were))\\s+(?:the\\s+)?(${NAME})(?:\\s+(?:born|buried|built|made|located|from))?\\s*\\??$`,
  `^(?:[Ww]hen|[Ww]here|[Hh]ow)\\s+(?:is|was|did|does)\\s+(?:the\\s+)?(${NAME})\\s+\\p{Ll}+\\s*\\??$`,
  `^[Tt]ell\\s+me\\s+(?:more\\s+)?about\\s+(?:the\\s+)?(${NAME}?)\\s*[.?]?$`,
].map((pattern) => new RegExp(pattern, 'u'));
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
  const name = ASKS.flatMap((pattern) => pattern.exec(question.trim())?.[1]?.replace(/[.’']+$/, '') ?? [])[0];
  if (name === undefined) return undefined;
  const normal = normalName(name);
  const exact = (await ledger.entitiesByName([normal])).get(normal) ?? [];
  const proper = exact.filter(({ kind }) => !['CONCEPT', 'DATE', 'QUANTITY'].includes(kind));
  const called = proper.filter((one) => normalName(one.name) === normal);
  // What one text calls a place and another just by name is one thing, more likely than two.
  const told = called.filter(({ kind }) => kind !== 'NAME');
  const bare = told.length > 0 ? told : called;
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
  const apart = withoutLonger(different);
  if (apart.length < 2) return undefined;
  const counted = await Promise.all(
    apart.slice(0, MOST).map(async (entity) => ({
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

/** "Captain Henry Walker" is Henry Walker. */
function withoutLonger(entities: readonly Entity[]): Entity[] {
  const words = new Map(entities.map((one) => [one.id, new Set(normalName(one.name).split(' '))]));
  return entities.filter(
    ({ id }) =>
      !entities.some((other) => {
        const [own, less] = [words.get(id) ?? new Set<string>(), words.get(other.id) ?? new Set<string>()];
        return less.size > 1 && less.size < own.size && [...less].every((word) => own.has(word));
      }),
  );
}

function isSurname(name: string, full: string): boolean {
  const words = full.split(' ');
  return words.length > 1 && words.at(-1) === name;
}
