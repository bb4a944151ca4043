import { rangeOf } from '../dates.ts';
import type { Entity } from '../domain.ts';
import { aspectOf, type Aspect, type ComparedSide } from './aspects.ts';
import type { Stated } from '../retrieve/stated.ts';

/** One of the entities that are compared, with its relations. */
export interface Side {
  readonly entity: Entity;
  readonly relations: readonly Stated[];
}

/** A relation as it is seen from one of its ends. */
interface End {
  readonly entity: Entity;
  readonly label: string;
  readonly otherId: string;
  readonly other: string;
  readonly stated: Stated;
}

/** Sentences given of a side. */
const EVIDENCE = 3;
const PREPOSITION = /(?:^| )(?:in|on|at|of|for|from|with|as|into|to|by|over|near)$/;

/** What several of them are joined with, by the same verb or by any; and the verbs by which they are joined with different things. */
export function relationAspects(sides: readonly Side[]): { shared: Aspect[]; different: Aspect[] } {
  const own = new Set(sides.map(({ entity }) => entity.id));
  const ends = sides.flatMap(({ entity, relations }) =>
    relations.map((stated) => endOf(entity, stated)).filter(({ otherId }) => !own.has(otherId)),
  );
  const stated = ends.filter(({ stated: { relation } }) => relation.type !== 'CO_OCCURS');
  const shared: Aspect[] = [];
  const joined = new Set<string>();
  for (const same of Map.groupBy(stated, ({ label, otherId }) => `${label}|${otherId}`).values()) {
    const [first] = same;
    if (!first || entitiesOf(same) < 2) continue;
    joined.add(first.otherId);
    shared.push(aspectOf('RELATION', first.label, sidesOf(same)));
  }
  for (const [otherId, same] of Map.groupBy(ends, (end) => end.otherId)) {
    if (joined.has(otherId) || entitiesOf(same) < 2) continue;
    shared.push(aspectOf('COMPANY', 'joined with', sidesOf(same)));
  }
  const different = [...Map.groupBy(stated, ({ label }) => label)].flatMap(([label, same]): Aspect[] => {
    const all = sidesOf(same);
    const isSame = new Set(all.map(({ value }) => value)).size < 2;
    // Dates are compared by the sentences that tell them.
    const isDated = all.every(({ value }) => rangeOf(value) !== undefined);
    return all.length < 2 || isSame || isDated ? [] : [aspectOf('RELATION', label, all)];
  });
  return { shared, different };
}

/** The relation's verb from this end: "cast", "cast by"; "born in", "born in it". */
function endOf(entity: Entity, stated: Stated): End {
  const { subjectId, objectId, predicate } = stated.relation;
  if (subjectId === entity.id) return { entity, label: predicate, otherId: objectId, other: stated.object, stated };
  const label = PREPOSITION.test(predicate) || predicate.startsWith('is ') ? `${predicate} it` : `${predicate} by`;
  return { entity, label, otherId: subjectId, other: stated.subject, stated };
}

function entitiesOf(ends: readonly End[]): number {
  return new Set(ends.map(({ entity }) => entity.id)).size;
}

/** One an entity, with all that it is joined with, in the order of their names. */
function sidesOf(ends: readonly End[]): ComparedSide[] {
  return [...Map.groupBy(ends, ({ entity }) => entity.id).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const value = [...new Set(own.map(({ other }) => other))].toSorted().join(', ');
    const evidence = new Map(own.flatMap(({ stated }) => stated.evidence.map((one) => [one.id, one] as const)));
    return [{ entity: first.entity, value, evidence: [...evidence.values()].slice(0, EVIDENCE) }];
  });
}
