import type { EdgeType } from '../../../graph/ontology.ts';
import { SensegraphError } from '../../errors.ts';
import type { Expansion, GraphChange, GraphEdge, GraphNode, GraphStore, Subgraph } from '../../ports/graph-store.ts';

const DEFAULT_MAX_NODES = 2000;

/** The reference: the plainest thing that keeps the contract, for tests and for graphs that need not last. */
export class MemoryGraphStore implements GraphStore {
  #nodes = new Map<string, GraphNode>();
  #edges = new Map<string, GraphEdge>();

  async apply(changes: readonly GraphChange[]): Promise<void> {
    const nodes = new Map(this.#nodes);
    const edges = new Map(this.#edges);
    for (const change of changes) applyChange(nodes, edges, change);
    this.#nodes = nodes;
    this.#edges = edges;
  }

  async nodes(ids: readonly string[]): Promise<GraphNode[]> {
    return [...new Set(ids)].flatMap((id) => this.#nodes.get(id) ?? []);
  }

  async edges(ids: readonly string[]): Promise<GraphEdge[]> {
    return [...new Set(ids)].flatMap((id) => this.#edges.get(id) ?? []);
  }

  async expand(expansion: Expansion): Promise<Subgraph> {
    const { maxNodes = DEFAULT_MAX_NODES, skipDegreeOver: limit = Infinity } = expansion;
    const held = new Set((await this.nodes(expansion.from)).slice(0, maxNodes).map((node) => node.id));
    const edges = new Map<string, GraphEdge>();
    let frontier = [...held];
    for (let hop = 0; hop < expansion.hops; hop++) {
      const open = hop === 0 ? frontier : frontier.filter((id) => this.#edgesOf(id).length <= limit);
      const next: string[] = [];
      for (const edge of this.#heaviest(open, expansion)) {
        for (const end of [edge.from, edge.to]) {
          if (held.has(end) || held.size >= maxNodes) continue;
          held.add(end);
          next.push(end);
        }
        if (held.has(edge.from) && held.has(edge.to)) edges.set(edge.id, edge);
      }
      frontier = next;
      if (held.size >= maxNodes) break;
    }
    return { nodes: await this.nodes([...held]), edges: [...edges.values()] };
  }

  async degrees(ids: readonly string[], types?: readonly EdgeType[], limit = 1000): Promise<Map<string, number>> {
    return new Map(ids.map((id) => [id, Math.min(limit, this.#edgesOf(id, types).length)]));
  }

  async counts(): Promise<{ nodes: number; edges: number }> {
    return { nodes: this.#nodes.size, edges: this.#edges.size };
  }

  async scan(after: string, limit: number): Promise<Subgraph> {
    const nodes = this.contents()
      .nodes.filter((node) => node.id > after)
      .slice(0, limit);
    const ids = new Set(nodes.map((node) => node.id));
    return { nodes, edges: [...this.#edges.values()].filter((edge) => ids.has(edge.from)) };
  }

  /** Everything, sorted by id: two stores that hold the same give the same. */
  contents(): Subgraph {
    return { nodes: [...this.#nodes.values()].toSorted(byId), edges: [...this.#edges.values()].toSorted(byId) };
  }

  /** Outgoing and incoming; an edge of a node with itself is both. */
  #edgesOf(id: string, types?: readonly EdgeType[]): GraphEdge[] {
    const all = [...this.#edges.values()].filter((edge) => !types || types.includes(edge.type));
    return [...all.filter((edge) => edge.from === id), ...all.filter((edge) => edge.to === id)];
  }

  /** Heaviest first; at most `fanout` a node, type and direction. */
  #heaviest(ids: readonly string[], { types, predicates, fanout }: Expansion): GraphEdge[] {
    const taken = new Map<string, GraphEdge>();
    const all = [...this.#edges.values()].filter((edge) => wanted(edge, types, predicates));
    for (const id of ids) {
      for (const end of ['from', 'to'] as const) {
        const other = end === 'from' ? 'to' : 'from';
        const found = all.filter((edge) => edge[end] === id);
        for (const group of Map.groupBy(found, (edge) => edge.type).values()) {
          const ranked = group.toSorted(
            (a, b) => b.weight - a.weight || compare(a[other], b[other]) || compare(a.id, b.id),
          );
          for (const edge of ranked.slice(0, fanout)) taken.set(edge.id, edge);
        }
      }
    }
    return [...taken.values()].toSorted((a, b) => b.weight - a.weight || compare(a.id, b.id));
  }
}

function wanted(edge: GraphEdge, types?: readonly EdgeType[], predicates?: readonly string[]): boolean {
  if (types && !types.includes(edge.type)) return false;
  const { predicate } = edge.properties;
  return !predicates || predicate === undefined || predicates.includes(String(predicate));
}

function applyChange(nodes: Map<string, GraphNode>, edges: Map<string, GraphEdge>, change: GraphChange): void {
  switch (change.op) {
    case 'upsertNode':
      nodes.set(change.node.id, change.node);
      break;
    case 'upsertEdge':
      for (const end of [change.edge.from, change.edge.to]) {
        if (!nodes.has(end)) throw new SensegraphError('BAD_INPUT', `An edge names ${end}, which is not in the graph.`);
      }
      edges.set(change.edge.id, change.edge);
      break;
    case 'deleteNode':
      nodes.delete(change.id);
      for (const edge of edges.values()) if (edge.from === change.id || edge.to === change.id) edges.delete(edge.id);
      break;
    case 'deleteEdge':
      edges.delete(change.id);
      break;
  }
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return compare(a.id, b.id);
}

/** By bytes, as the database does: ids are ASCII. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
