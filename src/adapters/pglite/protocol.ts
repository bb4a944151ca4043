/** Messages between the client and the thread that PGlite runs in. */
export type Call =
  | { readonly op: 'query'; readonly text: string; readonly parameters: readonly unknown[] }
  | { readonly op: 'exec'; readonly text: string }
  | { readonly op: 'copy'; readonly text: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly op: 'close' };

export interface Request {
  readonly id: number;
  readonly call: Call;
}

export type Response =
  | { readonly id: number; readonly rows: object[] }
  | { readonly id: number; readonly failure: Failure };

export interface Failure {
  readonly message: string;
  /** SQLSTATE, where Postgres gave one. */
  readonly code?: string;
  readonly detail?: string;
}

/** What the thread is started with. */
export interface WorkerInput {
  /** A directory, or `memory://`. */
  readonly dataDir: string;
}
