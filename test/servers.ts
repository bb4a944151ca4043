import pg from 'pg';
import { neo4j, neo4jGds } from '../scripts/services/neo4j.ts';
import { postgres } from '../scripts/services/postgres.ts';
import { makeBucket, s3 } from '../scripts/services/s3.ts';
import { start, stop, type Running, type Service } from '../scripts/services/service.ts';

/** Set by the test runner's set-up: the servers that tests start go when it ends. */
const OWNER = 'SENSEGRAPH_TEST_RUN';

/** Vitest's global set-up. Servers are started by the first test that wants them, and stopped here. */
export function setup(): () => Promise<void> {
  process.env[OWNER] = String(process.pid);
  return async () => {
    await Promise.all([postgres(16), postgres(18), neo4j, neo4jGds, s3].map((service) => stop(service, process.pid)));
  };
}

/** The service, started where it doesn't run. Undefined where this machine can't have it, which fails with CI=true. */
async function realServer(service: Service): Promise<Running | undefined> {
  const lacking = await service.missing();
  if (lacking === undefined) return start(service, Number(process.env[OWNER] ?? process.pid));
  const message = `Tests on ${service.name} are skipped: this machine lacks ${lacking}.`;
  if (process.env['CI'] === 'true') throw new Error(message);
  console.warn(message);
  return undefined;
}

export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database on a real Postgres, for one test file. */
export async function freshDatabase(version: 16 | 18): Promise<FreshDatabase | undefined> {
  const running = await realServer(postgres(version));
  const server = running?.environment['SENSEGRAPH_POSTGRES_URL'];
  if (server === undefined) return undefined;
  const name = `test_${process.pid}_${performance.now().toFixed(0)}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** The same, owned by a login role that is no superuser; `plain` logs in as a role that is only a member of the tenants' role. */
export async function ownedDatabase(version: 16 | 18): Promise<(FreshDatabase & { plain: string }) | undefined> {
  const running = await realServer(postgres(version));
  const server = running?.environment['SENSEGRAPH_POSTGRES_URL'];
  if (server === undefined) return undefined;
  const name = `owned_${process.pid}_${performance.now().toFixed(0)}`;
  const [owner, plain] = [`${name}_owner`, `${name}_plain`];
  // An administrator's part, as docs/tenants.md has it.
  await onServer(
    server,
    `DO $$ BEGIN CREATE ROLE sensegraph NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
     CREATE ROLE ${owner} LOGIN PASSWORD 'owner' IN ROLE sensegraph;
     CREATE ROLE ${plain} LOGIN PASSWORD 'plain' IN ROLE sensegraph`,
  );
  await onServer(server, `CREATE DATABASE ${name} OWNER ${owner}`);
  await onServer(Object.assign(new URL(server), { pathname: name }).href, 'CREATE EXTENSION vector');
  const at = (user: string, password: string): string =>
    Object.assign(new URL(server), { pathname: name, username: user, password }).href;
  return {
    url: at(owner, 'owner'),
    plain: at(plain, 'plain'),
    drop: async () => {
      await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
      await onServer(server, `DROP ROLE ${owner}, ${plain}`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export interface Neo4jAccess {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** How to reach a real Neo4j; tests keep apart by a tenant of their own. */
export function realNeo4j(): Promise<Neo4jAccess | undefined> {
  return accessTo(neo4j);
}

/** The same with Graph Data Science. */
export function realNeo4jGds(): Promise<Neo4jAccess | undefined> {
  return accessTo(neo4jGds);
}

async function accessTo(service: Service): Promise<Neo4jAccess | undefined> {
  const running = await realServer(service);
  if (!running) return undefined;
  const of = (name: string): string => running.environment[name] ?? '';
  return {
    url: of('SENSEGRAPH_NEO4J_URL'),
    user: of('SENSEGRAPH_NEO4J_USER'),
    password: of('SENSEGRAPH_NEO4J_PASSWORD'),
  };
}

/** An empty bucket on a real S3 server, for one test file; `environment` makes Sensegraph use it. */
export async function freshBucket(): Promise<
  { bucket: string; endpoint: string; environment: Record<string, string> } | undefined
> {
  const running = await realServer(s3);
  if (!running) return undefined;
  const { SENSEGRAPH_S3_ENDPOINT: endpoint = '', AWS_SECRET_ACCESS_KEY: password = '' } = running.environment;
  const bucket = `test-${process.pid}-${performance.now().toFixed(0)}`;
  await makeBucket(endpoint, password, bucket);
  const environment = { ...running.environment, SENSEGRAPH_S3_BUCKET: bucket };
  // Credentials come from the environment, as in production.
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const)
    process.env[name] = running.environment[name];
  return { bucket, endpoint, environment };
}
