import neo4j from 'neo4j-driver';
import { EDGE_TYPES, labelOf, NODE_LABELS, type EdgeType } from '../../../graph/ontology.ts';
import { SensegraphError } from '../../errors.ts';
import { MEASURES } from '../../ports/graph-measures.ts';
import type { GraphEdge, GraphNode, Json } from '../../ports/graph-store.ts';

/** Properties as Neo4j keeps and gives them. */
export type Stored = Record<string, unknown>;

/** Names that are ours on a node, and on an edge. */
const NODE_FIELDS = new Set(['tenant', 'id', 'caption', ...MEASURES]);
const EDGE_FIELDS = new Set(['key', 'weight']);
/** What Neo4j has no type for (objects, nulls, lists of several types) is kept here as JSON. */
const REST = '_json';

export function storedNode(node: GraphNode, tenant: string): { id: string; properties: Stored } {
  if (labelOf(node.id) !== node.label) {
    throw new SensegraphError('BAD_INPUT', `The id of ${node.id} does not begin with its label ${node.label}.`);
  }
  const { id, caption } = node;
  return { id, properties: { ...storedProperties(node.properties, NODE_FIELDS), tenant, id, caption } };
}

/** Neo4j gives what was deleted while it was read, by another transaction, without its properties. */
export function isThere({ properties: { id } }: { readonly properties: Stored }): boolean {
  return id !== undefined;
}

/** The same of an edge, or of an end of it. */
export function isEdgeThere(row: {
  readonly from: unknown;
  readonly to: unknown;
  readonly properties: Stored;
}): boolean {
  return row.from != null && row.to != null && row.properties['key'] !== undefined;
}

export function nodeOf(labels: readonly string[], properties: Stored): GraphNode {
  const { id, caption, ...rest } = properties;
  for (const name of ['tenant', ...MEASURES]) delete rest[name];
  const label = NODE_LABELS.find((known) => labels.includes(known));
  if (!label) throw new SensegraphError('INTERNAL', `Node ${String(id)} of the graph has no label of the ontology.`);
  return { id: String(id), label, caption: String(caption), properties: propertiesOf(rest) };
}

export interface EdgeKey {
  readonly type: EdgeType;
  readonly from: string;
  readonly to: string;
  /** What follows `from|TYPE|to` in the edge's id. */
  readonly key: string;
}

/** Takes an edge's id apart. BAD_INPUT unless it is of the form `from|TYPE|to…`. */
export function edgeKey(id: string): EdgeKey {
  const [from = '', type = '', to = ''] = id.split('|', 3);
  if (!Object.hasOwn(EDGE_TYPES, type) || to === '') {
    throw new SensegraphError('BAD_INPUT', `${id} is not the id of an edge: it has the form from|TYPE|to.`);
  }
  return { type: type as EdgeType, from, to, key: id.slice(from.length + type.length + to.length + 2) };
}

export function storedEdge(edge: GraphEdge): EdgeKey & { readonly properties: Stored } {
  const parts = edgeKey(edge.id);
  if (parts.type !== edge.type || parts.from !== edge.from || parts.to !== edge.to) {
    throw new SensegraphError('BAD_INPUT', `The id of edge ${edge.id} does not name its ends and its type.`);
  }
  const { weight } = edge;
  return { ...parts, properties: { ...storedProperties(edge.properties, EDGE_FIELDS), key: parts.key, weight } };
}

export function edgeOf(type: string, from: string, to: string, { key, weight, ...rest }: Stored): GraphEdge {
  return {
    id: `${from}|${type}|${to}${String(key)}`,
    type: type as EdgeType,
    from,
    to,
    weight: Number(weight),
    properties: propertiesOf(rest),
  };
}

function storedProperties(properties: GraphNode['properties'], fields: ReadonlySet<string>): Stored {
  const stored: Stored = {};
  const rest: Record<string, Json> = {};
  for (const [name, value] of Object.entries(properties)) {
    const fitting = fields.has(name) || name === REST ? undefined : storedValue(value);
    if (fitting === undefined) rest[name] = value;
    else stored[name] = fitting;
  }
  if (Object.keys(rest).length > 0) stored[REST] = JSON.stringify(rest);
  return stored;
}

/** Undefined where Neo4j has no type for it. */
function storedValue(value: Json): unknown {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return isWhole(value) ? neo4j.int(value) : value;
  if (!Array.isArray(value)) return undefined;
  const list = value as readonly Json[];
  if (list.every((one) => typeof one === 'string') || list.every((one) => typeof one === 'boolean')) return list;
  if (!list.every((one) => typeof one === 'number')) return undefined;
  return list.every(isWhole) ? list.map((one) => neo4j.int(one)) : list;
}

/** Whole numbers are shown as such; −0 would lose its sign. */
function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

function propertiesOf({ [REST]: rest, ...stored }: Stored): GraphNode['properties'] {
  const more = typeof rest === 'string' ? (JSON.parse(rest) as GraphNode['properties']) : {};
  return { ...(stored as GraphNode['properties']), ...more };
}
