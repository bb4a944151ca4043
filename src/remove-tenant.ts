import { setTimeout as sleep } from 'node:timers/promises';
import { SensegraphError } from './errors.ts';
import type { Trace } from './ports/graph-audit.ts';
import type { GraphStore } from './ports/graph-store.ts';
import { DEFAULT_TENANT, type Tenants } from './ports/tenants.ts';

/** Nodes deleted in one transaction. */
const BATCH = 500;
/** Longer than a server takes a token for good that was taken away, milliseconds. */
const GRACE_MS = 6000;

/**
 * Deletes a tenant with all it has: rows, vectors, queued work, graph, and its bytes. Gives what is left
 * afterwards, which should be nothing. BAD_INPUT when there is none; of a removal that ended early, the rest is removed.
 */
export async function removeTenant(
  name: string,
  stores: {
    readonly tenants: Tenants;
    forTenant(tenant: string): Promise<{ readonly graph: GraphStore }>;
    forgetGraph(tenant: string): Promise<void>;
  },
  bytes: { removeAll(): Promise<void>; hasAny(): Promise<boolean> },
  graceMs = GRACE_MS,
): Promise<Trace[]> {
  if (name === DEFAULT_TENANT)
    throw new SensegraphError('BAD_INPUT', `The tenant ${DEFAULT_TENANT} stays: delete its assets one by one.`);
  const { graph } = await stores.forTenant(name);
  // The list of tenants is last to forget it, so that the same command goes on where this ends early.
  await bytes.removeAll();
  await emptyGraph(graph);
  await stores.tenants.remove(name);
  // What a server brought meanwhile, which may know the tenant for a moment more.
  await sleep(graceMs);
  await bytes.removeAll();
  await emptyGraph(graph);
  await stores.forgetGraph(name);
  const traces = await stores.tenants.traces(name);
  const { nodes } = await graph.counts();
  if (nodes > 0) traces.push({ place: 'nodes of the graph', count: nodes });
  return (await bytes.hasAny()) ? [...traces, { place: 'bytes', count: 1 }] : traces;
}

async function emptyGraph(graph: GraphStore): Promise<void> {
  for (;;) {
    const { nodes } = await graph.scan('', BATCH);
    if (nodes.length === 0) return;
    await graph.apply(nodes.map(({ id }) => ({ op: 'deleteNode', id })));
  }
}
