import type { Asset, Mention } from '../domain.ts';
import { normalName } from '../link/blocking.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import { censusQuestion, type CensusQuestion } from './census-question.ts';

/** Where one thing is found. */
export interface Counted {
  /** One an asset: where it is surest, in the order of how sure. */
  readonly found: readonly { readonly asset: Asset; readonly mention: Mention }[];
  /** False where a bound was reached, so that there may be more. */
  readonly exact: boolean;
}

/** What is asked for across everything ingested, with each asset that has it. */
export interface Census extends Counted {
  readonly question: CensusQuestion;
  /** The same of what it is compared with. */
  readonly than?: Counted;
}

/** Assets cited of a census. */
const CITED = 12;

/** The surest mentions: what an answer cites. Of two things that are compared as many each. */
export function citedOf({ found, than }: Census): Counted['found'] {
  return than ? [...found.slice(0, CITED / 2), ...than.found.slice(0, CITED / 2)] : found.slice(0, CITED);
}

/** A sight or sound that is less sure is not counted. */
const SURE = 0.3;
/** Kinds looked for ("beagle" for "dog"), and mentions read in all. */
const KINDS = 100;
const MENTIONS = 2000;
const PAGE = 200;
const HOPS = 4;
const FANOUT = 200;

/**
 * Takes a census for a question that asks for one: the entities of the thing's name and all kinds of it, and each asset of the
 * wanted sort that mentions one; of two things that are compared, of each. Undefined for any other question, and where the
 * graph does not know the thing, or one of the two.
 * The cost is bounded by the figures above, whatever the graph holds.
 */
export async function takeCensus(
  text: string,
  deps: { readonly ledger: Ledger; readonly graph: GraphStore },
): Promise<Census | undefined> {
  const question = censusQuestion(text);
  if (!question) return undefined;
  const counted = await countThing(question.thing, question, deps);
  if (!counted || question.than === undefined) return counted && { question, ...counted };
  // What the graph does not know was not looked for either: that is no count of nothing.
  const than = await countThing(question.than, question, deps);
  return than && { question, ...counted, than };
}

/** Where one thing and its kinds are; undefined where the graph does not know it. */
async function countThing(
  thing: string,
  question: CensusQuestion,
  { ledger, graph }: { readonly ledger: Ledger; readonly graph: GraphStore },
): Promise<Counted | undefined> {
  const named = await ledger.entitiesByName(namesOf(thing));
  const roots = [...new Set([...named.values()].flat().map(({ id }) => id))].slice(0, KINDS);
  if (roots.length === 0) return undefined;
  const kinds = await kindsOf(roots, graph);
  const mentions = await mentionsOf(kinds.ids, question, ledger);
  const segments = await ledger.segmentsById([...new Set(mentions.all.map(({ segmentId }) => segmentId))]);
  const assetOf = new Map(segments.map(({ id, assetId }) => [id, assetId]));
  const surest = new Map<string, Mention>();
  for (const mention of mentions.all.toSorted((a, b) => b.score - a.score)) {
    const id = assetOf.get(mention.segmentId);
    if (id !== undefined && !surest.has(id)) surest.set(id, mention);
  }
  const assets = await ledger.assetsById([...surest.keys()]);
  const found = assets.flatMap((asset) => {
    const mention = surest.get(asset.id);
    return mention && question.modalities.includes(asset.modality) ? [{ asset, mention }] : [];
  });
  return { found, exact: kinds.exact && mentions.exact };
}

/** The name as it may stand in the graph: as it is, and in the singular. */
function namesOf(thing: string): string[] {
  const name = normalName(thing);
  return [...new Set([name, name.replace(/ies$/, 'y'), name.replace(/s$/, ''), name.replace(/es$/, '')])];
}

/** The entities and everything that is a kind of them. */
async function kindsOf(
  roots: readonly string[],
  graph: GraphStore,
): Promise<{ ids: readonly string[]; exact: boolean }> {
  const { edges } = await graph.expand({ from: roots, hops: HOPS, fanout: FANOUT, types: ['IS_A'] });
  const below = Map.groupBy(edges, ({ to }) => to);
  const ids = new Set(roots);
  for (const id of ids) for (const { from } of below.get(id) ?? []) ids.add(from);
  const isFull = [...ids].some((id) => (below.get(id)?.length ?? 0) >= FANOUT);
  return { ids: [...ids].slice(0, KINDS), exact: ids.size <= KINDS && !isFull };
}

async function mentionsOf(
  entities: readonly string[],
  { methods }: CensusQuestion,
  ledger: Ledger,
): Promise<{ all: readonly Mention[]; exact: boolean }> {
  const all: Mention[] = [];
  for (const id of entities) {
    let after: string | null | undefined;
    do {
      if (all.length >= MENTIONS) return { all, exact: false };
      const page = await ledger.mentionsOfEntity(id, { first: PAGE, methods, ...(after ? { after } : {}) });
      const sure = page.items.filter(({ score }) => score >= SURE);
      all.push(...sure);
      // The surest come first.
      after = sure.length < page.items.length ? null : page.next;
    } while (after);
  }
  return { all, exact: true };
}
