import { ApolloArmor } from '@escape.tech/graphql-armor';
import {
  GraphQLError,
  Kind,
  type ASTNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  type ASTVisitor,
} from 'graphql';

/** Tokens of a document; deeper, wider and more decorated ones than these are refused before they run. */
export const MOST_TOKENS = 3000;
const DEEPEST = 16;
const MOST_FIELDS = 1000;
const MOST_ALIASES = 30;
const MOST_DIRECTIVES = 20;
/** Root fields of a mutation: each may be a batch of its own. */
const MOST_MUTATIONS = 10;

interface Measure {
  fields: number;
  aliases: number;
}

/**
 * graphql-armor bounds depth and cost. Its token limit turns parse errors into HTTP 500 (graphql's own `maxTokens`
 * takes its place), its alias limit passes over `__typename`, and its directive limit over repeated ones: those two
 * are counted here. Suggestions of field names stay: introspection is open, this is no secret.
 */
const armour = new ApolloArmor({
  maxDepth: { n: DEEPEST },
  costLimit: { maxCost: 50_000 },
  maxTokens: { enabled: false },
  maxAliases: { enabled: false },
  maxDirectives: { enabled: false },
  blockFieldSuggestion: { enabled: false },
}).protect();

/** Fields, aliases, directives and mutations of a document, fragments counted where they are spread. */
const limitRule: ValidationRule = (context: ValidationContext): ASTVisitor => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of context.getDocument().definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const refuse = (node: ASTNode, what: string, most: number) =>
    context.reportError(new GraphQLError(`The document has too many ${what}: at most ${most}.`, { nodes: node }));
  let directives = 0;
  return {
    OperationDefinition(operation) {
      const known = new Map<string, Measure>();
      const total = measure(operation.selectionSet, fragments, known, new Set());
      if (total.fields > MOST_FIELDS) refuse(operation, 'fields', MOST_FIELDS);
      if (total.aliases > MOST_ALIASES) refuse(operation, 'aliases', MOST_ALIASES);
      if (operation.operation === 'mutation' && operation.selectionSet.selections.length > MOST_MUTATIONS)
        refuse(operation, 'mutations', MOST_MUTATIONS);
    },
    Directive(node) {
      directives += 1;
      if (directives === MOST_DIRECTIVES + 1) refuse(node, 'directives', MOST_DIRECTIVES);
    },
  };
};

function measure(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  known: Map<string, Measure>,
  open: Set<string>,
): Measure {
  const total: Measure = { fields: 0, aliases: 0 };
  const add = (part: Measure) => {
    total.fields += part.fields;
    total.aliases += part.aliases;
  };
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      total.fields += 1;
      if (selection.alias) total.aliases += 1;
      if (selection.selectionSet) add(measure(selection.selectionSet, fragments, known, open));
    } else if (selection.kind === Kind.INLINE_FRAGMENT) add(measure(selection.selectionSet, fragments, known, open));
    else {
      const name = selection.name.value;
      const fragment = fragments.get(name);
      // A fragment that holds itself is refused by another rule.
      if (!fragment || open.has(name)) continue;
      let part = known.get(name);
      if (!part) {
        open.add(name);
        part = measure(fragment.selectionSet, fragments, known, open);
        open.delete(name);
        known.set(name, part);
      }
      add(part);
    }
    // Counting stops where it can't change the verdict any more.
    if (total.fields > MOST_FIELDS) break;
  }
  return total;
}

/** Rules that every document must pass besides GraphQL's own. */
export const limitRules: readonly ValidationRule[] = [limitRule, ...(armour.validationRules as ValidationRule[])];
