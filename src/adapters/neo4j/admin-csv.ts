import type { EdgeType, NodeLabel } from '../../../graph/ontology.ts';
import type { GraphEdge, GraphNode, Json } from '../../ports/graph-store.ts';
import { edgeKey } from './records.ts';

/** Rows as `neo4j-admin database import` reads them, so that what it loads is what the projector would have written. */

/** Between the values of a list: no text that people write holds it. */
export const ARRAY_DELIMITER = { name: 'U+001F', text: '\u001F' };

type ColumnType = 'string' | 'long' | 'double' | 'string[]' | 'long[]';
type Columns = Readonly<Record<string, ColumnType>>;

/** Properties with a column of their own (see projection.ts); others, and values that a column can't hold, are in `_json`. */
const NODE_COLUMNS: Readonly<Record<NodeLabel, Columns>> = {
  Asset: { modality: 'string', mediaType: 'string', createdAt: 'string' },
  Segment: { kind: 'string', modality: 'string', assetId: 'string', ordinal: 'long', locator: 'string' },
  Entity: { kind: 'string', aliases: 'string[]', synset: 'long' },
  Conversation: { createdAt: 'string' },
  Turn: { conversationId: 'string', number: 'long', createdAt: 'string', answerId: 'string' },
};

const MENTION: Columns = { count: 'long', sentences: 'long[]', method: 'string', score: 'double', surface: 'string' };
const RELATION: Columns = { predicate: 'string', relationId: 'string', confidence: 'double', count: 'long' };
const EDGE_COLUMNS: Readonly<Record<EdgeType, Columns>> = {
  HAS_SEGMENT: { ordinal: 'long' },
  MENTIONS: MENTION,
  ABOUT: MENTION,
  IS_A: RELATION,
  RELATES_TO: RELATION,
  CO_OCCURS: RELATION,
  HAS_TURN: {},
  NEXT: {},
  SPEAKS_OF: {},
  CITES: {},
};

export function nodeHeader(label: NodeLabel): string {
  return ['id:ID(node)', 'tenant:string', 'caption:string', ...headersOf(NODE_COLUMNS[label])].join(',');
}

export function nodeRow({ id, label, caption, properties }: GraphNode, tenant: string): string {
  return [...[id, tenant, caption].map(quoted), ...fieldsOf(NODE_COLUMNS[label], properties)].join(',');
}

export function edgeHeader(type: EdgeType): string {
  return [':START_ID(node)', ':END_ID(node)', 'key:string', 'weight:double', ...headersOf(EDGE_COLUMNS[type])].join(
    ',',
  );
}

export function edgeRow({ id, type, from, to, weight, properties }: GraphEdge): string {
  const ends = [from, to, edgeKey(id).key].map(quoted);
  return [...ends, String(weight), ...fieldsOf(EDGE_COLUMNS[type], properties)].join(',');
}

function headersOf(columns: Columns): string[] {
  return [...Object.entries(columns).map(([name, type]) => `${name}:${type}`), '_json:string'];
}

function fieldsOf(columns: Columns, properties: GraphNode['properties']): string[] {
  const rest: Record<string, Json> = { ...properties };
  const fields = Object.entries(columns).map(([name, type]) => {
    const field = name in properties ? fieldOf(type, properties[name] ?? null) : undefined;
    if (field === undefined) return '';
    delete rest[name];
    return field;
  });
  return [...fields, Object.keys(rest).length > 0 ? quoted(JSON.stringify(rest)) : ''];
}

/** Undefined where a column of the type can't hold it: an empty field is no value, an empty list would be none. */
function fieldOf(type: ColumnType, value: Json): string | undefined {
  if (type === 'string') return typeof value === 'string' ? quoted(value) : undefined;
  if (type === 'double') return typeof value === 'number' ? String(value) : undefined;
  if (type === 'long') return isWhole(value) ? String(value) : undefined;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const list = value as readonly Json[];
  if (type === 'long[]') return list.every(isWhole) ? list.join(ARRAY_DELIMITER.text) : undefined;
  const isPlain = (one: Json): boolean => typeof one === 'string' && one !== '' && !one.includes(ARRAY_DELIMITER.text);
  return list.every(isPlain) ? quoted(list.join(ARRAY_DELIMITER.text)) : undefined;
}

function isWhole(value: Json): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

/** Always quoted: an empty field without quotes is no value. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
