import { SensegraphError } from '../../errors.ts';

/** Aborted by the server for the sake of another transaction: the same work may pass the next time. */
const CONFLICT = new Set(['40001', '40P01']);
/** The connection, or the server behind it, is gone, starting or full. */
const GONE = /^(?:08...|57P0[123]|53300|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const STATEMENT_TIMEOUT = '57014';

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
}

export function isConflict(error: unknown): boolean {
  return CONFLICT.has(codeOf(error));
}

export function isGone(error: unknown): boolean {
  // What pg says of itself bears no code.
  const unmarked =
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying|timeout expired|Query read timeout|Client (?:has encountered|was closed)/.test(
      error.message,
    );
  return unmarked || GONE.test(codeOf(error));
}

/** REMOTE_FAILED for what the server's owner can mend; all else as it is. `place` names the server, without its password. */
export function readableFailure(error: unknown, place: string): unknown {
  const reason = error instanceof Error ? error.message || codeOf(error) : String(error);
  if (isGone(error)) {
    const message = `Postgres at ${place} can't be reached (${reason}). Start it, or correct SENSEGRAPH_POSTGRES_URL.`;
    return new SensegraphError('REMOTE_FAILED', message, { cause: error });
  }
  if (codeOf(error) === STATEMENT_TIMEOUT) {
    const message = `Postgres at ${place} took too long for a statement. Try again, or raise SENSEGRAPH_POSTGRES_TIMEOUT_MS.`;
    return new SensegraphError('REMOTE_FAILED', message, { cause: error });
  }
  if (['28P01', '28000', '3D000'].includes(codeOf(error))) {
    const message = `Postgres at ${place} refuses: ${reason}. Correct SENSEGRAPH_POSTGRES_URL.`;
    return new SensegraphError('REMOTE_FAILED', message, { cause: error });
  }
  return error;
}
