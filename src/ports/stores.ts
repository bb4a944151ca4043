import type { Job } from '../domain.ts';

/** Bytes, content-addressed by SHA-256 (hex). */
export interface BlobStore {
  /** Stores and gives the key. Storing the same bytes again does nothing. */
  put(bytes: Uint8Array): Promise<string>;
  /** NOT_FOUND when absent. */
  get(key: string): Promise<Uint8Array>;
  has(key: string): Promise<boolean>;
  remove(key: string): Promise<void>;
}

export interface WorkOptions {
  /** Payloads in hand at once, at most. Default 1. */
  readonly concurrency?: number;
  /** Whether a further payload, beside those in hand, would get on; others may take it meanwhile. Default: always. */
  readonly hasRoom?: () => boolean;
}

/** Durable work. One queue a name; a payload is delivered at least once, again after a crash. */
export interface JobQueue {
  /** A payload equal to one that waits or is in hand is left out. */
  send(queue: string, payloads: readonly object[]): Promise<void>;
  /** Starts taking payloads; a throw of `handle` puts the payload back, with back-off. */
  work(
    queue: string,
    handle: (payload: object, signal: AbortSignal) => Promise<void>,
    options?: WorkOptions,
  ): Promise<void>;
  /** Finishes the payload in hand, then stops. */
  stop(): Promise<void>;
}

export type SensegraphEvent = { readonly type: 'job'; readonly job: Job };

/** What happens, to whoever listens: subscriptions, progress bars. */
export interface Events {
  publish(event: SensegraphEvent): void;
  /** Ends when `signal` aborts. */
  subscribe(signal: AbortSignal): AsyncIterable<SensegraphEvent>;
}

/** Where uploads wait between their PUT and the mutation that names them. One use each; forgotten after an hour. */
export interface Uploads {
  create(input: {
    fileName: string;
    byteSize: number;
    mediaType?: string;
  }): Promise<{ id: string; token: string; expiresAt: string }>;
  /** UPLOAD_NOT_FOUND, TOO_LARGE (more bytes than announced), UPLOAD_INCOMPLETE (fewer). */
  receive(id: string, token: string, body: AsyncIterable<Uint8Array>): Promise<{ byteSize: number }>;
  /** The bytes, once. UPLOAD_NOT_FOUND when unknown, expired or taken; UPLOAD_INCOMPLETE before its PUT. */
  take(id: string): Promise<{ bytes: Uint8Array; fileName: string; mediaType?: string }>;
  close(): Promise<void>;
}

/** Connections to a database server, of this process. */
export interface ConnectionCounts {
  readonly used: number;
  readonly idle: number;
  /** Asked for, while all were in use. */
  readonly waiting: number;
}
