import { SensegraphError } from '../../errors.ts';

interface Failure {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The connection, or what is behind it, is gone, slow or full. */
const GONE = /^(?:ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ERR_STREAM_PREMATURE_CLOSE)$/;

/** Sent to the wrong place. The answer to a HEAD has no words for it. */
const MISPLACED = /^(?:Unknown|400|BadRequest|AuthorizationHeaderMalformed|InvalidBucketName)$/;

/** A key, not a bucket, that is not there: a HEAD's answer has no words for which. */
export function isAbsent(error: unknown): boolean {
  const { name } = error as Failure;
  return name === 'NoSuchKey' || name === 'NotFound';
}

/** A range that begins where there is nothing any more. */
export function isBeyondEnd(error: unknown): boolean {
  return (error as Failure).$metadata?.httpStatusCode === 416;
}

/** REMOTE_FAILED with what the bucket's owner can do; what is not S3's is given back as it is. `place` names the bucket. */
export function readableFailure(error: unknown, place: string): unknown {
  if (error instanceof SensegraphError || !(error instanceof Error)) return error;
  const { name = '', code = '', message = '', $metadata } = error as Error & Failure;
  const status = $metadata?.httpStatusCode;
  const tell = (what: string): SensegraphError =>
    new SensegraphError('REMOTE_FAILED', `${place} ${what} (${[name, message || code].join(': ')}).`, { cause: error });
  if (name === 'CredentialsProviderError')
    return tell('needs credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE');
  if (name === 'NoSuchBucket' || status === 404)
    return tell('is not there: make the bucket, or correct SENSEGRAPH_S3_BUCKET and SENSEGRAPH_S3_ENDPOINT');
  if (status === 403 || status === 401)
    return tell('refuses: correct the credentials, and allow to get, put, delete and list objects in it');
  if (message === 'Region is missing') return tell('needs a region: set SENSEGRAPH_S3_REGION');
  if (status === 301 || (status === 400 && MISPLACED.test(name)))
    return tell('does not take the request: correct SENSEGRAPH_S3_REGION and SENSEGRAPH_S3_PATH_STYLE');
  if (GONE.test(code) || name === 'TimeoutError')
    return tell("can't be reached: start it, or correct SENSEGRAPH_S3_ENDPOINT");
  return status === undefined ? error : tell('could not do it now: try again');
}
