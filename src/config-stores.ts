import { z } from 'zod';
import { SensegraphError } from './errors.ts';
import { DEFAULT_TENANT } from './ports/tenants.ts';

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
  /** Whose data a command works on; `serve` and `worker` work for all. */
  SENSEGRAPH_TENANT: z.string().default(DEFAULT_TENANT),
  /** Keeps ledgers apart that share a database of Neo4j. */
  SENSEGRAPH_NEO4J_TENANT: z
    .string()
    .regex(/^[^/]+$/, 'has no /, which comes before the names of tenants')
    .default('default'),
  /** Keeps bytes there; without it, in the data folder. Credentials come the usual ways of AWS' SDK (AWS_ACCESS_KEY_ID, …). */
  SENSEGRAPH_S3_BUCKET: z.string().min(1).optional(),
  /** Of another service than Amazon's. */
  SENSEGRAPH_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  SENSEGRAPH_S3_REGION: z.string().min(1).optional(),
  /** What every key begins with. */
  SENSEGRAPH_S3_PREFIX: z.string().default(''),
  /** Whether the bucket stands in the path, not in the host's name; without it, where an endpoint is named. */
  SENSEGRAPH_S3_PATH_STYLE: z.enum(['on', 'off']).optional(),
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
  readonly s3?: {
    readonly bucket: string;
    readonly endpoint?: string;
    readonly region?: string;
    /** Ends with `/` where it is not empty. */
    readonly prefix: string;
    readonly pathStyle?: boolean;
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
  if (e.SENSEGRAPH_S3_ENDPOINT && !e.SENSEGRAPH_S3_BUCKET) {
    throw new SensegraphError(
      'BAD_INPUT',
      'SENSEGRAPH_S3_ENDPOINT is set: name the bucket with SENSEGRAPH_S3_BUCKET too.',
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
    ...(e.SENSEGRAPH_S3_BUCKET ? { s3: readS3(e.SENSEGRAPH_S3_BUCKET, e) } : {}),
  };
}

function readS3(bucket: string, e: Environment): NonNullable<StoresConfig['s3']> {
  const { SENSEGRAPH_S3_ENDPOINT: endpoint, SENSEGRAPH_S3_REGION: region, SENSEGRAPH_S3_PATH_STYLE: pathStyle } = e;
  return {
    bucket,
    prefix: e.SENSEGRAPH_S3_PREFIX.replace(/^\/+/, '').replace(/([^/])$/, '$1/'),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    ...(pathStyle === undefined ? {} : { pathStyle: pathStyle === 'on' }),
  };
}
