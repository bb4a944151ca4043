import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import { SensegraphError } from '../../errors.ts';
import type { Db } from './db.ts';
import type { Tables } from './tables.ts';

/** A typed query builder over any `Db`. Transactions are the `Db`'s: build one over `tx` inside `db.transaction`. */
export function queryBuilder(db: Db): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DbDriver(db),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect });
}

class DbDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(db: Db) {
    this.#connection = {
      executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => ({
        rows: (await db.query(sql, parameters)) as R[],
      }),
      streamQuery: () => {
        throw new SensegraphError('INTERNAL', 'Results are read by pages, not streamed.');
      },
    };
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    throw new SensegraphError('INTERNAL', 'Start transactions by Db.transaction.');
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}
