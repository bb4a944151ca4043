import { on, once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client } from 'graphql-ws';
import pino, { type Logger } from 'pino';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import { startServer, type Server } from '../../src/api/server.ts';
import type { Application } from '../../src/application.ts';
import { packageRoot, readConfig, type Config } from '../../src/config.ts';
import { openSensegraph } from '../../src/main.ts';

// Vite would take graphql's ES module build for our imports, Node takes the other for Apollo's: two GraphQLs that refuse each other.
vi.mock('graphql', async () => {
  const { createRequire } = await import('node:module');
  return createRequire(import.meta.url)('graphql') as object;
});

/** What a client sees of an error. */
export interface ApiError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly reference?: string };
}

export interface Response<T> {
  readonly status: number;
  readonly data: T | null | undefined;
  readonly errors: readonly ApiError[] | undefined;
}

export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[];
}

export interface Ingested {
  readonly job: { readonly id: string; readonly total: number; readonly done: number; readonly failed: number } | null;
  readonly items: readonly {
    readonly ordinal: number;
    readonly assetId: string | null;
    readonly duplicate: boolean;
    readonly userErrors: readonly UserError[];
  }[];
  readonly userErrors: readonly UserError[];
}

/** A client of one server. */
export class ApiClient {
  readonly url: string;
  readonly origin: string;
  /** Headers, or a connection's parameters, that show whose client it is. */
  readonly credentials: Record<string, string>;

  constructor(url: string, token?: string) {
    this.url = url;
    this.origin = new URL(url).origin;
    this.credentials = token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  async post<T = Record<string, unknown>>(query: string, variables: object = {}): Promise<Response<T>> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.credentials },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as Omit<Response<T>, 'status'>;
    return { status: response.status, data, errors };
  }

  /** The data; throws what came as errors. */
  async data<T>(query: string, variables: object = {}): Promise<T> {
    const { data, errors } = await this.post<T>(query, variables);
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data;
  }

  socket(): Client {
    return createClient({
      url: this.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: this.credentials,
      lazy: true,
    });
  }

  /** One operation over WebSocket, to its end: what came, and the errors that ended it. */
  async over<T = Record<string, unknown>>(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<{ results: { data?: T | null; errors?: readonly ApiError[] }[]; errors: readonly ApiError[] | null }> {
    const client = this.socket();
    const results: { data?: T | null; errors?: readonly ApiError[] }[] = [];
    try {
      for await (const result of client.iterate({ query, variables })) {
        results.push(result as (typeof results)[number]);
      }
      return { results, errors: null };
    } catch (error) {
      if (!Array.isArray(error)) throw error;
      return { results, errors: error as ApiError[] };
    } finally {
      await client.dispose();
    }
  }

  async createUpload(fileName: string, byteSize: number, mediaType?: string): Promise<{ id: string; url: string }> {
    const { createUpload } = await this.data<{ createUpload: { upload: { id: string; url: string } } }>(
      `mutation ($fileName: String!, $byteSize: ByteCount!, $mediaType: String) {
        createUpload(fileName: $fileName, byteSize: $byteSize, mediaType: $mediaType) { upload { id url } }
      }`,
      { fileName, byteSize, mediaType },
    );
    return createUpload.upload;
  }

  put(path: string, bytes: Uint8Array): Promise<globalThis.Response> {
    return fetch(this.origin + path, { method: 'PUT', body: bytes as Uint8Array<ArrayBuffer> });
  }

  /** An upload that has its bytes. */
  async uploaded(fileName: string, bytes: Uint8Array, mediaType?: string): Promise<string> {
    const { id, url } = await this.createUpload(fileName, bytes.length, mediaType);
    const response = await this.put(url, bytes);
    if (response.status !== 201) throw new Error(`PUT gave ${response.status}: ${await response.text()}`);
    return id;
  }

  async ingest(items: readonly object[]): Promise<Ingested> {
    const { ingest } = await this.data<{ ingest: Ingested }>(
      `mutation ($items: [IngestItemInput!]!) { ingest(items: $items) {
        job { id total done failed }
        items { ordinal assetId duplicate userErrors { code message field } }
        userErrors { code message field } } }`,
      { items },
    );
    return ingest;
  }

  /** Listens to a job until it ends; gives its states. */
  async ended(jobId: string): Promise<string[]> {
    const { results } = await this.over<{ jobProgress: { job: { state: string } } }>(
      'subscription ($id: ID!) { jobProgress(id: $id) { job { state } } }',
      { id: jobId },
    );
    return results.map(({ data }) => data?.jobProgress.job.state ?? '');
  }

  /** Ingests and waits for the end; gives the asset ids. */
  async ingestAll(items: readonly object[]): Promise<string[]> {
    const { job, items: results } = await this.ingest(items);
    if (job) await this.ended(job.id);
    return results.map(({ assetId, userErrors }) => {
      if (!assetId) throw new Error(JSON.stringify(userErrors));
      return assetId;
    });
  }
}

export interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A connection that speaks graphql-transport-ws by hand, acknowledged. */
export async function openSocket(api: ApiClient): Promise<{
  readonly socket: WebSocket;
  send(message: Message): void;
  next(): Promise<Message>;
}> {
  const socket = new WebSocket(api.url.replace('http', 'ws'), 'graphql-transport-ws');
  const messages = on(socket, 'message');
  const send = (message: Message) => socket.send(JSON.stringify(message));
  const next = async () => {
    const { value } = (await messages.next()) as { value: [Buffer] };
    return JSON.parse(value[0].toString()) as Message;
  };
  await once(socket, 'open');
  send({ type: 'connection_init' });
  await next();
  return { socket, send, next };
}

export interface Serving {
  readonly application: Application;
  readonly config: Config;
  readonly api: ApiClient;
  /** A second server, over the same application in part replaced. */
  serve(replaced: Partial<Application>, log?: Logger): Promise<{ api: ApiClient; server: Server }>;
  close(): Promise<void>;
}

/** The real application over an empty data directory, behind a real server. */
export async function startServing(environment: Record<string, string> = {}): Promise<Serving> {
  const folder = await mkdtemp(join(tmpdir(), 'sensegraph-api-'));
  const config = readConfig({ SENSEGRAPH_DATA: folder, PORT: '0', ...environment });
  const application = await openSensegraph(config);
  const servers: Server[] = [];
  const start = async (served: Application, log: Logger) => {
    const server = await startServer({ application: served, config, log });
    servers.push(server);
    return { api: new ApiClient(server.url), server };
  };
  const silent = pino({ level: 'silent' });
  const { api } = await start(application, silent);
  return {
    application,
    config,
    api,
    serve: (replaced, log = silent) =>
      start(
        new Proxy(application, {
          get: (target, key, receiver) => Reflect.get(key in replaced ? replaced : target, key, receiver) as unknown,
        }),
        log,
      ),
    close: async () => {
      for (const server of servers) await server.close();
      await application.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Bytes of a file of examples/. */
export async function example(path: string): Promise<Uint8Array> {
  return readFile(join(packageRoot, 'examples', path));
}

export async function exampleText(path: string): Promise<string> {
  return new TextDecoder().decode(await example(path));
}

/** Two texts and a picture that belong together; their ids in that order. */
export async function ingestSample(api: ApiClient): Promise<[miller: string, bells: string, cat: string]> {
  const picture = await example('images/museum-cat.jpg');
  const ids = await api.ingestAll([
    { text: await exampleText('texts/thomas-miller.md'), fileName: 'thomas-miller.md' },
    { text: await exampleText('texts/bells.md'), fileName: 'bells.md' },
    { uploadId: await api.uploaded('museum-cat.jpg', picture) },
  ]);
  return ids as [string, string, string];
}

/** The entity of just this name; throws where there is none. */
export async function entityNamed(api: ApiClient, name: string): Promise<{ id: string; name: string; kind: string }> {
  const { entities } = await api.data<{ entities: { nodes: { id: string; name: string; kind: string }[] } }>(
    'query ($name: String) { entities(search: $name) { nodes { id name kind } } }',
    { name },
  );
  const found = entities.nodes.find((entity) => entity.name === name);
  if (!found) throw new Error(`No entity ${name} among ${JSON.stringify(entities.nodes)}`);
  return found;
}
