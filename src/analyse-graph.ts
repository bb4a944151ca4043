import { similarNodes } from '../graph/algorithms/similarity.ts';
import { KNOWLEDGE_EDGES } from '../graph/ontology.ts';
import { SensegraphError } from './errors.ts';
import { measureNeighbourhood } from './measure-neighbourhood.ts';
import type { GraphMeasures, NodeMeasures } from './ports/graph-measures.ts';
import type { GraphEdge, GraphNode, GraphStore, Subgraph } from './ports/graph-store.ts';
import { buildLocalGraph } from './retrieve/local-graph.ts';

/** What an analysis of a whole graph found. */
export interface GraphAnalysis {
  /** What computed it. */
  readonly engine: string;
  readonly nodes: number;
  readonly edges: number;
  /** Whether each node keeps its measures, as properties to look at in Neo4j Browser. */
  readonly isKept: boolean;
  readonly communities: number;
  /** Number and size of the largest communities. */
  readonly largest: readonly { readonly community: number; readonly size: number }[];
  /** The entities of the highest PageRank. */
  readonly central: readonly Pick<GraphNode, 'id' | 'caption'>[];
}

export interface AnalyseOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (text: string) => void;
  /** Edges that this process takes on itself. */
  readonly mostEdges?: number;
}

/** Edges of a graph that is analysed here, in memory: 20,000 nodes and 200,000 edges take 5 s. */
const MOST_EDGES = 200_000;
const PAGE = 1000;
const SHOWN = 10;
const TOP_SIMILAR = 5;
const HERE = 'Sensegraph';

/**
 * Measures every node: PageRank, communities, and for entities those most alike. By the engine for whole graphs where
 * the graph database has one, else here, where the graph is small enough; the measures are kept with the nodes where
 * there is a place for them. BAD_INPUT when the graph is too large, CANCELLED when stopped.
 */
export async function analyseGraph(
  { graph, measures }: { readonly graph: GraphStore; readonly measures?: GraphMeasures | undefined },
  options: AnalyseOptions = {},
): Promise<GraphAnalysis> {
  const counts = await graph.counts();
  const engine = await measures?.engine();
  if (measures && engine) {
    options.onProgress?.(`${engine} analyses ${counts.nodes} nodes and ${counts.edges} edges`);
    await measures.analyse({ topSimilar: TOP_SIMILAR });
    const { count, largest } = await measures.communities(SHOWN);
    const central = (await measures.mostCentral(SHOWN)).map(({ id, caption }) => ({ id, caption }));
    return { engine, ...counts, isKept: true, communities: count, largest, central };
  }
  const { mostEdges = MOST_EDGES } = options;
  if (counts.edges > mostEdges) throw tooLarge(counts.edges, mostEdges, measures !== undefined);
  const whole = await readWhole(graph, options);
  options.onProgress?.(`analysing ${whole.nodes.length} nodes and ${whole.edges.length} edges`);
  const found = measureAll(whole);
  await measures?.write(found);
  return {
    engine: HERE,
    nodes: whole.nodes.length,
    edges: whole.edges.length,
    isKept: measures !== undefined,
    ...summary(whole, found),
  };
}

function tooLarge(edges: number, most: number, hasNeo4j: boolean): SensegraphError {
  const next = hasNeo4j
    ? 'install the Graph Data Science plugin in Neo4j (docs/stores.md) and try again'
    : 'give the ledger a Neo4j with the Graph Data Science plugin (docs/stores.md), fill it by: sensegraph graph rebuild, and try again';
  return new SensegraphError(
    'BAD_INPUT',
    `The graph has ${edges} edges; without an engine for whole graphs at most ${most} are analysed: ${next}. Parts of it are measured at any size: neighbourhood { nodes { rank community } } of the API.`,
  );
}

async function readWhole(graph: GraphStore, { signal, onProgress }: AnalyseOptions): Promise<Subgraph> {
  const [nodes, edges]: [GraphNode[], GraphEdge[]] = [[], []];
  for (let after: string | undefined = ''; after !== undefined;) {
    if (signal?.aborted) throw new SensegraphError('CANCELLED', 'Stopped; nothing was changed.');
    const page: Subgraph = await graph.scan(after, PAGE);
    nodes.push(...page.nodes.filter(({ label }) => label !== 'Conversation' && label !== 'Turn'));
    edges.push(...page.edges.filter(({ type }) => KNOWLEDGE_EDGES.includes(type)));
    after = page.nodes.length < PAGE ? undefined : page.nodes.at(-1)?.id;
    onProgress?.(`${nodes.length} nodes read`);
  }
  return { nodes, edges };
}

function measureAll(whole: Subgraph): NodeMeasures[] {
  const measured = measureNeighbourhood(whole);
  const likes = whole.edges.filter(({ type }) => type !== 'HAS_SEGMENT' && type !== 'CO_OCCURS');
  const local = buildLocalGraph([{ nodes: whole.nodes, edges: likes }]);
  const isEntity = (i: number): boolean => local.nodes[i]?.label === 'Entity';
  return local.nodes.map(({ id, label }, i) => {
    const { rank = 0, community = 0 } = measured.get(id) ?? {};
    const alike = label === 'Entity' ? similarNodes(local, i, TOP_SIMILAR, isEntity) : [];
    const similar =
      alike.length > 0
        ? {
            similar: alike.flatMap(({ node }) => local.nodes[node]?.id ?? []),
            similarity: alike.map((one) => one.score),
          }
        : {};
    return { id, pageRank: rank, community, ...similar };
  });
}

function summary(
  { nodes }: Subgraph,
  measures: readonly NodeMeasures[],
): Pick<GraphAnalysis, 'communities' | 'largest' | 'central'> {
  const entities = new Map(
    nodes.flatMap(({ id, label, caption }) => (label === 'Entity' ? [[id, caption]] : ([] as const))),
  );
  const sizes = [...Map.groupBy(measures, (one) => one.community)].map(([community, all]) => ({
    community,
    size: all.length,
  }));
  return {
    communities: sizes.length,
    largest: sizes.toSorted((a, b) => b.size - a.size || a.community - b.community).slice(0, SHOWN),
    central: measures
      .filter(({ id }) => entities.has(id))
      .toSorted((a, b) => b.pageRank - a.pageRank || (a.id < b.id ? -1 : 1))
      .slice(0, SHOWN)
      .map(({ id }) => ({ id, caption: entities.get(id) ?? '' })),
  };
}
