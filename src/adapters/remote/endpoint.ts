import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleType,
  retry,
  wrap,
  type IPolicy,
} from 'cockatiel';
import { SensegraphError } from '../../errors.ts';

export interface EndpointOptions {
  /** What people call it in messages, e.g. `The embeddings endpoint`. */
  readonly name: string;
  /** Base URL; paths are put behind it. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of one attempt. Default 30 s. */
  readonly timeoutMs?: number;
  /** Attempts of one request in all. Default 4. */
  readonly attempts?: number;
  /** Longest wait before the first repeat; it doubles each time. Default 250 ms. */
  readonly backoffMs?: number;
  /** Failed attempts in a row that open the circuit. Default 8. */
  readonly failures?: number;
  /** How long an open circuit refuses before it lets one attempt through. Default 10 s. */
  readonly openMs?: number;
}

export interface Request<T> {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal | undefined;
  /** Reads a good answer. What it throws counts as a failed attempt: an answer may be cut off on its way. */
  readonly read: (body: Uint8Array, headers: Headers) => T;
}

/** Longest wait that a server may ask for. */
const LONGEST_WAIT_MS = 30_000;
/** Answers that another attempt may mend. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** A failed attempt that another one may mend. */
class Passing extends Error {
  /** What the server asked for by `Retry-After`. */
  readonly waitMs: number | undefined;
  constructor(message: string, options: { readonly waitMs?: number | undefined; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.waitMs = options.waitMs;
  }
}

/**
 * A server over HTTP: each attempt has a time limit; what may pass (no connection, time-outs, 429, 5xx, answers that
 * can't be read) is tried again after a random share of a growing wait ("full jitter"); after several failures in a row
 * the circuit opens and requests fail at once, until one attempt after a while finds the server well again.
 */
export class Endpoint {
  readonly #options: EndpointOptions;
  readonly #policy: IPolicy;
  readonly #openMs: number;
  readonly #base: string;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.#openMs = options.openMs ?? 10_000;
    this.#base = options.url.replace(/\/+$/, '');
    const backoffMs = options.backoffMs ?? 250;
    const handled = handleType(Passing);
    this.#policy = wrap(
      retry(handled, {
        maxAttempts: (options.attempts ?? 4) - 1,
        backoff: new DelegateBackoff(({ attempt, result }) => {
          const asked = 'error' in result && result.error instanceof Passing ? result.error.waitMs : undefined;
          return asked ?? Math.random() * backoffMs * 2 ** attempt;
        }),
      }),
      circuitBreaker(handled, {
        halfOpenAfter: this.#openMs,
        breaker: new ConsecutiveBreaker(options.failures ?? 8),
      }),
    );
  }

  /** Throws REMOTE_FAILED, or CANCELLED once `signal` aborts. */
  async request<T>(request: Request<T>): Promise<T> {
    const { signal } = request;
    try {
      signal?.throwIfAborted();
      return await this.#policy.execute(() => this.#attempt(request), signal);
    } catch (error) {
      if (signal?.aborted)
        throw new SensegraphError('CANCELLED', 'The request was cancelled.', { cause: signal.reason });
      if (error instanceof SensegraphError) throw error;
      throw this.failed(
        error instanceof BrokenCircuitError
          ? `failed several times in a row and is left alone for ${this.#openMs / 1000} s`
          : error instanceof Error
            ? error.message
            : String(error),
        error,
      );
    }
  }

  /** REMOTE_FAILED with this endpoint's name and address. */
  failed(what: string, cause?: unknown): SensegraphError {
    return new SensegraphError(
      'REMOTE_FAILED',
      `${this.#options.name} at ${this.#base} ${what}. Check that it runs and that the address is right.`,
      { cause },
    );
  }

  async #attempt<T>({ path, method = 'POST', headers, body, signal, read }: Request<T>): Promise<T> {
    const timeoutMs = this.#options.timeoutMs ?? 30_000;
    const timeout = AbortSignal.timeout(timeoutMs);
    let response: Response;
    let bytes: Uint8Array;
    try {
      response = await fetch(this.#base + path, {
        method,
        headers: { ...this.#options.headers, ...headers },
        ...(body === undefined ? {} : { body }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        // A redirect would carry the key elsewhere.
        redirect: 'error',
      });
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      if (signal?.aborted) throw cause;
      if (timeout.aborted) throw new Passing(`did not answer within ${timeoutMs} ms`, { cause });
      throw new Passing(`can't be reached: ${deepest(cause)}`, { cause });
    }
    if (!response.ok) {
      const said = `answered ${response.status}: ${new TextDecoder().decode(bytes).slice(0, 300)}`;
      if (!PASSING.has(response.status)) throw this.failed(said);
      throw new Passing(said, { waitMs: waitOf(response.headers.get('retry-after')) });
    }
    try {
      return read(bytes, response.headers);
    } catch (cause) {
      if (cause instanceof SensegraphError) throw cause;
      throw new Passing(`gave an answer that can't be read: ${deepest(cause)}`, { cause });
    }
  }
}

/** `Retry-After` in seconds or as a date, in milliseconds; at most LONGEST_WAIT_MS. */
function waitOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(LONGEST_WAIT_MS, Math.max(0, ms));
}

/** The deepest cause says most: "connect ECONNREFUSED …" rather than "fetch failed". */
function deepest(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  if (!(at instanceof Error)) return String(at);
  return at.message || String((at as NodeJS.ErrnoException).code ?? at.name);
}
