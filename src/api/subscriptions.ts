import type { Server } from 'node:http';
import { GraphQLError, parse, specifiedRules, validate, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Application } from '../application.ts';
import { createContext } from './context.ts';
import { limitRules, MOST_TOKENS } from './limits.ts';

/** Largest message and most connections; subscriptions open on one connection. */
const MAX_PAYLOAD = 1024 * 1024;
const MOST_CONNECTIONS = 500;
const MOST_OPERATIONS = 50;

/** GraphQL over WebSocket (graphql-transport-ws) at /graphql, with the same rules and masks as over HTTP. */
export function serveSubscriptions(
  http: Server,
  schema: GraphQLSchema,
  application: Application,
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError,
): { close(): Promise<void> } {
  const sockets = new WebSocketServer({ server: http, path: '/graphql', maxPayload: MAX_PAYLOAD });
  sockets.on('connection', (socket) => {
    if (sockets.clients.size > MOST_CONNECTIONS) socket.close(1013, 'Too many connections');
  });
  const server = useServer(
    {
      schema,
      context: (context) => {
        const gone = new AbortController();
        context.extra.socket.once('close', () => gone.abort());
        return createContext(application, gone.signal);
      },
      onSubscribe: (context, _id, payload) => {
        if (Object.keys(context.subscriptions).length > MOST_OPERATIONS)
          return [new GraphQLError('Too many subscriptions on one connection.')];
        try {
          const document = parse(payload.query, { maxTokens: MOST_TOKENS });
          const errors = validate(schema, document, [...specifiedRules, ...limitRules]);
          return errors.length > 0 ? errors : undefined;
        } catch (error) {
          return [error instanceof GraphQLError ? error : new GraphQLError('The document can’t be parsed.')];
        }
      },
      onError: (_context, _id, _payload, errors) => errors.map((error) => formatError(error.toJSON(), error)),
      onNext: (_context, _id, _payload, _args, result) => ({
        ...result,
        ...(result.errors ? { errors: result.errors.map((error) => formatError(error.toJSON(), error)) } : {}),
      }),
    },
    sockets,
  );
  return { close: async () => server.dispose() };
}
