import type { Claim, Entity, Page } from '../domain.ts';
import { measureNeighbourhood } from '../measure-neighbourhood.ts';
import type { GraphEdge, GraphNode, Subgraph } from '../ports/graph-store.ts';
import type { ExploreDeps } from './gather.ts';
import { pageOf } from './page.ts';
import { summarise } from './summarise.ts';

/** Entities that belong together by who is joined to whom, and what is said of them. */
export interface Community {
  /** Names its most central entity and where it was looked for, so that it is found again as the graph is then. */
  readonly id: string;
  /** Its most central entities. */
  readonly title: string;
  /** Most central first. */
  readonly entities: readonly Entity[];
  /** How many entities it has. */
  readonly size: number;
  readonly text: string;
  readonly claims: readonly Claim[];
}

/** Parts of the graph that is looked at: what is around a node, or around the newest assets. */
const HOPS = 3;
const FANOUT = 20;
const MAX_NODES = 2000;
const HUB = 500;
const NEWEST = 100;
/** Entities told of a community, and those that its title names. */
const ENTITIES = 20;
const TITLE = 3;
/** A community of one entity says nothing of what belongs together. */
const LEAST_ENTITIES = 2;

/** A community before it is told of. */
interface Members {
  readonly id: string;
  readonly around: string | undefined;
  /** Most central first. */
  readonly entities: readonly { readonly node: GraphNode; readonly rank: number }[];
  readonly segments: readonly { readonly node: GraphNode; readonly rank: number }[];
  /** Segment → entity. */
  readonly mentions: readonly GraphEdge[];
}

/**
 * Communities by Louvain, the largest first, of what is around a node (3 hops), or without one around the 100 newest
 * assets: of at most 2,000 nodes, 20 edges a node, type and direction, hubs of more than 500 edges not passed. BAD_INPUT for a wrong cursor.
 */
export async function communities(
  around: string | undefined,
  paging: { readonly first: number; readonly after?: string },
  deps: ExploreDeps,
): Promise<Page<Community>> {
  const page = pageOf(await membersAround(around, deps), paging);
  const items: Community[] = [];
  for (const one of page.items) items.push(await tell(one, deps));
  return { ...page, items };
}

/**
 * The community that bears the id now: the one that its most central entity is in. An entity's own id gives its community
 * in what is around it. Null where there is none.
 */
export async function community(id: string, deps: ExploreDeps): Promise<Community | null> {
  const isOwn = id.startsWith('Community:');
  const [entityId = '', around] = isOwn ? id.slice('Community:'.length).split('~') : [id, id];
  const found = (await membersAround(around, deps)).find(({ entities }) =>
    entities.some(({ node }) => node.id === entityId),
  );
  return found ? tell(found, deps) : null;
}

async function membersAround(around: string | undefined, { graph, ledger }: ExploreDeps): Promise<Members[]> {
  const from = around === undefined ? (await ledger.assets({ first: NEWEST })).items.map(({ id }) => id) : [around];
  const bounds = { hops: HOPS, fanout: FANOUT, maxNodes: MAX_NODES, skipDegreeOver: HUB };
  return communitiesIn(await graph.expand({ from, ...bounds }), around);
}

/** The communities of a part of the graph that hold two entities and a segment at least, the most entities first. */
export function communitiesIn(part: Subgraph, around?: string): Members[] {
  const measures = measureNeighbourhood(part);
  const groups = Map.groupBy(part.nodes, ({ id }) => measures.get(id)?.community ?? -1);
  const found = [...groups.values()].flatMap((nodes): Members[] => {
    const ranked = nodes.map((node) => ({ node, rank: measures.get(node.id)?.rank ?? 0 })).toSorted(byRank);
    const segments = ranked.filter(({ node }) => node.label === 'Segment');
    const entities = ranked
      .filter(({ node }) => node.label === 'Entity')
      .map(({ node, rank }) => ({ node, rank: rank * standing(node) }))
      .toSorted(byRank);
    const central = entities.filter(({ rank }) => rank > 0);
    const [first] = central;
    if (!first || central.length < LEAST_ENTITIES || segments.length === 0) return [];
    const own = new Set(nodes.map(({ id }) => id));
    const mentions = part.edges.filter(
      ({ type, from, to }) => (type === 'MENTIONS' || type === 'ABOUT') && own.has(from) && own.has(to),
    );
    const id = `Community:${first.node.id}${around === undefined ? '' : `~${around}`}`;
    return [{ id, around, entities: central, segments, mentions }];
  });
  return found.toSorted((a, b) => b.entities.length - a.entities.length || (a.id < b.id ? -1 : 1));
}

type Ranked = Members['entities'][number];

function byRank(a: Ranked, b: Ranked): number {
  return b.rank - a.rank || (a.node.id < b.node.id ? -1 : 1);
}

/** A proper name tells more of what a community is about than a kind of thing; a date or number tells nothing. */
function standing({ properties }: GraphNode): number {
  const { kind } = properties;
  if (kind === 'DATE' || kind === 'QUANTITY') return 0;
  return kind === 'CONCEPT' ? 0.25 : 1;
}

async function tell({ id, entities, segments, mentions }: Members, deps: ExploreDeps): Promise<Community> {
  const claims = await summarise({ entities, segments, mentions }, deps.ledger);
  const known = await deps.ledger.entitiesById(entities.slice(0, ENTITIES).map(({ node }) => node.id));
  const names = entities.slice(0, TITLE).map(({ node }) => node.caption);
  return {
    id,
    title: names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join(''),
    entities: known,
    size: entities.length,
    text: claims.map(({ text }) => text).join(' '),
    claims,
  };
}
