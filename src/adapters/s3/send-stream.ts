import { Readable } from 'node:stream';
import { PutObjectCommand, type PutObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';

/**
 * PutObject of what comes. The SDK pipes a body into its request and does not hear of the body's failure: without this
 * the request would wait for the rest for ever.
 */
export async function sendStream(
  client: S3Client,
  input: PutObjectCommandInput,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const stop = new AbortController();
  let failure: { readonly error: unknown } | undefined;
  const guarded = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      failure = { error };
      stop.abort();
      throw error;
    }
  };
  const stream = Readable.from(guarded(), { objectMode: false });
  stream.on('error', () => {}); // Told below.
  try {
    await client.send(new PutObjectCommand({ ...input, Body: stream }), { abortSignal: stop.signal });
  } catch (error) {
    stream.destroy();
    throw failure ? failure.error : error;
  }
}
