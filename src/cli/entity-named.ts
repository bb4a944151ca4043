import type { Application } from '../application.ts';
import type { Entity } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import { normalName } from '../reason/words.ts';

/** Entities looked through for one of just the name. */
const CANDIDATES = 50;

/** The entity of an id or a name: of just this name or alias, with most kinds told; else the best match. NOT_FOUND. */
export async function entityNamed(
  nameOrId: string,
  application: Pick<Application, 'entities' | 'entitiesById'>,
): Promise<Entity> {
  if (nameOrId.startsWith('Entity:')) {
    const [entity] = await application.entitiesById([nameOrId]);
    if (!entity) throw new SensegraphError('NOT_FOUND', `There is no entity ${nameOrId}.`);
    return entity;
  }
  const { items } = await application.entities({ search: nameOrId, first: CANDIDATES });
  const wanted = normalName(nameOrId);
  const exact = items.filter(({ name, aliases }) => [name, ...aliases].some((one) => normalName(one) === wanted));
  // A proper name of a kind that is known is meant before one that merely is a name.
  const best = exact.find(({ kind }) => kind !== 'NAME') ?? exact[0] ?? items[0];
  if (!best) throw new SensegraphError('NOT_FOUND', `Nothing is called ${nameOrId}. Ingest something that names it.`);
  return best;
}
