import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Application } from '../application.ts';
import { packageVersion, type Config } from '../config.ts';
import { asSensegraphError, SensegraphError } from '../errors.ts';
import type { Measure } from '../measures.ts';
import { openAccess, type Access } from './access.ts';
import { createContext, type Context } from './context.ts';
import { errorFormatter } from './errors.ts';
import { drawingRoutes } from './drawings.ts';
import { fileRoutes } from './files.ts';
import { landingPage } from './landing.ts';
import { limitRules, MOST_TOKENS } from './limits.ts';
import { metricsRoute, RequestMeasures } from './metrics.ts';
import { buildApiSchema } from './schema.ts';
import { statusPlugin } from './status-plugin.ts';
import { serveSubscriptions } from './subscriptions.ts';

/** Largest request body: a thousand texts of a page or two; larger ones are uploads. */
const BODY_LIMIT = '16mb';
/** Time that running requests have to end when the server closes. */
const STOP_GRACE_MS = 4000;

export interface Server {
  readonly url: string;
  readonly port: number;
  /** Ends subscriptions, lets running requests end, and frees the port. */
  close(): Promise<void>;
}

/** Serves the application: GraphQL over HTTP and WebSocket at /graphql, uploads, bytes, and a page at /. */
export async function startServer({
  application,
  access = openAccess(application),
  measures = () => application.measures(),
  config,
  log,
}: {
  /** The default tenant's. */
  application: Application;
  /** Who gets which tenant's application. Default: everybody this one. */
  access?: Access;
  /** What `/metrics` shows of the stores. Default: this application's. */
  measures?: () => Promise<readonly Measure[]>;
  config: Config;
  log: Logger;
}): Promise<Server> {
  const schema = buildApiSchema();
  const app = express().disable('x-powered-by');
  const http = createServer(app);
  const formatError = errorFormatter(log);
  const requests = new RequestMeasures();
  const sockets = serveSubscriptions(http, schema, access, formatError);
  const apollo = new ApolloServer<Context>({
    schema,
    formatError,
    logger: log,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    validationRules: [...limitRules],
    parseOptions: { maxTokens: MOST_TOKENS },
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer: http, stopGracePeriodMillis: STOP_GRACE_MS }),
      ApolloServerPluginLandingPageDisabled(),
      statusPlugin,
      requests.plugin,
    ],
    // Signals are the command line's, which closes the stores after the server.
    stopOnTerminationSignals: false,
  });
  await apollo.start();

  app.get('/', (_, response) => void response.type('html').send(landingPage(packageVersion)));
  app.get('/healthz', async (_, response) => {
    const health = await application.health().catch((error: unknown) => {
      log.error({ err: error }, 'the health check failed');
      return { ok: false };
    });
    // Needs no token, so it tells nothing of any tenant where there are several.
    const open = await access.isOpen().catch(() => false);
    response.status(health.ok ? 200 : 503).json(open ? health : { ok: health.ok, version: packageVersion });
  });
  app.get('/metrics', metricsRoute(measures, requests, log));
  app.use(fileRoutes(access, log), drawingRoutes(access, log));
  app.use(
    '/graphql',
    authenticate(access),
    express.json({ limit: BODY_LIMIT }),
    expressMiddleware(apollo, {
      context: async ({ res }) => {
        const gone = new AbortController();
        res.once('close', () => gone.abort());
        return createContext(res.locals['application'] as Application, gone.signal);
      },
    }),
  );
  app.use(refuse(log));

  await new Promise<void>((resolve, reject) => {
    http.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      reject(
        taken
          ? new SensegraphError(
              'BAD_INPUT',
              `Port ${config.port} is taken. Give another with --port, or 0 for any free one.`,
              { cause },
            )
          : cause,
      );
    });
    http.listen(config.port, config.host, resolve);
  });
  const { port } = http.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host}:${port}/graphql`,
    port,
    close: () => (closing ??= sockets.close().then(() => apollo.stop())),
  };
}

/** Finds whose request it is before any of it is read. */
function authenticate(access: Access): RequestHandler {
  return async (request, response, next) => {
    try {
      response.locals['application'] = await access.of(request.headers.authorization);
    } catch (error) {
      const { code, message } = asSensegraphError(error);
      if (code === 'INTERNAL') return next(error);
      if (code === 'UNAUTHENTICATED') response.status(401).set('WWW-Authenticate', 'Bearer');
      else response.status(503);
      response.json({ errors: [{ message, extensions: { code } }] });
      return;
    }
    next();
  };
}

/** A request that can't be read, or is too large, is the sender's fault; anything else keeps its secrets. */
function refuse(log: Logger): ErrorRequestHandler {
  return (error: { status?: number; type?: string }, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error.status ?? 500;
    if (status >= 500) log.error({ err: error, path: request.path }, 'a request failed inside the server');
    const [code, message] =
      status === 413
        ? ['TOO_LARGE', `The request is larger than ${BODY_LIMIT}. Send files by createUpload.`]
        : status >= 500
          ? ['INTERNAL', 'Something failed inside the server.']
          : ['BAD_REQUEST', UNREADABLE[error.type ?? ''] ?? 'The request can’t be read.'];
    response.status(status).json({ errors: [{ message, extensions: { code } }] });
  };
}

/** What the body's parser calls it → what to tell. */
const UNREADABLE: Readonly<Record<string, string>> = {
  'entity.parse.failed': 'The request body is no valid JSON.',
  'encoding.unsupported': 'The request body has a content encoding that is not taken. Send it plain, or by gzip.',
  'charset.unsupported': 'The request body has a charset that is not taken. Send UTF-8.',
  'request.size.invalid': 'The request body is not as long as it says.',
};
