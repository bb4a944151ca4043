import type { Entity } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import { aspectOf, type Aspect, type ComparedSide } from './aspects.ts';
import { bestSayings } from './explain.ts';
import { gather, requireEntities, type ExploreDeps, type Gathered, type Saying } from './gather.ts';
import { measuresSaid } from './measures-said.ts';
import { relationAspects, type Side } from './relations-compared.ts';
import { statedRelations } from '../retrieve/stated.ts';

export interface Comparison {
  readonly entities: readonly Entity[];
  readonly text: string;
  readonly shared: readonly Aspect[];
  readonly different: readonly Aspect[];
}

/** Mentions that are read of each, strongest first. */
export const COMPARE_MENTIONS = 200;
/** Relations looked up of each, a type and direction. */
const FANOUT = 50;
/** Aspects told of each list. */
const MOST = 20;
/** Passages told of that name several of them. */
const TOGETHER = 3;

/**
 * What two to five entities have in common and where they differ: kinds, relations by their verb, what they are joined
 * with, dates and quantities by what is said of them. An aspect is told only where each of its sides has evidence. Reads
 * at most 200 mentions, and 50 relations a type and direction, of each. BAD_INPUT for fewer or more, or one given twice; NOT_FOUND.
 */
export async function compare(entityIds: readonly string[], deps: ExploreDeps): Promise<Comparison> {
  if (entityIds.length < 2 || entityIds.length > 5 || new Set(entityIds).size < entityIds.length)
    throw new SensegraphError(
      'BAD_INPUT',
      `Two to five different entities are compared; ${entityIds.length} were given.`,
    );
  const entities = await requireEntities(entityIds, deps.ledger);
  const [gathered, stated] = await Promise.all([
    Promise.all(entities.map((entity) => gather(entity, COMPARE_MENTIONS, deps))),
    Promise.all(entities.map(({ id }) => statedRelations([id], FANOUT, deps, ['RELATES_TO', 'IS_A', 'CO_OCCURS']))),
  ]);
  const sides = entities.map((entity, i): Side => ({ entity, relations: stated[i] ?? [] }));
  const relations = relationAspects(sides);
  const kinds = await kindAspects(gathered, deps);
  const measures = measureAspects(gathered);
  const shared = [...kinds.shared, ...relations.shared, ...measures.shared, ...together(gathered)].slice(0, MOST);
  const different = [...kinds.different, ...measures.different, ...relations.different].slice(0, MOST);
  return { entities, text: textOf(entities, shared, different), shared, different };
}

interface Aspects {
  readonly shared: Aspect[];
  readonly different: Aspect[];
}

/** What kind each is, shown by the sentence that says most of it, or by where it is seen or heard. */
async function kindAspects(gathered: readonly Gathered[], deps: ExploreDeps): Promise<Aspects> {
  const sides: ComparedSide[] = [];
  for (const { entity, sayings, sightings } of gathered) {
    const [best] = await bestSayings(entity, sayings, 1, deps);
    const evidence = best?.evidence ?? sightings[0]?.evidence;
    if (evidence) sides.push({ entity, value: entity.kind.toLowerCase(), evidence: [evidence] });
  }
  if (sides.length < 2) return { shared: [], different: [] };
  const aspect = aspectOf('KIND', 'kind', sides);
  return new Set(sides.map(({ value }) => value)).size === 1
    ? { shared: [aspect], different: [] }
    : { shared: [], different: [aspect] };
}

/** Dates and quantities of the same doing. The first one said counts for each entity. */
function measureAspects(gathered: readonly Gathered[]): Aspects {
  const found = new Map<
    string,
    { kind: 'DATE' | 'QUANTITY'; label: string; values: Set<string>; sides: ComparedSide[] }
  >();
  for (const { entity, sayings } of gathered) {
    const own = new Set<string>();
    for (const { kind, key, label, said, value, saying } of measuresSaid(sayings.toSorted(byNearness))) {
      const id = `${kind} ${key}`;
      if (own.has(id)) continue;
      own.add(id);
      const aspect = found.get(id) ?? { kind, label, values: new Set(), sides: [] };
      aspect.values.add(value);
      aspect.sides.push({ entity, value: said, evidence: [saying.evidence] });
      found.set(id, aspect);
    }
  }
  const known = [...found.values()].filter(({ sides }) => sides.length > 1);
  const [same, other] = [true, false].map((isSame) =>
    known
      .filter(({ values }) => (values.size === 1) === isSame)
      .map(({ kind, label, sides }) => aspectOf(kind, label, sides)),
  );
  return { shared: same ?? [], different: other ?? [] };
}

/** Named first, then in the order of the text. */
function byNearness(a: Saying, b: Saying): number {
  const far = ({ how }: Saying): number => (how === 'NAMED' ? 0 : how === 'POINTED' ? 1 : 2);
  return far(a) - far(b) || a.ranked.segment.ordinal - b.ranked.segment.ordinal || a.sentence - b.sentence;
}

/** Passages that name several of them. */
function together(gathered: readonly Gathered[]): Aspect[] {
  const bySegment = new Map<string, { title: string; sides: ComparedSide[] }>();
  for (const { entity, sayings } of gathered) {
    const named = Map.groupBy(
      sayings.filter(({ how }) => how === 'NAMED'),
      ({ ranked }) => ranked.segment.id,
    );
    for (const [id, [first]] of named) {
      if (!first) continue;
      const { title } = first.ranked.asset;
      const passage = bySegment.get(id) ?? { title, sides: [] };
      passage.sides.push({ entity, value: title, evidence: [first.evidence] });
      bySegment.set(id, passage);
    }
  }
  return [...bySegment.values()]
    .filter(({ sides }) => sides.length > 1)
    .toSorted((a, b) => b.sides.length - a.sides.length)
    .slice(0, TOGETHER)
    .map(({ sides }) => aspectOf('COMPANY', 'named in one passage', sides));
}

function textOf(entities: readonly Entity[], shared: readonly Aspect[], different: readonly Aspect[]): string {
  const names = entities.map(({ name }) => name);
  const all = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const list = (aspects: readonly Aspect[]): string => aspects.map(({ text }) => text).join('. ');
  return [
    shared.length > 0 ? `${all} have in common ${list(shared)}.` : `Nothing at hand tells what ${all} have in common.`,
    ...(different.length > 0 ? [`They differ in ${list(different)}.`] : []),
  ].join(' ');
}
