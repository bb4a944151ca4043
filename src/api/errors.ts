import { randomUUID } from 'node:crypto';
import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import type { UserError } from '../domain.ts';
import { asSensegraphError, SensegraphError } from '../errors.ts';

/** A failure of the input as `userErrors`; what a user can't mend is thrown on, to be masked. */
export function userErrors(error: unknown, ...field: readonly string[]): UserError[] {
  const { code, message } = asSensegraphError(error);
  if (code === 'INTERNAL') throw error;
  return [{ code, message, field }];
}

/** Errors as clients see them: ours with their code; those of the protocol as they are; all others masked, and logged whole. */
export function errorFormatter(
  log: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const original = error instanceof GraphQLError ? error.originalError : error;
    if (original instanceof SensegraphError && original.code !== 'INTERNAL') {
      return { ...formatted, message: original.message, extensions: { code: original.code } };
    }
    const code = formatted.extensions?.['code'];
    if (typeof code === 'string' && PROTOCOL.has(code)) return { ...formatted, extensions: { code } };
    if (aboutArguments(error) || aboutArguments(original))
      return { ...formatted, extensions: { code: 'BAD_USER_INPUT' } };
    if (original == null) return { ...formatted, extensions: { code: 'BAD_REQUEST' } };
    const reference = randomUUID();
    log.error({ err: original, reference, path: formatted.path }, 'a request failed inside the server');
    return {
      message: `Something failed inside the server. Its log says more under ${reference}.`,
      ...(formatted.path ? { path: formatted.path } : {}),
      ...(formatted.locations ? { locations: formatted.locations } : {}),
      extensions: { code: 'INTERNAL', reference },
    };
  };
}

/** Whether GraphQL itself refused a value of the document or its variables: it points at that value then. */
function aboutArguments(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || !error.nodes?.length) return false;
  return error.nodes.every(({ kind }) => kind !== Kind.FIELD);
}

const PROTOCOL = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);
