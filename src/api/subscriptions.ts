import type { IncomingMessage, Server } from 'node:http';
import {
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLErrorOptions,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Access } from './access.ts';
import { createContext } from './context.ts';
import { asSensegraphError } from '../errors.ts';
import { limitRules, MOST_TOKENS } from './limits.ts';

/** Largest message and most connections; operations open on one connection. */
const MAX_PAYLOAD = 1024 * 1024;
const MOST_CONNECTIONS = 500;
const MOST_OPERATIONS = 50;
/** Bytes that a closing frame may hold of a reason. */
const MOST_REASON = 123;
/** Time that clients have to answer a closing handshake. */
const CLOSE_GRACE_MS = 1000;

type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** GraphQL over WebSocket (graphql-transport-ws) at /graphql, with the same rules and masks as over HTTP. */
export function serveSubscriptions(
  http: Server,
  schema: GraphQLSchema,
  access: Access,
  formatError: FormatError,
): { close(): Promise<void> } {
  const sockets = new WebSocketServer({
    server: http,
    path: '/graphql',
    maxPayload: MAX_PAYLOAD,
    verifyClient: ({ req }: { req: IncomingMessage }) => fromHere(req),
  });
  /** How each connection showed who it is. */
  const tokens = new WeakMap<WebSocket, string | undefined>();
  /** One a connection: aborts when it closes. */
  const connections = new WeakMap<WebSocket, AbortSignal>();
  /** One an operation, by its context: aborts when its client has had enough. */
  const operations = new WeakMap<object, AbortController>();
  sockets.on('connection', (socket) => {
    if (sockets.clients.size > MOST_CONNECTIONS) socket.close(1013, 'Too many connections');
    const gone = new AbortController();
    socket.once('close', () => gone.abort());
    connections.set(socket, gone.signal);
  });
  const formatAll = (errors: readonly GraphQLError[]) => errors.map((error) => formatError(error.toJSON(), error));
  const server = useServer(
    {
      schema,
      onConnect: async ({ connectionParams, extra }) => {
        const authorization = authorizationOf(connectionParams, extra.request);
        try {
          await access.of(authorization);
          tokens.set(extra.socket, authorization);
          return true;
        } catch (error) {
          const { code, message } = asSensegraphError(error);
          if (code === 'INTERNAL') throw error;
          extra.socket.close(code === 'UNAUTHENTICATED' ? 4401 : 1013, `${code}: ${message}`.slice(0, MOST_REASON));
          return false;
        }
      },
      onSubscribe: async (context, _id, { query, variables, operationName }) => {
        if (Object.keys(context.subscriptions).length > MOST_OPERATIONS)
          return [refusal('BAD_REQUEST', 'Too many operations are open on this connection. Complete some first.')];
        const document = checked(query, schema);
        if (Array.isArray(document)) return document;
        // Asked each time: the token may have been taken away meanwhile.
        const application = await access.of(tokens.get(context.extra.socket)).catch((error: unknown) => {
          const { code, message } = asSensegraphError(error);
          if (code === 'INTERNAL') throw error;
          return refusal(code, message);
        });
        if (application instanceof GraphQLError) return [application];
        const stop = new AbortController();
        const gone = connections.get(context.extra.socket);
        const contextValue = createContext(application, AbortSignal.any(gone ? [gone, stop.signal] : [stop.signal]));
        operations.set(contextValue, stop);
        return { schema, ...document, variableValues: variables, operationName, contextValue };
      },
      onOperation: (_context, _id, _payload, args, result) => {
        const stop = operations.get(args.contextValue as object);
        if (stop && Symbol.asyncIterator in result) return stopping(result as AsyncIterable<ExecutionResult>, stop);
      },
      onError: (_context, _id, _payload, errors) => formatAll(errors),
      onNext: (_context, _id, _payload, _args, { data, errors }): FormattedExecutionResult => ({
        ...(data === undefined ? {} : { data }),
        ...(errors ? { errors: formatAll(errors) } : {}),
      }),
    },
    sockets,
  );
  return {
    close: async () => {
      // A client that does not answer is cut off.
      const late = setTimeout(() => sockets.clients.forEach((client) => client.terminate()), CLOSE_GRACE_MS);
      await server.dispose();
      clearTimeout(late);
    },
  };
}

/** From the payload of connection_init, as browsers can't set headers here, or the header. */
function authorizationOf(
  parameters: Record<string, unknown> | undefined,
  request: IncomingMessage,
): string | undefined {
  const given = parameters?.['authorization'] ?? parameters?.['Authorization'];
  return typeof given === 'string' ? given : request.headers.authorization;
}

/** Browsers let any page open a WebSocket: only pages of this server may. Other clients send no Origin. */
function fromHere({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

/** The document, or why it is refused, with the codes that it gets over HTTP. */
function checked(query: string, schema: GraphQLSchema): Pick<ExecutionArgs, 'document'> | GraphQLError[] {
  try {
    const document = parse(query, { maxTokens: MOST_TOKENS });
    const errors = validate(schema, document, [...specifiedRules, ...limitRules]);
    if (errors.length === 0) return { document };
    return errors.map(({ message, nodes }) => refusal('GRAPHQL_VALIDATION_FAILED', message, { nodes: nodes ?? null }));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { message, source, positions } = error;
    return [refusal('GRAPHQL_PARSE_FAILED', message, { source, positions })];
  }
}

function refusal(code: string, message: string, where: GraphQLErrorOptions = {}): GraphQLError {
  return new GraphQLError(message, { ...where, extensions: { code } });
}

type Results = AsyncGenerator<ExecutionResult, void, void>;

/**
 * The results, whose `return` aborts the operation first: a generator that awaits its next event would not hear of it
 * before that. What fails after that is the end and not a failure.
 */
function stopping(results: AsyncIterable<ExecutionResult>, stop: AbortController): Results {
  const inner = results[Symbol.asyncIterator]() as Results;
  const ended = (error: unknown): IteratorReturnResult<void> => {
    if (!stop.signal.aborted) throw error;
    return { done: true, value: undefined };
  };
  return {
    next: () => inner.next().catch(ended),
    return: (value) => {
      stop.abort();
      return inner.return(value).catch(ended);
    },
    throw: (error) => {
      stop.abort();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return();
    },
  };
}
