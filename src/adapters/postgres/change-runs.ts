import type { GraphChange, GraphEdge, GraphNode } from '../../ports/graph-store.ts';

/** Changes of one direction in a row: within it order does not matter, so it can be applied in bulk. */
export type ChangeRun =
  | {
      readonly op: 'upsert';
      readonly nodes: ReadonlyMap<string, GraphNode>;
      readonly edges: ReadonlyMap<string, GraphEdge>;
      /** Node ids that edges need and that the run does not bring before them: they must be in the store already. */
      readonly required: ReadonlySet<string>;
    }
  | { readonly op: 'delete'; readonly nodes: readonly string[]; readonly edges: readonly string[] };

/** Cuts changes into the fewest runs that mean the same as applying one by one. */
export function changeRuns(changes: readonly GraphChange[]): ChangeRun[] {
  const runs: ChangeRun[] = [];
  let from = 0;
  while (from < changes.length) {
    const deletes = isDelete(changes[from]);
    let to = from + 1;
    while (to < changes.length && isDelete(changes[to]) === deletes) to++;
    const part = changes.slice(from, to);
    runs.push(deletes ? deleteRun(part) : upsertRun(part));
    from = to;
  }
  return runs;
}

function isDelete(change: GraphChange | undefined): boolean {
  return change?.op === 'deleteNode' || change?.op === 'deleteEdge';
}

function upsertRun(changes: readonly GraphChange[]): ChangeRun {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const required = new Set<string>();
  for (const change of changes) {
    if (change.op === 'upsertNode') nodes.set(change.node.id, change.node);
    if (change.op === 'upsertEdge') {
      edges.set(change.edge.id, change.edge);
      for (const end of [change.edge.from, change.edge.to]) if (!nodes.has(end)) required.add(end);
    }
  }
  return { op: 'upsert', nodes, edges, required };
}

function deleteRun(changes: readonly GraphChange[]): ChangeRun {
  return {
    op: 'delete',
    nodes: changes.flatMap((change) => (change.op === 'deleteNode' ? [change.id] : [])),
    edges: changes.flatMap((change) => (change.op === 'deleteEdge' ? [change.id] : [])),
  };
}
