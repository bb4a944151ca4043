import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EDGE_TYPES, NODE_LABELS, type EdgeType, type NodeLabel } from '../../../graph/ontology.ts';
import { SensegraphError } from '../../errors.ts';
import type { GraphEdge, GraphNode, Subgraph } from '../../ports/graph-store.ts';
import { LineWriter } from '../../transfer/line-file.ts';
import { ARRAY_DELIMITER, edgeHeader, edgeRow, nodeHeader, nodeRow } from './admin-csv.ts';

export interface AdminFiles {
  readonly nodes: number;
  readonly edges: number;
  /** What loads them into the database, which must be stopped and empty: arguments of `neo4j-admin`. */
  readonly load: (database: string) => string[];
}

export interface AdminFilesOptions {
  readonly tenant: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (counts: { readonly nodes: number; readonly edges: number }) => void;
}

const PAGE = 1000;

/**
 * Writes a file for each label and each edge type into `folder`, the whole graph by pages. CANCELLED when stopped; then
 * no file is there.
 */
export async function writeAdminFiles(
  folder: string,
  page: (after: string, limit: number) => Promise<Subgraph>,
  { tenant, signal, onProgress }: AdminFilesOptions,
): Promise<AdminFiles> {
  await mkdir(folder, { recursive: true });
  const files = new Map<NodeLabel | EdgeType, { readonly path: string; readonly writer: LineWriter; rows: number }>();
  const names = [...NODE_LABELS, ...(Object.keys(EDGE_TYPES) as EdgeType[])];
  let [nodes, edges] = [0, 0];
  try {
    for (const name of names) {
      const path = resolve(join(folder, `${name}.csv`));
      const writer = await LineWriter.open(path);
      files.set(name, { path, writer, rows: 0 });
      await writer.write(isLabel(name) ? nodeHeader(name) : edgeHeader(name));
    }
    const write = async (item: GraphNode | GraphEdge): Promise<void> => {
      const file = files.get('label' in item ? item.label : item.type);
      if (!file) return;
      file.rows += 1;
      await file.writer.write('label' in item ? nodeRow(item, tenant) : edgeRow(item));
    };
    for (let after: string | undefined = ''; after !== undefined;) {
      if (signal?.aborted) throw new SensegraphError('CANCELLED', 'Stopped; nothing was written.');
      const part: Subgraph = await page(after, PAGE);
      for (const node of part.nodes) await write(node);
      for (const edge of part.edges) await write(edge);
      nodes += part.nodes.length;
      edges += part.edges.length;
      onProgress?.({ nodes, edges });
      after = part.nodes.length < PAGE ? undefined : part.nodes.at(-1)?.id;
    }
    for (const { writer } of files.values()) await writer.close();
  } catch (error) {
    for (const { writer } of files.values()) await writer.discard();
    throw error;
  }
  const sources = [...files].filter(([, { rows }]) => rows > 0);
  return {
    nodes,
    edges,
    // The database comes first: the lists of files take all that follows them.
    load: (database) => [
      'database',
      'import',
      'full',
      database,
      '--id-type=string',
      `--array-delimiter=${ARRAY_DELIMITER.name}`,
      '--multiline-fields=true',
      ...sources.map(([name, { path }]) =>
        isLabel(name) ? `--nodes=Sensegraph:${name}=${path}` : `--relationships=${name}=${path}`,
      ),
    ],
  };
}

function isLabel(name: NodeLabel | EdgeType): name is NodeLabel {
  return NODE_LABELS.some((label) => label === name);
}
