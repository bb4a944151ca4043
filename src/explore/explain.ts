import type { Claim, Entity, Modality } from '../domain.ts';
import { textOf, withArticle } from '../reason/describe.ts';
import { quoted } from '../reason/found.ts';
import { normalName, wordsOf } from '../reason/words.ts';
import { titleName } from '../title.ts';
import { clock, timeOf } from '../time.ts';
import { centralities, choose, type Choosable } from './choose.ts';
import { gather, requireEntities, type ExploreDeps, type Saying, type Sighting } from './gather.ts';
import { sentenceVectorsOf } from './sentence-vector.ts';
import { statedRelations, type Stated } from '../retrieve/stated.ts';

/** What an entity is, as far as what was ingested tells. */
export interface Explanation {
  readonly entity: Entity;
  /** The claims in a row. */
  readonly text: string;
  readonly claims: readonly Claim[];
  /** Strongest first. */
  readonly relations: readonly Stated[];
  /** Of what it is named, seen or heard in, in the order of the schema. */
  readonly modalities: readonly Modality[];
}

/** Mentions that are read, strongest first. */
export const EXPLAIN_MENTIONS = 200;
/** Relations looked up, a type and direction. */
const FANOUT = 30;
/** Sentences, and places where it is seen or heard, that are told. */
const SENTENCES = 4;
const SIGHTINGS = 3;
const STARTS_WITH_PRONOUN = /^(?:he|she|it|they|his|her|its|their|this|these)\b/i;
const MODALITIES: readonly Modality[] = ['TEXT', 'IMAGE', 'AUDIO', 'VIDEO', 'DOCUMENT'];

/**
 * What an entity is: the sentences that say most of it, where it is seen and heard, and its strongest relations. Reads
 * at most 200 mentions and 30 relations a type and direction. NOT_FOUND.
 */
export async function explain(entityId: string, relations: number, deps: ExploreDeps): Promise<Explanation> {
  const [entity] = await requireEntities([entityId], deps.ledger);
  if (!entity) throw new Error('requireEntities gives as many as it is asked for');
  const [{ sayings, sightings }, stated] = await Promise.all([
    gather(entity, EXPLAIN_MENTIONS, deps),
    statedRelations([entityId], FANOUT, deps),
  ]);
  const said = (await bestSayings(entity, sayings, SENTENCES, deps)).map(claimOfSaying);
  const seen = bestSightings(sightings).map((sighting) => claimOfSighting(entity, sighting));
  const claims = [...said, ...seen];
  const present = new Set([...sayings.map(({ ranked }) => ranked.asset), ...sightings.map(({ asset }) => asset)]);
  const modalities = new Set([...present].map(({ modality }) => modality));
  return {
    entity,
    text: textOf(claims, `Nothing at hand says more of ${entity.name}.`),
    claims,
    relations: stated.slice(0, relations),
    modalities: MODALITIES.filter((modality) => modalities.has(modality)),
  };
}

interface WorthSaying extends Choosable {
  readonly saying: Saying;
}

/** The sentences that say best what it is, best first, each other things. */
export async function bestSayings(
  entity: Entity,
  sayings: readonly Saying[],
  most: number,
  { ledger }: Pick<ExploreDeps, 'ledger'>,
): Promise<Saying[]> {
  const refs = sayings.map(({ ranked, sentence }) => ({
    segmentId: ranked.segment.id,
    sentence,
    of: ranked.segment.sentences.length,
  }));
  const vectors = await sentenceVectorsOf(refs, ledger);
  const bare = sayings.map((saying, i) => ({ saying, text: saying.text, worth: 0, vector: vectors[i] }));
  const central = centralities(bare);
  const weighed = bare.map((one, i): WorthSaying => ({
    ...one,
    worth: worthOf(one.saying, entity) + 0.3 * (central[i] ?? 0),
  }));
  return choose(weighed, most).map(({ saying }) => saying);
}

function worthOf({ text, how, isFirst, ranked, sentence }: Saying, entity: Entity): number {
  const words = wordsOf(text).length;
  const title = normalName(titleName(ranked.asset.title));
  const names = [entity.name, ...entity.aliases];
  const isTitled = names.some((name) => normalName(name) === title);
  return (
    (how === 'NAMED' ? 0.4 : 0) +
    (isFirst ? 0.3 : 0) +
    (names.some((name) => defines(text, name)) ? 0.6 : 0) +
    (isTitled ? 0.3 : 0) +
    (sentence === 0 || (isTitled && sentence === 1) ? 0.1 : 0) -
    (words < 5 || words > 50 ? 0.4 : 0) -
    // Whoever does not know what went before can't tell whom it means.
    (how === 'NAMED' && STARTS_WITH_PRONOUN.test(text) ? 0.4 : 0) -
    (text.trimEnd().endsWith('?') ? 0.4 : 0)
  );
}

/** "X is …", "the X was …", "X, a …". */
function defines(text: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^(?:the |an? )?${escaped}(?: (?:is|was|are|were)\\b|, (?:an?|the) )`, 'i').test(text.trim());
}

function claimOfSaying({ text, ranked, evidence }: Saying): Claim {
  const time = timeOf(ranked.segment);
  if (!time && ranked.segment.kind === 'PASSAGE')
    return { text: text.replace(/\s+/g, ' ').trim(), evidence: [evidence] };
  const at = time ? `At ${clock(time.startSeconds)}–${clock(time.endSeconds)} ` : '';
  const how = ranked.segment.kind === 'TEXT_LINE' ? 'one reads' : 'it is said';
  return { text: `${at}${how} in ${ranked.asset.title}: ${quoted(text)}.`, evidence: [evidence] };
}

/** The surest of each way of being there, one an asset and way. */
function bestSightings(sightings: readonly Sighting[]): Sighting[] {
  const best = new Map<string, Sighting>();
  for (const sighting of sightings) {
    const key = `${sighting.method} ${sighting.asset.id}`;
    if ((best.get(key)?.score ?? -1) < sighting.score) best.set(key, sighting);
  }
  return [...Map.groupBy(best.values(), ({ method }) => method).values()].flatMap((group) =>
    group.toSorted((a, b) => b.score - a.score).slice(0, SIGHTINGS),
  );
}

const VERBS = { DEPICTED: 'seen', HEARD: 'heard', SPEAKS: 'the voice' } as const;

function claimOfSighting({ name }: Entity, { method, asset, reading, score, evidence }: Sighting): Claim {
  const time = timeOf({ locator: evidence.locator });
  const at = time ? `At ${clock(time.startSeconds)}–${clock(time.endSeconds)} ` : '';
  const as = reading && reading.text.toLowerCase() !== name.toLowerCase() ? `, as ${withArticle(reading.text)}` : '';
  return {
    text: `${at}${name} is ${VERBS[method]} in ${asset.title}${as} (${score.toFixed(2)}).`,
    evidence: [evidence],
  };
}
