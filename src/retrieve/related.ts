import { normalName } from '../link/blocking.ts';
import type { GraphEdge, GraphStore } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import { stem } from '../word-forms.ts';
import { relationQuestion, type RelationQuestion } from './relation-question.ts';
import { statedRelations, type Stated } from './stated.ts';

/** All that stand in the relation to the thing that a question names. */
export interface Related {
  readonly question: RelationQuestion;
  /** One an entity, strongest first; never none. */
  readonly found: readonly { readonly id: string; readonly name: string; readonly stated: Stated }[];
  /** False where the thing has more relations than are read. */
  readonly exact: boolean;
}

/** Relations read of a thing and direction. */
const FANOUT = 200;
/** Things of that name. */
const THINGS = 5;

/**
 * Reads the relations of the thing for a question that asks for all that stand in one to it. Undefined for any other
 * question, and where the graph knows none. The cost is bounded by the figures above; of relations with another verb
 * nothing but the edge is read.
 */
export async function findRelated(
  text: string,
  deps: { readonly ledger: Ledger; readonly graph: GraphStore },
): Promise<Related | undefined> {
  const question = relationQuestion(text);
  if (!question) return undefined;
  const named = await deps.ledger.entitiesByName([normalName(question.thing)]);
  const things = new Set(
    [...named.values()]
      .flat()
      .map(({ id }) => id)
      .slice(0, THINGS),
  );
  if (things.size === 0) return undefined;
  const [thingEnd, otherEnd] = question.thingActs ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const read = new Map<string, number>();
  const isWanted = (edge: GraphEdge): boolean => {
    const thing = edge[thingEnd];
    if (!things.has(thing)) return false;
    read.set(thing, (read.get(thing) ?? 0) + 1);
    return saysSo(String(edge.properties['predicate'] ?? ''), question);
  };
  const stated = await statedRelations([...things], FANOUT, deps, ['RELATES_TO'], isWanted);
  const otherOf = ({ relation }: Stated): string => (otherEnd === 'to' ? relation.objectId : relation.subjectId);
  const others = new Map(
    (await deps.ledger.entitiesById([...new Set(stated.map(otherOf))])).map((one) => [one.id, one]),
  );
  const found = [...Map.groupBy(stated, otherOf)].flatMap(([id, [strongest]]) => {
    const other = others.get(id);
    return strongest && other && question.kinds.includes(other.kind)
      ? [{ id, name: other.name, stated: strongest }]
      : [];
  });
  if (found.length === 0) return undefined;
  return { question, found, exact: [...read.values()].every((count) => count < FANOUT) };
}

/** The verb in any form, with just the preposition that was asked for: who wrote for a paper didn't write the paper. */
function saysSo(predicate: string, { verb, preposition }: RelationQuestion): boolean {
  const [said = '', ...prepositions] = predicate.split(' ');
  if (stem(said) !== stem(verb)) return false;
  return preposition === '' ? prepositions.length === 0 : prepositions.includes(preposition);
}
