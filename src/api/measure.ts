import {
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  getNamedType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { MOST } from './connections.ts';

/** What an operation asks for, fragments counted wherever they are spread. */
export interface Measure {
  /** Fields of the selection itself. */
  top: number;
  /** Those and all below them. */
  fields: number;
  aliases: number;
  /** Fields from the selection to its lowest leaf. */
  depth: number;
  /** Objects that the answer may hold, from the page sizes asked for. */
  objects: number;
}

/** Items reckoned for a list that has no page size. */
const UNPAGED = 10;
/** Counting stops where it can't change the verdict any more. */
const ENOUGH = 1e9;

/** Measures selections; each fragment once a type, so that its cost follows the document's length. */
export class Measurer {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #known = new Map<string, Measure>();
  readonly #open = new Set<string>();

  constructor(schema: GraphQLSchema, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  measure(set: SelectionSetNode, type: GraphQLNamedType | undefined): Measure {
    const total: Measure = { ...NOTHING };
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) add(total, this.#field(selection, type));
      else if (selection.kind === Kind.FRAGMENT_SPREAD) add(total, this.#fragment(selection.name.value));
      else {
        const condition = selection.typeCondition?.name.value;
        add(total, this.measure(selection.selectionSet, condition ? this.#schema.getType(condition) : type));
      }
    }
    return total;
  }

  #field(node: FieldNode, parent: GraphQLNamedType | undefined): Readonly<Measure> {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    const below: Readonly<Measure> = node.selectionSet
      ? this.measure(node.selectionSet, field ? getNamedType(field.type) : undefined)
      : NOTHING;
    const size = node.selectionSet && field ? sizeOf(node, field, parent) : 0;
    return {
      top: 1,
      fields: below.fields + 1,
      aliases: below.aliases + (node.alias ? 1 : 0),
      depth: below.depth + 1,
      objects: Math.min(size * (1 + below.objects), ENOUGH),
    };
  }

  #fragment(name: string): Readonly<Measure> {
    const fragment = this.#fragments.get(name);
    // A fragment that holds itself is refused by another rule.
    if (!fragment || this.#open.has(name)) return NOTHING;
    let measured = this.#known.get(name);
    if (!measured) {
      this.#open.add(name);
      measured = this.measure(fragment.selectionSet, this.#schema.getType(fragment.typeCondition.name.value));
      this.#open.delete(name);
      this.#known.set(name, measured);
    }
    return measured;
  }
}

const NOTHING: Readonly<Measure> = { top: 0, fields: 0, aliases: 0, depth: 0, objects: 0 };

function add(total: Measure, part: Readonly<Measure>): void {
  total.top = Math.min(total.top + part.top, ENOUGH);
  total.fields = Math.min(total.fields + part.fields, ENOUGH);
  total.aliases = Math.min(total.aliases + part.aliases, ENOUGH);
  total.depth = Math.max(total.depth, part.depth);
  total.objects = Math.min(total.objects + part.objects, ENOUGH);
}

/** Objects that one field may give: its page size, the ids it is asked for, or a guess. */
function sizeOf(node: FieldNode, field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType | undefined): number {
  const first = field.args.find((argument) => argument.name === 'first');
  if (first) {
    const given = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
    if (!given) return typeof first.defaultValue === 'number' ? first.defaultValue : MOST;
    // A variable's value is not known yet.
    return given.kind === Kind.INT ? Math.min(Math.max(Number(given.value), 1), MOST) : MOST;
  }
  // The connection around a page was counted as the page.
  if (!isListType(getNullableType(field.type)) || parent?.name.endsWith('Connection')) return 1;
  const ids = node.arguments?.find((argument) => argument.name.value === 'ids')?.value;
  if (ids) return ids.kind === Kind.LIST ? Math.min(ids.values.length, MOST) : MOST;
  return UNPAGED;
}
