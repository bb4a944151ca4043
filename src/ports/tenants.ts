import type { Trace } from './graph-audit.ts';

/** The tenant of everything that was there before there were others, and where nobody names one. */
export const DEFAULT_TENANT = 'default';

export interface Tenant {
  readonly name: string;
  readonly createdAt: string;
  /** How many tokens open it. */
  readonly tokens: number;
}

/** A bearer token, as far as it is kept. */
export interface TokenHash {
  readonly tenant: string;
  /** SHA-256 of the token. */
  readonly hash: Uint8Array;
}

/** Who shares the stores. What each has is kept apart by the stores themselves; this is the list of them. */
export interface Tenants {
  /** By name. */
  list(): Promise<Tenant[]>;
  has(name: string): Promise<boolean>;
  /** Whether it is new. BAD_INPUT on a name that is none. */
  add(name: string): Promise<boolean>;
  /** The tenant must be there. */
  addToken(token: TokenHash): Promise<void>;
  /** How many there were. */
  removeTokens(tenant: string): Promise<number>;
  tokens(): Promise<TokenHash[]>;
  /** Names of those that a dead process may have left work of: unfinished jobs, or changes that the graph lacks. */
  unfinished(): Promise<string[]>;
  /** Takes the tenant away with its tokens, rows, vectors and queued work, in one transaction. Not the bytes, nor a graph elsewhere. */
  remove(name: string): Promise<void>;
  /** Where the ledger's database still holds something of it. */
  traces(name: string): Promise<Trace[]>;
}
