import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  isInterfaceType,
  parse,
  specifiedRules,
  validate,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationTypeNode,
} from 'graphql';
import fc from 'fast-check';
import { limitRules } from '../../src/api/limits.ts';

/** What arguments are drawn from. */
export interface Material {
  readonly ids: readonly string[];
  /** Those that fit the field best; half of the ids are of these. */
  readonly likely: (field: string) => readonly string[];
  readonly words: readonly string[];
  readonly cursors: readonly string[];
}

export interface Operation {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

/** Every root field of the schema, as it calls itself. */
export function rootFields(
  schema: GraphQLSchema,
): { readonly kind: OperationTypeNode; readonly field: GraphQLField<unknown, unknown> }[] {
  return (['query', 'mutation', 'subscription'] as OperationTypeNode[]).flatMap((kind) =>
    Object.values(schema.getRootType(kind)?.getFields() ?? {}).map((field) => ({ kind, field })),
  );
}

/** Calls of a field with arguments out of the material, asking for all that it gives, a few levels deep. */
export function anyOperation(
  schema: GraphQLSchema,
  kind: OperationTypeNode,
  field: GraphQLField<unknown, unknown>,
  material: Material,
): fc.Arbitrary<Operation> {
  const variables = fc.record(
    Object.fromEntries(field.args.map((one) => [one.name, valueOf(one, field.name, material)])),
    {
      requiredKeys: field.args.filter((one) => isNonNullType(one.type)).map((one) => one.name),
    },
  );
  const named = field.args.map((one) => `$${one.name}: ${String(one.type)}`).join(', ');
  const given = field.args.map((one) => `${one.name}: $${one.name}`).join(', ');
  const texts = [4, 3, 2].map(
    (depth) =>
      `${kind}${named && ` (${named})`} { ${field.name}${given && `(${given})`} ${selection(schema, field.type, depth)} }`,
  );
  // As deep as the server takes it.
  const text = texts.find((one) => validate(schema, parse(one), [...specifiedRules, ...limitRules]).length === 0);
  if (text === undefined) throw new Error(`${field.name} gives more than the server takes a question for.`);
  return variables.map((values) => ({ text, variables: values }));
}

function valueOf(one: GraphQLArgument | GraphQLInputField, field: string, material: Material): fc.Arbitrary<unknown> {
  return ofType(one.type, one.name, field, material);
}

/** Throws on a type that it does not know, so that nothing in the schema goes untried. */
function ofType(type: GraphQLInputType, name: string, field: string, material: Material): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return ofType(type.ofType, name, field, material);
  if (isListType(type)) return fc.array(ofType(type.ofType, name, field, material), { minLength: 1, maxLength: 3 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((value) => value.name));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const required = fields.filter((one) => isNonNullType(one.type)).map((one) => one.name);
    return fc.record(Object.fromEntries(fields.map((one) => [one.name, valueOf(one, field, material)])), {
      requiredKeys: required,
    });
  }
  if (name === 'after') return fc.constantFrom(...material.cursors);
  switch (type.name) {
    case 'ID':
      return fc.oneof(
        fc.constantFrom(...material.ids),
        fc.constantFrom(...(material.likely(field).length > 0 ? material.likely(field) : material.ids)),
      );
    case 'String':
      return fc.constantFrom(...material.words);
    case 'Int':
    case 'ByteCount':
      return fc.integer({ min: 1, max: name === 'first' ? 20 : 4 });
    case 'Float':
      return fc.constant(0);
    case 'Boolean':
      return fc.boolean();
    default:
      throw new Error(`No values are known for ${type.name} (${name}): teach them to any-operation.ts.`);
  }
}

function selection(schema: GraphQLSchema, given: GraphQLOutputType, depth: number): string {
  const type = getNamedType(given);
  if (isLeafType(type)) return '';
  if (isUnionType(type) || isInterfaceType(type)) {
    const kinds = schema.getPossibleTypes(type);
    const typesOf = new Map<string, Set<string>>();
    for (const kind of kinds)
      for (const { name, type: of } of Object.values(kind.getFields()))
        typesOf.set(name, (typesOf.get(name) ?? new Set()).add(String(of)));
    // What goes by one name and is of several types needs a name of its own in each kind.
    const called = (kind: string) => (name: string) =>
      typesOf.get(name)?.size === 1 ? name : `${kind}_${name}: ${name}`;
    return `{ __typename ${kinds.map((kind) => `... on ${kind.name} ${fields(schema, kind, depth, called(kind.name))}`).join(' ')} }`;
  }
  return isObjectType(type) ? fields(schema, type, depth) : '';
}

function fields(
  schema: GraphQLSchema,
  type: { getFields(): Record<string, GraphQLField<unknown, unknown>> },
  depth: number,
  called = (name: string): string => name,
): string {
  const chosen = Object.values(type.getFields()).filter(
    // `nodes` say what `edges` do.
    (field) => (depth > 1 || isLeafType(getNamedType(field.type))) && field.name !== 'edges',
  );
  return `{ __typename ${chosen.map((field) => `${called(field.name)} ${selection(schema, field.type, depth - 1)}`).join(' ')} }`;
}
