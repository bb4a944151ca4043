import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EDGE_TYPES, NODE_LABELS, type EdgeType, type NodeLabel } from '../../../graph/ontology.ts';
import { packageRoot } from '../../config.ts';
import { SensegraphError } from '../../errors.ts';

const texts = new Map<string, string>();

/** The Cypher of `graph/cypher/<name>.cypher`, without its comments. */
export function statement(name: string): string {
  let text = texts.get(name);
  if (text === undefined) {
    const file = readFileSync(join(packageRoot, 'graph', 'cypher', `${name}.cypher`), 'utf8');
    text = file.replaceAll(/^\/\/.*\n/gm, '').trim();
    texts.set(name, text);
  }
  return text;
}

/** With `EDGE_TYPE` as one of the ontology's: types can't be parameters. */
export function edgeStatement(name: string, type: EdgeType): string {
  return statement(name).replaceAll(/\bEDGE_TYPE\b/g, known(type));
}

/** With `EDGE_TYPES` as some of the ontology's, all where none is given. */
export function edgesStatement(name: string, types: readonly EdgeType[] = ALL_TYPES): string {
  return statement(name).replaceAll(/\bEDGE_TYPES\b/g, types.map(known).join('|'));
}

/** With `NODE_LABEL` as one of the ontology's. */
export function nodeStatement(name: string, label: NodeLabel): string {
  if (!NODE_LABELS.includes(label))
    throw new SensegraphError('BAD_INPUT', `${String(label)} is no label of the ontology.`);
  return statement(name).replaceAll(/\bNODE_LABEL\b/g, label);
}

export const ALL_TYPES = Object.keys(EDGE_TYPES) as EdgeType[];

function known(type: EdgeType): EdgeType {
  if (!Object.hasOwn(EDGE_TYPES, type))
    throw new SensegraphError('BAD_INPUT', `${String(type)} is no edge type of the ontology.`);
  return type;
}
