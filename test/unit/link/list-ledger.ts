import type { Entity } from '../../../src/domain.ts';
import { blockKeys, normalName } from '../../../src/link/blocking.ts';
import type { EntityCandidate, Ledger } from '../../../src/ports/ledger.ts';

/** Entities in memory, looked up as the ledger looks them up; for measuring the link stage without a store. */
export class ListLedger implements Pick<Ledger, 'entitiesByName' | 'entitiesByBlock'> {
  readonly #entities = new Map<string, Entity>();
  readonly #byNormal = new Map<string, Set<string>>();
  readonly #byBlock = new Map<string, Map<string, EntityCandidate>>();

  get size(): number {
    return this.#entities.size;
  }

  add(entities: readonly Entity[]): void {
    for (const entity of entities) {
      this.#entities.set(entity.id, entity);
      for (const normal of new Set([entity.name, ...entity.aliases].map(normalName))) {
        this.#byNormal.set(normal, (this.#byNormal.get(normal) ?? new Set()).add(entity.id));
        for (const key of blockKeys(normal)) {
          const block = this.#byBlock.get(key) ?? new Map<string, EntityCandidate>();
          this.#byBlock.set(key, block.set(`${entity.id}|${normal}`, { entity, normal }));
        }
      }
    }
  }

  async entitiesByName(normals: readonly string[]): Promise<Map<string, Entity[]>> {
    const found = new Map<string, Entity[]>();
    for (const normal of normals) {
      const entities = [...(this.#byNormal.get(normal) ?? [])].flatMap((id) => this.#entities.get(id) ?? []);
      if (entities.length > 0) found.set(normal, entities);
    }
    return found;
  }

  async entitiesByBlock(blocks: readonly string[], limit = 50): Promise<EntityCandidate[]> {
    return blocks.flatMap((key) => [...(this.#byBlock.get(key)?.values() ?? [])].slice(0, limit));
  }
}
