/** What the SQL stores need from a Postgres: the embedded one and a real server both give it. */
export interface Db {
  /** One statement with `$1…` parameters. Arrays become Postgres arrays, Uint8Array bytea. */
  query<Row extends object>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** A script of several statements, without parameters; the rows of all of them, in order. */
  exec(script: string): Promise<object[]>;
  /** `COPY target FROM STDIN` of binary rows (see binary-copy.ts). `bytes` may be given away: don't use it after. */
  copy(target: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Runs `work` alone in a transaction: commits when it resolves, rolls back when it throws. Within one, joins it. A server runs it again after a conflict, so it must do nothing outside that can't be redone. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
}

/** A database of many tenants. As itself it works across them, as the login role. */
export interface TenantedDb extends Db {
  /** The same, as a role that row-level security holds to the tenant's rows. Doesn't look whether there is such a tenant. */
  forTenant(tenant: string): Db;
}

/** Where a store tells of things that need no answer. Pino's logger fits. */
export interface StoreLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export const silentLog: StoreLog = { info: () => {}, warn: () => {} };
