import type { Asset, Entity, Evidence, Mention, Reading } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import { evidenceOfReading } from '../reason/describe.ts';
import { normalName } from '../reason/words.ts';
import { titleName } from '../title.ts';
import { evidenceAt } from '../retrieve/evidence.ts';
import { rankedAsThey } from '../retrieve/ranked.ts';
import type { RankedSegment } from '../retrieve/retrieval.ts';

export interface ExploreDeps {
  readonly ledger: Ledger;
  readonly graph: GraphStore;
}

/** A sentence, line or transcript that speaks of an entity. */
export interface Saying {
  readonly ranked: RankedSegment;
  /** Index into the segment's sentences; −1 is all of it. */
  readonly sentence: number;
  readonly text: string;
  /** NAMED in it; POINTED at by its pronoun; TITLE: the text is about it. */
  readonly how: 'NAMED' | 'POINTED' | 'TITLE';
  /** Whether nothing else is named before it. */
  readonly isFirst: boolean;
  readonly evidence: Evidence;
}

/** A place where an entity is seen or heard, or speaks. */
export interface Sighting {
  readonly method: 'DEPICTED' | 'HEARD' | 'SPEAKS';
  readonly asset: Asset;
  readonly reading?: Reading;
  readonly score: number;
  readonly evidence: Evidence;
}

/** What the stores hold of an entity, bounded. */
export interface Gathered {
  readonly entity: Entity;
  readonly sayings: readonly Saying[];
  readonly sightings: readonly Sighting[];
}

/** A heading, which says no sentence. */
const HEADING = /^#{1,6}\s/;
/** Of a text about somebody these mean its subject, unless another was named; "it" means whatever was spoken of last. */
const PERSONAL = /^(?:he|she|his|her)\b/i;
const PRONOUN = /^(?:he|she|it|they|his|her|its|their)\b/i;

/** Entities by their ids, in their order. NOT_FOUND for one that is not there. */
export async function requireEntities(ids: readonly string[], ledger: Pick<Ledger, 'entitiesById'>): Promise<Entity[]> {
  const byId = new Map((await ledger.entitiesById(ids)).map((entity) => [entity.id, entity]));
  return ids.map((id) => {
    const entity = byId.get(id);
    if (!entity) throw new SensegraphError('NOT_FOUND', `There is no entity ${id}. Look for it with entities(search).`);
    return entity;
  });
}

/** Reads the `most` strongest mentions of an entity: where it is spoken of, seen and heard. */
export async function gather(entity: Entity, most: number, { ledger }: Pick<ExploreDeps, 'ledger'>): Promise<Gathered> {
  const { items: mentions } = await ledger.mentionsOfEntity(entity.id, { first: most });
  const segmentIds = [...new Set(mentions.map(({ segmentId }) => segmentId))];
  const [ranked, all] = await Promise.all([rankedAsThey(segmentIds, ledger), ledger.mentionsOf(segmentIds)]);
  const own = Map.groupBy(mentions, ({ segmentId }) => segmentId);
  const sayings: Saying[] = [];
  const sightings = new Map<string, Sighting>();
  for (const [segmentId, there] of own) {
    const segment = ranked.get(segmentId);
    if (!segment) continue;
    for (const mention of there) {
      const sighting = sightingOf(mention, segment);
      if (sighting && !sightings.has(sighting.evidence.id)) sightings.set(sighting.evidence.id, sighting);
    }
    sayings.push(...sayingsIn(segment, entity, there, all.get(segmentId) ?? []));
  }
  return { entity, sayings, sightings: [...sightings.values()] };
}

function sightingOf(mention: Mention, ranked: RankedSegment): Sighting | undefined {
  const { method, score } = mention;
  if (mention.sentence >= 0 || (method !== 'DEPICTED' && method !== 'HEARD' && method !== 'SPEAKS')) return undefined;
  const named = ranked.readings.filter(({ text }) => text === mention.surface);
  // The box of a thing may be the mention's while its name is that of the whole picture.
  const reading =
    named.find(({ locator }) => JSON.stringify(locator) === JSON.stringify(mention.locator)) ?? named[0] ?? undefined;
  const evidence = reading
    ? { ...evidenceOfReading(ranked, reading), locator: mention.locator }
    : { ...evidenceAt(ranked, -1), locator: mention.locator };
  return { method, asset: ranked.asset, score, evidence, ...(reading ? { reading } : {}) };
}

/** Sentences that name it, that a pronoun carries on from those, and all of a text that is about it. */
function sayingsIn(ranked: RankedSegment, entity: Entity, own: readonly Mention[], all: readonly Mention[]): Saying[] {
  const { segment, asset } = ranked;
  if (segment.kind === 'IMAGE' || segment.kind === 'FIGURE' || segment.kind === 'SHOT') return [];
  const named = new Set(own.filter(({ method }) => method !== 'SPEAKS').map(({ sentence }) => sentence));
  const title = normalName(titleName(asset.title));
  const isAbout = [entity.name, ...entity.aliases].some((name) => normalName(name) === title);
  const sayings: Saying[] = [];
  let goesOn = false;
  for (const [i, span] of segment.sentences.entries()) {
    const text = segment.text.slice(span.start, span.end);
    if (HEADING.test(text)) continue;
    const isNamed = named.has(i);
    const first = all
      .filter(({ sentence, method }) => sentence === i && method !== 'SPEAKS' && method !== 'TITLE')
      .toSorted((a, b) => startOf(a) - startOf(b))[0];
    const isFirst = first?.entityId === entity.id;
    const isPointed: boolean = !isNamed && (goesOn ? PRONOUN.test(text) : isAbout && PERSONAL.test(text));
    goesOn = isNamed ? isFirst : isPointed;
    if (!isNamed && !isPointed && !isAbout) continue;
    const how = isNamed ? 'NAMED' : isPointed ? 'POINTED' : 'TITLE';
    sayings.push({ ranked, sentence: i, text, how, isFirst, evidence: evidenceAt(ranked, i) });
  }
  return sayings;
}

function startOf({ locator }: Mention): number {
  if (locator.type === 'TextSpan') return locator.start;
  return locator.type === 'ImageRegion' ? locator.x : locator.startSeconds;
}
