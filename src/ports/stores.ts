import type { Job } from '../domain.ts';

/** A part of some bytes: from `start` on, up to but without `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Bytes, content-addressed by SHA-256 (hex). */
export interface BlobStore {
  /** Stores and gives the key. Storing the same bytes again does nothing. */
  put(bytes: Uint8Array): Promise<string>;
  /** NOT_FOUND when absent. */
  get(key: string): Promise<Uint8Array>;
  /** One part as it comes, and no more than that is read: less where the bytes end before. NOT_FOUND when absent, BAD_INPUT for a part of nothing. */
  read(key: string, range: ByteRange): Promise<AsyncIterable<Uint8Array>>;
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
  /**
   * A payload equal to one that waits or is in hand is left out. `costs`: how much work each is, default 1; tenants get
   * equal shares of it, whatever they have waiting.
   */
  send(queue: string, payloads: readonly object[], costs?: readonly number[]): Promise<void>;
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

/** Bytes under names of their owner's choice, for hours: what uploads wait in. */
export interface WaitingBytes {
  /** Takes the `byteSize` bytes that come. Throws what `body` throws, and keeps nothing then. */
  write(name: string, body: AsyncIterable<Uint8Array>, byteSize: number): Promise<void>;
  /** NOT_FOUND when absent. */
  read(name: string): Promise<Uint8Array>;
  remove(name: string): Promise<void>;
  /** Takes away what was written before that time. */
  sweep(before: Date): Promise<void>;
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
