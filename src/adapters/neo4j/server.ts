import neo4j, { type Driver, type ManagedTransaction, type Session } from 'neo4j-driver';
import { SensegraphError } from '../../errors.ts';

export interface Neo4jOptions {
  /** `neo4j://host:port` (routed to a cluster's readers and writer) or `bolt://…`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Default: the user's home database. */
  readonly database?: string;
  /** Longest a transaction may take on the server, milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  /** How long a transaction is tried again that met a passing failure, milliseconds. Default 15,000. */
  readonly retryMs?: number;
  /** Connections at most. Default 20. */
  readonly poolSize?: number;
}

const DEFAULTS = { timeoutMs: 60_000, retryMs: 15_000, poolSize: 20 } as const;
const CONNECT_MS = 10_000;
/** A statement's time limit that is none, of the server's configuration neither. */
const UNLIMITED = 0;
/** A connection that was idle this long is tried before it is used: the server may have gone without a word. */
const IDLE_MS = 10_000;
/** Time beyond all of the server's limits after which an answer is not waited for any more. */
const ANSWER_GRACE_MS = 5000;

type Row = Record<string, unknown>;

/** What runs statements in one transaction. Whole numbers among the parameters must be `neo4j.int`. */
export interface Transaction {
  run<R extends object = Row>(text: string, parameters?: Row): Promise<R[]>;
}

/** A Neo4j server or cluster: transactions with retry, each seeing what earlier ones of this process wrote. */
export class Neo4jServer {
  readonly #driver: Driver;
  readonly #options: Neo4jOptions;
  /** The server's address, without the password. */
  readonly place: string;

  private constructor(driver: Driver, options: Neo4jOptions) {
    this.#driver = driver;
    this.#options = options;
    this.place = options.url;
  }

  /** REMOTE_FAILED when it can't be reached or refuses. */
  static async open(options: Neo4jOptions): Promise<Neo4jServer> {
    const driver = neo4j.driver(options.url, neo4j.auth.basic(options.user, options.password), {
      disableLosslessIntegers: true,
      maxConnectionPoolSize: options.poolSize ?? DEFAULTS.poolSize,
      maxTransactionRetryTime: options.retryMs ?? DEFAULTS.retryMs,
      connectionTimeout: CONNECT_MS,
      connectionAcquisitionTimeout: CONNECT_MS * 2,
      connectionLivenessCheckTimeout: IDLE_MS,
      userAgent: 'sensegraph',
    });
    const server = new Neo4jServer(driver, options);
    try {
      await driver.verifyConnectivity(options.database === undefined ? {} : { database: options.database });
      return server;
    } catch (error) {
      await driver.close();
      throw server.#readable(error);
    }
  }

  /** Work that only reads, on a reader of a cluster; may be run several times. */
  read<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#with('READ', (session, config, signal) =>
      session.executeRead((tx) => workOver(tx, work, signal), config),
    );
  }

  /** Work that writes, all or nothing; may be run several times. */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#with('WRITE', (session, config, signal) =>
      session.executeWrite((tx) => workOver(tx, work, signal), config),
    );
  }

  /**
   * One statement in transactions of its own (`CALL … IN TRANSACTIONS`, procedures that write by parts), for as long as
   * it takes. It is not run again where it fails.
   */
  auto<R extends object = Row>(text: string, parameters: Row = {}): Promise<R[]> {
    return this.#with(
      'WRITE',
      async (session) =>
        (await session.run(text, parameters, { timeout: UNLIMITED })).records.map((record) => record.toObject() as R),
      null,
    );
  }

  async close(): Promise<void> {
    await this.#driver.close();
  }

  async #with<T>(
    mode: 'READ' | 'WRITE',
    work: (session: Session, config: { timeout: number }, signal: AbortSignal) => Promise<T>,
    /** Milliseconds after which an answer is not waited for any more; null: it is waited for as long as it takes. */
    limitMs: number | null = boundMs(this.#options),
  ): Promise<T> {
    const session = this.#driver.session({
      defaultAccessMode: mode,
      // One for the driver: a reader waits until it has what this process wrote.
      bookmarkManager: this.#driver.executeQueryBookmarkManager,
      ...(this.#options.database === undefined ? {} : { database: this.#options.database }),
    });
    const { timeoutMs = DEFAULTS.timeoutMs } = this.#options;
    const given = new AbortController();
    const limit = Promise.withResolvers<never>();
    // The driver waits for minutes on a connection that carries nothing any more. By then the server has ended whatever
    // it had begun, so that nothing given up here happens later.
    const giveUp = (): void => {
      given.abort();
      limit.reject(new SensegraphError('REMOTE_FAILED', `Neo4j at ${this.place} does not answer: try again.`));
    };
    const timer = limitMs === null ? undefined : setTimeout(giveUp, limitMs);
    try {
      return await Promise.race([work(session, { timeout: timeoutMs }, given.signal), limit.promise]);
    } catch (error) {
      throw this.#readable(error);
    } finally {
      clearTimeout(timer);
      const closed = session.close().catch(() => {}); // The first error is the one to tell.
      if (!given.signal.aborted) await closed;
    }
  }

  #readable(error: unknown): unknown {
    const code: unknown = (error as { code?: unknown } | undefined)?.code;
    if (error instanceof SensegraphError || typeof code !== 'string') return error;
    const reason = (error as Error).message;
    const tell = (what: string): SensegraphError =>
      new SensegraphError('REMOTE_FAILED', `Neo4j at ${this.place} ${what} (${reason}).`, { cause: error });
    if (/^Neo\.ClientError\.Security|^Neo\.ClientError\.Database\.DatabaseNotFound/.test(code))
      return tell('refuses: correct SENSEGRAPH_NEO4J_USER, _PASSWORD and _DATABASE');
    if (
      /^Neo\.(?:ClientError\.(?:Transaction|General|Cluster)|TransientError|DatabaseError)|EntityNotFound$/.test(code)
    )
      return tell('could not do it now: try again');
    if (code.startsWith('Neo.')) return error;
    return tell("can't be reached: start it, or correct SENSEGRAPH_NEO4J_URL");
  }
}

/** Longest that a call takes, milliseconds: each try has the server's limit, and none is begun after the time for retries. */
export function boundMs({ timeoutMs = DEFAULTS.timeoutMs, retryMs = DEFAULTS.retryMs }: Partial<Neo4jOptions>): number {
  return retryMs + timeoutMs + ANSWER_GRACE_MS;
}

/** Nothing is sent, and so nothing committed, once nobody waits for it. */
async function workOver<T>(
  tx: ManagedTransaction,
  work: (tx: Transaction) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const result = await work({
    run: async <R extends object>(text: string, parameters: Row = {}) => {
      signal.throwIfAborted();
      return (await tx.run(text, parameters)).records.map((record) => record.toObject() as R);
    },
  });
  signal.throwIfAborted();
  return result;
}
