import type { Config } from '../config.ts';
import { asSensegraphError } from '../errors.ts';
import { openTransfer } from '../main.ts';
import type { Stores } from '../open-stores.ts';
import type { GraphAudit } from '../ports/graph-audit.ts';
import type { Ledger, Projector } from '../ports/ledger.ts';
import { logger } from './options.ts';

/** Where the data is, without passwords. */
export function placeOf({ dataDir, stores: { postgres, neo4j, s3 } }: Config): string {
  const server = (url: string): string => `${new URL(url).host}${new URL(url).pathname}`;
  const bytes = s3 ? `s3://${s3.bucket}/${s3.prefix}` : dataDir;
  const ledger = postgres ? `Postgres ${server(postgres.url)}` : dataDir;
  return [
    `${ledger}${bytes === ledger ? '' : ` (bytes in ${bytes})`}`,
    ...(neo4j ? [`graph in ${neo4j.url}`] : []),
  ].join(', ');
}

/** Of the changes put aside, this many say why. */
const PARKED_SHOWN = 3;

/** Holds the graph against the ledger; `repair` mends it. Throws where they differ and are not mended. */
export async function checkGraph(
  { projector, audit, ledger }: { projector: Projector; audit: GraphAudit; ledger: Ledger },
  repair: boolean,
): Promise<{ ledger: Awaited<ReturnType<Ledger['counts']>>; graph: string }> {
  const changes = repair ? await audit.rebuild() : 0;
  const projected = await projector.project();
  const [{ nodes, edges, differences }, state] = [await audit.compare(), await projector.state()];
  const { missing, extra, different, examples } = differences;
  const how = 'Mend it with: sensegraph doctor --repair';
  if (missing + extra + different > 0)
    throw new Error(
      `the graph lacks ${missing} nodes and edges of the ledger, holds ${extra} that it does not know and ${different} otherwise, such as ${examples.join(', ')}. ${how}`,
    );
  if (state.parked > 0) {
    const some = (await projector.parked(PARKED_SHOWN)).map(({ id, reason }) => `${id}: ${reason}`).join('; ');
    throw new Error(`the graph refused ${state.parked} changes, put aside in table outbox_parked (${some}). ${how}`);
  }
  if (state.pending > 0)
    throw new Error(`${state.pending} changes wait for the graph, the oldest for ${Math.round(state.lagSeconds)} s`);
  const mended = repair ? `, ${changes} changes mended it` : '';
  return {
    ledger: await ledger.counts(),
    graph: `graph and ledger agree on ${nodes} nodes and ${edges} edges (${projected} outbox rows were waiting${mended})`,
  };
}

/** Every other tenant's graph against its ledger. Throws, naming the tenant, where one differs. */
export async function checkGraphs(
  stores: Pick<Stores, 'tenants' | 'forTenant'>,
  repair: boolean,
  { tenant }: Config,
): Promise<{ tenant: string; graph: string }[]> {
  const found: { tenant: string; graph: string }[] = [];
  const faults: string[] = [];
  for (const { name } of await stores.tenants.list()) {
    if (name === tenant) continue;
    const checked = await stores
      .forTenant(name)
      .then((own) => checkGraph(own, repair))
      .catch((error: unknown) => {
        faults.push(`tenant ${name}: ${asSensegraphError(error).message}`);
      });
    if (checked) found.push({ tenant: name, graph: checked.graph });
  }
  if (faults.length > 0) throw new Error(faults.join('; '));
  return found;
}

/** Prints what is left of an asset, and ends with 1 where anything is. */
export async function verifyDeleted(config: Config, assetId: string, json: boolean): Promise<void> {
  const stores = await openTransfer(config, logger(config, true));
  try {
    await stores.projector.project();
    const traces = [...(await stores.audit.traces(assetId))];
    const key = assetId.slice(assetId.indexOf(':') + 1);
    if (/^[0-9a-f]{64}$/.test(key) && (await stores.blobs.has(key))) traces.push({ place: 'bytes', count: 1 });
    if (json) console.log(JSON.stringify({ id: assetId, isDeleted: traces.length === 0, traces }));
    else if (traces.length === 0) console.log(`Nothing is left of ${assetId} in ${placeOf(config)}.`);
    else for (const { place, count } of traces) console.log(`${count} in ${place}`);
    if (traces.length > 0) process.exitCode = 1;
  } finally {
    await stores.close();
  }
}
