import type { Entity, EntityKind, Merge } from '../domain.ts';
import type { TextEmbedder } from '../ports/encoders.ts';
import type { Ledger } from '../ports/ledger.ts';
import { blockKeys, normalName } from './blocking.ts';
import { entityId, stableId } from './ids.ts';
import { mayBeSame, type Likeness } from './likeness.ts';

/** Cosine of two names' vectors from which an undecided pair is the same. */
const SAME_MEANING = 0.93;
const SAME_ACRONYM = 0.75;
/** Two letters stand for too much ("PM", "B.S."), but for a place they are often its own. */
const SAME_TWO_LETTERS = 0.86;

/** A name to resolve; equal ones (kind and normal form) are resolved once. */
export interface NameToResolve {
  readonly name: string;
  readonly kind: EntityKind;
  readonly synset?: number;
  readonly aliases?: readonly string[];
}

export interface ResolveDeps {
  readonly ledger: Pick<Ledger, 'entitiesByName' | 'entitiesByBlock'>;
  readonly embedder?: TextEmbedder;
}

export interface Resolution {
  readonly entity: Entity;
  /** Present when the name was taken for an entity that it would not have been by itself. */
  readonly merge?: Merge;
}

/** Key under which a resolution is found again. */
export function nameKey(kind: EntityKind, name: string): string {
  return `${kind}\u0000${normalName(name)}`;
}

/**
 * Names → entities: exact normal form with a fitting kind, then blocked trigram similarity with guards, then, for
 * what that leaves undecided, the similarity of the names' vectors. Entities of this batch count like known ones.
 */
export async function resolveNames(
  names: readonly NameToResolve[],
  deps: ResolveDeps,
): Promise<Map<string, Resolution>> {
  // In one order, whatever order they come in. Names of unknown kind last: one of them joins what is known of its
  // kind, and never makes one of a person and a place.
  const wanted = new Map(
    names
      .map((name) => ({ key: nameKey(name.kind, name.name), name }))
      .toSorted((a, b) => Number(a.name.kind === 'NAME') - Number(b.name.kind === 'NAME') || compare(a.key, b.key))
      .map(({ key, name }) => [key, name]),
  );
  const normals = [...new Set([...wanted.values()].map((name) => normalName(name.name)))];
  const pool = new Pool(await deps.ledger.entitiesByName(normals));
  const fuzzy = [...wanted.values()].filter(
    (name) => isProper(name.kind) && !pool.exact(normalName(name.name), name.kind),
  );
  const keys = [...new Set(fuzzy.flatMap((name) => blockKeys(normalName(name.name))))];
  if (keys.length > 0) for (const { entity } of await deps.ledger.entitiesByBlock(keys, 50)) pool.add(entity);

  const resolutions = new Map<string, Resolution>();
  const undecided: { key: string; name: NameToResolve; other: Entity; likeness: Likeness }[] = [];
  for (const [key, name] of wanted) {
    const normal = normalName(name.name);
    const exact = pool.exact(normal, name.kind);
    if (exact) {
      resolutions.set(key, joined(exact, name, exact.kind === name.kind ? undefined : { reason: 'EXACT', score: 1 }));
      continue;
    }
    const alike = isProper(name.kind) ? pool.alike(normal, name.kind) : undefined;
    if (alike?.likeness.verdict === 'SAME') {
      resolutions.set(key, joined(alike.entity, name, { reason: 'TRIGRAM', score: alike.likeness.score }));
      continue;
    }
    const entity = newEntity(name);
    pool.add(entity);
    resolutions.set(key, { entity });
    if (alike && deps.embedder) undecided.push({ key, name, other: alike.entity, likeness: alike.likeness });
  }
  if (undecided.length > 0 && deps.embedder) {
    const texts = undecided.flatMap(({ name, other }) => [{ text: name.name }, { text: other.name }]);
    const embedded = await deps.embedder.embed(texts, 'passage');
    for (const [i, { key, name, other, likeness }] of undecided.entries()) {
      const [a, b] = [embedded[2 * i]?.vector, embedded[2 * i + 1]?.vector];
      const score = a && b ? a.reduce((sum, value, d) => sum + value * (b[d] ?? 0), 0) : 0;
      if (score < neededFor(likeness, name, other)) continue;
      const target = resolutions.get(nameKey(other.kind, other.name))?.entity ?? other;
      resolutions.set(key, joined(target, name, { reason: 'VECTOR', score }));
    }
  }
  return resolutions;
}

