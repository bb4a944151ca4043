import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from './context.ts';

const REQUEST_FAULTS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * Status of refused documents as GraphQL over HTTP has it: 200 for clients that take `application/json`, whose
 * intermediaries may not know GraphQL, and 400 for those that take `application/graphql-response+json`. Apollo says 400 to both.
 */
export const statusPlugin: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        const accept = request.http?.headers.get('accept') ?? '';
        if (response.body.kind !== 'single' || accept.includes('application/graphql-response+json')) return;
        const { errors = [], data } = response.body.singleResult;
        const refused =
          data === undefined &&
          errors.length > 0 &&
          errors.every((error) => REQUEST_FAULTS.has(String(error.extensions?.['code'])));
        if (refused && response.http.status === 400) response.http.status = 200;
      },
    };
  },
};
