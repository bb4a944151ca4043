/** Stable codes; the API shows them as `userErrors.code` or `extensions.code`, the CLI as its last line. */
export type ErrorCode =
  | 'EMPTY'
  | 'TOO_LARGE'
  | 'TOO_LONG'
  | 'TOO_MANY_PIXELS'
  | 'TOO_MANY_ITEMS'
  | 'UNSUPPORTED_TYPE'
  | 'TYPE_MISMATCH'
  | 'CORRUPT'
  | 'BAD_ENCODING'
  | 'BAD_INPUT'
  | 'NOT_FOUND'
  | 'UNAUTHENTICATED'
  | 'UPLOAD_NOT_FOUND'
  | 'UPLOAD_INCOMPLETE'
  | 'DATA_DIR_LOCKED'
  | 'MODEL_MISSING'
  | 'MODEL_CORRUPT'
  | 'LANGUAGE_MODEL_FAILED'
  | 'REMOTE_FAILED'
  | 'CANCELLED'
  | 'OVERLOADED'
  | 'INTERNAL';

/** The one error class. `code` is for programs, `message` for people and says what to do next, `cause` is kept. */
export class SensegraphError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'SensegraphError';
    this.code = code;
  }
}

/** The error as one of ours: what is not is `INTERNAL`, with the original as its cause. */
export function asSensegraphError(error: unknown): SensegraphError {
  if (error instanceof SensegraphError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SensegraphError('INTERNAL', message, { cause: error });
}
