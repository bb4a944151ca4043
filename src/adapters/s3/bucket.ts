import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { isAbsent, isBeyondEnd, readableFailure } from './failures.ts';
import { sendStream } from './send-stream.ts';

export interface S3Options {
  readonly bucket: string;
  /** Of another service than Amazon's, e.g. `https://s3.example.org`. */
  readonly endpoint?: string;
  /** Default: what the SDK finds (AWS_REGION, the profile); with an endpoint AWS_REGION or us-east-1. */
  readonly region?: string;
  /** Whether the bucket is in the path rather than in the host's name. Default: with an endpoint, yes. */
  readonly pathStyle?: boolean;
}

const CONNECT_MS = 5000;
/** Without a byte for this long, a request is given up and sent again. */
const SILENCE_MS = 30_000;
const ATTEMPTS = 4;
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What the adapters need of one S3 bucket, its failures in words that say what to do. */
export class Bucket {
  readonly #client: S3Client;
  readonly #name: string;
  /** `s3://bucket`, with the endpoint where there is one. */
  readonly place: string;

  private constructor(client: S3Client, { bucket, endpoint }: S3Options) {
    this.#client = client;
    this.#name = bucket;
    this.place = `s3://${bucket}${endpoint === undefined ? '' : ` at ${new URL(endpoint).host}`}`;
  }

  /** REMOTE_FAILED when the bucket is not there, can't be reached, or refuses. Credentials come the SDK's usual ways. */
  static async open(options: S3Options): Promise<Bucket> {
    const { endpoint, region, pathStyle } = options;
    const client = new S3Client({
      ...(region === undefined ? {} : { region }),
      // Other services seldom care for it, but a signature needs one.
      ...(endpoint === undefined ? {} : { endpoint, region: region ?? process.env['AWS_REGION'] ?? 'us-east-1' }),
      forcePathStyle: pathStyle ?? endpoint !== undefined,
      maxAttempts: ATTEMPTS,
      logger: SILENT, // What fails is thrown.
      // Checksums in trailers are not everywhere understood; whole bytes bear their SHA-256 anyway.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    });
    const bucket = new Bucket(client, options);
    try {
      await bucket.check();
      return bucket;
    } catch (error) {
      client.destroy();
      throw error;
    }
  }

  /** REMOTE_FAILED unless the bucket answers. */
  async check(): Promise<void> {
    await this.#told(() => this.#client.send(new HeadBucketCommand({ Bucket: this.#name })));
  }

  /** Size in bytes; undefined when absent. */
  async size(key: string): Promise<number | undefined> {
    return this.#told(
      async () => (await this.#client.send(new HeadObjectCommand({ Bucket: this.#name, Key: key }))).ContentLength ?? 0,
      () => undefined,
    );
  }

  /** `sha256`: the bytes' own in hex, by which the server knows them for whole. */
  async put(key: string, bytes: Uint8Array, sha256: string): Promise<void> {
    const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
    await this.#told(() =>
      this.#client.send(new PutObjectCommand({ Bucket: this.#name, Key: key, Body: bytes, ChecksumSHA256 })),
    );
  }

  /** Sends what comes, `byteSize` bytes; throws what `body` throws, and stores nothing then. */
  async putStream(key: string, body: AsyncIterable<Uint8Array>, byteSize: number): Promise<void> {
    await this.#told(() => sendStream(this.#client, { Bucket: this.#name, Key: key, ContentLength: byteSize }, body));
  }

  /** What `range` (an HTTP one) names, or all, as it comes; undefined when absent. */
  async get(key: string, range?: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    const command = new GetObjectCommand({ Bucket: this.#name, Key: key, ...(range ? { Range: range } : {}) });
    const send = async (): Promise<AsyncIterable<Uint8Array> | undefined> => {
      try {
        return (await this.#client.send(command)).Body as AsyncIterable<Uint8Array> | undefined;
      } catch (error) {
        if (!isBeyondEnd(error)) throw error;
        return nothing();
      }
    };
    const body = await this.#told(send, () => undefined);
    return body && this.#toldOf(body);
  }

  async remove(key: string): Promise<void> {
    await this.#told(() => this.#client.send(new DeleteObjectCommand({ Bucket: this.#name, Key: key })));
  }

  /** Keys under the prefix with the time of writing. */
  async *list(prefix: string): AsyncGenerator<{ key: string; written: Date }> {
    for (let token: string | undefined, more = true; more;) {
      const page = await this.#told(() =>
        this.#client.send(
          new ListObjectsV2Command({
            Bucket: this.#name,
            Prefix: prefix,
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
        ),
      );
      for (const { Key: key, LastModified: written } of page.Contents ?? []) if (key && written) yield { key, written };
      token = page.NextContinuationToken;
      more = page.IsTruncated === true && token !== undefined;
    }
  }

  close(): void {
    this.#client.destroy();
  }

  /** `absent`: what there is to say where the key is not there. */
  async #told<T>(work: () => Promise<T>, absent?: () => T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (absent && isAbsent(error)) return absent();
      throw readableFailure(error, this.place);
    }
  }

  async *#toldOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw readableFailure(error, this.place);
    }
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
