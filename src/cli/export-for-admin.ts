import { writeAdminFiles } from '../adapters/neo4j/admin-files.ts';
import { graphKey } from '../adapters/neo4j/open.ts';
import type { Config } from '../config.ts';
import { DEFAULT_TENANT } from '../ports/tenants.ts';
import type { LedgerTransfer } from '../ports/ledger-transfer.ts';

/** The one that a Neo4j has unless it is told otherwise. */
const DATABASE = 'neo4j';

/** Writes the graph for a first load of a Neo4j, and prints the commands that load it and make it the ledger's. */
export async function exportForAdmin(
  folder: string,
  config: Config,
  { transfer }: { readonly transfer: LedgerTransfer },
  {
    signal,
    tell,
    json,
  }: { readonly signal: AbortSignal; readonly tell: (text: string) => void; readonly json: boolean },
): Promise<void> {
  const ledger = config.stores.neo4j?.tenant ?? process.env['SENSEGRAPH_NEO4J_TENANT'] ?? DEFAULT_TENANT;
  const tenant = graphKey(ledger, config.tenant);
  const { nodes, edges, load } = await writeAdminFiles(folder, (after, limit) => transfer.graphPage(after, limit), {
    tenant,
    signal,
    onProgress: (counts) => tell(`${counts.nodes} nodes, ${counts.edges} edges`),
  });
  const command = load(DATABASE).toSpliced(4, 0, '--overwrite-destination');
  if (json) {
    console.log(JSON.stringify({ state: 'DONE', nodes, edges, command: ['neo4j-admin', ...command] }));
    return;
  }
  console.log(`${folder}: ${nodes} nodes and ${edges} edges of tenant ${tenant}.

Load them into a Neo4j that is stopped; all that its database held is replaced, other tenants' and other ledgers' graphs too:

neo4j-admin ${command.slice(0, 4).join(' ')} \\
  ${command.slice(4).map(quoted).join(' \\\n  ')}

Start it, name it (SENSEGRAPH_NEO4J_URL), and make it the ledger's graph, which compares both and writes what came meanwhile:

sensegraph graph rebuild`);
}

function quoted(argument: string): string {
  return /^[\w./:=+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
