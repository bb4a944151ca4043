import { z } from 'zod';
import { SensegraphError } from './errors.ts';

/** Which servers hold the data, from the environment. */
export const storesEnvironment = {
  /** `postgres://user:password@host:5432/database`; without it the ledger is embedded. */
  SENSEGRAPH_POSTGRES_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Connections of this process at most. */
  SENSEGRAPH_POSTGRES_POOL: z.coerce.number().int().min(2).max(1000).default(10),
  /** Longest a statement may take. */
  SENSEGRAPH_POSTGRES_TIMEOUT_MS: z.coerce.number().int().min(1000).default(60_000),
  /** How long a starting server or worker waits for databases that can't be reached. */
  SENSEGRAPH_STORES_WAIT_SECONDS: z.coerce.number().min(0).default(60),
  /** `neo4j://host:7687` or `bolt://…`; without it the graph is in the ledger's database. */
  SENSEGRAPH_NEO4J_URL: z.url({ protocol: /^(neo4j|bolt)(\+s|\+ssc)?$/ }).optional(),
  SENSEGRAPH_NEO4J_USER: z.string().default('neo4j'),
  SENSEGRAPH_NEO4J_PASSWORD: z.string().optional(),
  /** Longest a transaction may take. */
  SENSEGRAPH_NEO4J_TIMEOUT_MS: z.coerce.number().int().min(1000).default(60_000),
  /** Without it, the user's home database. */
  SENSEGRAPH_NEO4J_DATABASE: z.string().optional(),
  /** Keeps ledgers apart that share a database of Neo4j. */
  SENSEGRAPH_NEO4J_TENANT: z.string().min(1).default('default'),
};

export interface StoresConfig {
  /** Milliseconds; see SENSEGRAPH_STORES_WAIT_SECONDS. */
  readonly waitMs: number;
  readonly postgres?: { readonly url: string; readonly poolSize: number; readonly timeoutMs: number };
  readonly neo4j?: {
    readonly url: string;
    readonly user: string;
    readonly password: string;
    readonly tenant: string;
    readonly timeoutMs: number;
    readonly database?: string;
  };
}

type Environment = z.infer<z.ZodObject<typeof storesEnvironment>>;

/** BAD_INPUT names the variable at fault. */
export function readStores(e: Environment): StoresConfig {
  if (e.SENSEGRAPH_NEO4J_URL && !e.SENSEGRAPH_NEO4J_PASSWORD) {
    throw new SensegraphError(
      'BAD_INPUT',
      'SENSEGRAPH_NEO4J_URL is set: give the password with SENSEGRAPH_NEO4J_PASSWORD too.',
    );
  }
  return {
    waitMs: e.SENSEGRAPH_STORES_WAIT_SECONDS * 1000,
    ...(e.SENSEGRAPH_POSTGRES_URL
      ? {
          postgres: {
            url: e.SENSEGRAPH_POSTGRES_URL,
            poolSize: e.SENSEGRAPH_POSTGRES_POOL,
            timeoutMs: e.SENSEGRAPH_POSTGRES_TIMEOUT_MS,
          },
        }
      : {}),
    ...(e.SENSEGRAPH_NEO4J_URL && e.SENSEGRAPH_NEO4J_PASSWORD
      ? {
          neo4j: {
            url: e.SENSEGRAPH_NEO4J_URL,
            user: e.SENSEGRAPH_NEO4J_USER,
            password: e.SENSEGRAPH_NEO4J_PASSWORD,
            tenant: e.SENSEGRAPH_NEO4J_TENANT,
            timeoutMs: e.SENSEGRAPH_NEO4J_TIMEOUT_MS,
            ...(e.SENSEGRAPH_NEO4J_DATABASE ? { database: e.SENSEGRAPH_NEO4J_DATABASE } : {}),
          },
        }
      : {}),
  };
}
