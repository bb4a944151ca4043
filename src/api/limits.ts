import {
  GraphQLError,
  Kind,
  type ASTNode,
  type ASTVisitor,
  type FragmentDefinitionNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { Measurer } from './measure.ts';

/** Tokens of a document; deeper, wider and more decorated ones than these are refused before they run. */
export const MOST_TOKENS = 3000;
const DEEPEST = 16;
const MOST_FIELDS = 1000;
const MOST_ALIASES = 30;
const MOST_DIRECTIVES = 20;
/** Objects an answer may hold, by the page sizes asked for: pages within pages multiply. */
const MOST_OBJECTS = 200_000;
/** Root fields of a mutation: each may be a batch of its own. */
const MOST_MUTATIONS = 10;

/**
 * Depth, fields, aliases, objects, directives and mutations of a document, fragments counted where they are spread.
 * graphql-armor's rules are not enough: its token limit turns parse errors into HTTP 500 (graphql's own `maxTokens` takes its
 * place), its alias limit passes over `__typename`, its directive limit over repeated ones, its cost limit over page
 * sizes in variables.
 */
const limitRule: ValidationRule = (context: ValidationContext): ASTVisitor => {
  const schema = context.getSchema();
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of context.getDocument().definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measurer = new Measurer(schema, fragments);
  const bound = (node: ASTNode, what: string, count: number, most: number) => {
    if (count > most)
      context.reportError(
        new GraphQLError(`The document asks for too many ${what}: at most ${most}.`, { nodes: node }),
      );
  };
  let directives = 0;
  return {
    OperationDefinition(operation) {
      const type = schema.getRootType(operation.operation) ?? undefined;
      const total = measurer.measure(operation.selectionSet, type);
      bound(operation, 'levels of fields', total.depth, DEEPEST);
      bound(operation, 'fields', total.fields, MOST_FIELDS);
      bound(operation, 'aliases', total.aliases, MOST_ALIASES);
      bound(operation, 'objects (smaller pages ask for fewer)', total.objects, MOST_OBJECTS);
      if (operation.operation === 'mutation') bound(operation, 'mutations', total.top, MOST_MUTATIONS);
    },
    Directive(node) {
      directives += 1;
      // Told once.
      if (directives === MOST_DIRECTIVES + 1) bound(node, 'directives', directives, MOST_DIRECTIVES);
    },
  };
};

/** Rules that every document must pass besides GraphQL's own. */
export const limitRules: readonly ValidationRule[] = [limitRule];