/** Cosine from which a pair that spelling leaves open is one. */
function neededFor({ verdict }: Likeness, a: NameToResolve, b: Entity): number {
  if (verdict !== 'ACRONYM') return SAME_MEANING;
  const letters = Math.min(normalName(a.name).length, normalName(b.name).length);
  return letters <= 2 && a.kind !== 'PLACE' && b.kind !== 'PLACE' ? SAME_TWO_LETTERS : SAME_ACRONYM;
}

/** Kinds whose names are names of single things. */
export function isProper(kind: EntityKind): boolean {
  return kind !== 'CONCEPT' && kind !== 'DATE' && kind !== 'QUANTITY';
}

/** NAME is a proper name whose kind is not known, so it fits every proper kind; others fit only themselves. */
export function kindsFit(a: EntityKind, b: EntityKind): boolean {
  return a === b || (isProper(a) && isProper(b) && (a === 'NAME' || b === 'NAME'));
}

function newEntity(name: NameToResolve): Entity {
  return {
    id: entityId(name.kind, normalName(name.name)),
    kind: name.kind,
    name: name.name,
    aliases: [...(name.aliases ?? [])],
    ...(name.synset === undefined ? {} : { synset: name.synset }),
  };
}

function joined(
  entity: Entity,
  name: NameToResolve,
  why: { reason: Merge['reason']; score: number } | undefined,
): Resolution {
  const known = new Set([entity.name, ...entity.aliases].map(normalName));
  const aliases = [
    ...entity.aliases,
    ...[name.name, ...(name.aliases ?? [])].filter((alias) => !known.has(normalName(alias))),
  ];
  const synset = entity.synset ?? name.synset;
  const resolved: Entity = { ...entity, aliases, ...(synset === undefined ? {} : { synset }) };
  if (!why) return { entity: resolved };
  const fromId = entityId(name.kind, normalName(name.name));
  return {
    entity: resolved,
    merge: {
      id: stableId('Merge', entity.id, fromId),
      intoId: entity.id,
      fromId,
      fromName: name.name,
      ...why,
      createdAt: new Date().toISOString(),
    },
  };
}

/** Entities that names may turn out to be, by normal form and by block. */
class Pool {
  readonly #byNormal = new Map<string, Entity[]>();
  readonly #byBlock = new Map<string, Map<string, { entity: Entity; normal: string }>>();

  constructor(known: ReadonlyMap<string, readonly Entity[]>) {
    for (const [normal, entities] of known) for (const entity of entities) this.add(entity, normal);
  }

  add(entity: Entity, ...also: readonly string[]): void {
    for (const normal of new Set([...also, ...[entity.name, ...entity.aliases].map(normalName)])) {
      const same = this.#byNormal.get(normal) ?? [];
      if (!same.some((other) => other.id === entity.id)) this.#byNormal.set(normal, [...same, entity]);
      for (const key of blockKeys(normal)) {
        const block = this.#byBlock.get(key) ?? new Map<string, { entity: Entity; normal: string }>();
        this.#byBlock.set(key, block.set(`${entity.id}|${normal}`, { entity, normal }));
      }
    }
  }

  /** The entity of this normal form whose kind fits best: its own, then one not known, then any fitting one. */
  exact(normal: string, kind: EntityKind): Entity | undefined {
    const fitting = (this.#byNormal.get(normal) ?? []).filter((entity) => kindsFit(entity.kind, kind));
    return (
      fitting.find((entity) => entity.kind === kind) ?? fitting.find((entity) => entity.kind === 'NAME') ?? fitting[0]
    );
  }

  alike(normal: string, kind: EntityKind): { entity: Entity; likeness: Likeness } | undefined {
    let best: { entity: Entity; likeness: Likeness } | undefined;
    for (const key of blockKeys(normal)) {
      for (const candidate of this.#byBlock.get(key)?.values() ?? []) {
        if (!kindsFit(candidate.entity.kind, kind)) continue;
        const likeness = mayBeSame(normal, candidate.normal, kind === 'PERSON' || candidate.entity.kind === 'PERSON');
        if (!likeness) continue;
        const better = !best || rank(likeness) > rank(best.likeness);
        if (better) best = { entity: candidate.entity, likeness };
      }
    }
    return best;
  }
}

function rank({ verdict, score }: Likeness): number {
  return (verdict === 'SAME' ? 2 : verdict === 'ACRONYM' ? 1 : 0) + score;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
