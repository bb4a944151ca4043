import { normalName } from '../link/blocking.ts';
import type { EntityKind } from '../domain.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import { relationQuestion, type RelationQuestion } from './relation-question.ts';
import { statedRelations, type Stated } from './stated.ts';

/** What is stated between a thing that a question names and others of the kind it asks for. */
export interface Related {
  readonly question: RelationQuestion;
  /** Whatever the relation, strongest first. */
  readonly stated: readonly (Stated & { readonly other: { readonly id: string; readonly name: string } })[];
  /** False where the thing has more relations than are read. */
  readonly exact: boolean;
}

/** Relations read of a thing and direction. */
const FANOUT = 200;
/** Things of that name. */
const THINGS = 5;

/**
 * Reads the relations of the thing for a question that asks for all that stand in one to it. Undefined for any other
 * question, and where the graph does not know the thing. The cost is bounded by the figures above.
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
  const stated = await statedRelations([...things], FANOUT, deps, ['RELATES_TO']);
  const otherOf = ({ relation: { subjectId, objectId } }: Stated): string =>
    things.has(question.thingActs ? subjectId : objectId) ? (question.thingActs ? objectId : subjectId) : '';
  const others = await deps.ledger.entitiesById([...new Set(stated.map(otherOf).filter((id) => id !== ''))]);
  const wanted = new Map(others.filter(({ kind }) => isWanted(kind, question)).map((entity) => [entity.id, entity]));
  return {
    question,
    stated: stated.flatMap((one) => {
      const other = wanted.get(otherOf(one));
      return other ? [{ ...one, other: { id: other.id, name: other.name } }] : [];
    }),
    exact: stated.length < FANOUT,
  };
}

function isWanted(kind: EntityKind, { kinds }: RelationQuestion): boolean {
  return kinds.includes(kind);
}
