import { randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { asSensegraphError, SensegraphError, type ErrorCode } from '../errors.ts';
import { DEFAULT_TENANT } from '../ports/tenants.ts';
import type { ByteRange } from '../ports/stores.ts';
import type { Access } from './access.ts';

const STATUS: Partial<Record<ErrorCode, number>> = {
  UPLOAD_NOT_FOUND: 404,
  NOT_FOUND: 404,
  UNAUTHENTICATED: 401,
  TOO_LARGE: 413,
  UPLOAD_INCOMPLETE: 400,
  EMPTY: 400,
  BAD_INPUT: 400,
  REMOTE_FAILED: 503,
  OVERLOADED: 429,
  TOO_MANY_PIXELS: 422,
  CORRUPT: 422,
};
/** Types that a browser may show in place; all others are downloads. */
const INLINE = /^(?:image\/(?:jpeg|png|webp|gif)|audio\/|video\/|text\/plain|application\/pdf)/;

/** The rest of a refused upload is read and dropped for this long, so that its sender gets to read why. */
const DRAIN_MS = 10_000;

/** What is no GraphQL: bytes in (`PUT /uploads/:id?token=…`) and bytes out (`GET /assets/:id/bytes`, ranges too). */
export function fileRoutes(access: Access, log: Logger): Router {
  const router = Router();
  router.put('/uploads/:id', async (request, response) => {
    try {
      const token = String(request.query['token'] ?? '');
      // A refusal must leave the connection open: the response goes the same way.
      const body = request.iterator({ destroyOnReturn: false });
      const [id = '', tenant = DEFAULT_TENANT] = request.params.id.split('.').toReversed();
      // Of a tenant that is not there as of an upload that is not: a stranger learns nothing of who shares the server.
      const application = (await access.ofUpload(tenant)) ?? (await access.ofUpload(DEFAULT_TENANT));
      if (!application) throw new SensegraphError('UPLOAD_NOT_FOUND', 'There is no such upload.');
      response.status(201).json(await application.receiveUpload(id, token, body));
    } catch (error) {
      fail(error, request, response, log);
      drain(request);
    }
  });
  router.get('/assets/:id/bytes', async (request, response) => {
    try {
      const application = await access.of(request.headers.authorization);
      if (request.params.id.includes('\0')) throw new SensegraphError('NOT_FOUND', 'There is no such asset.');
      const { byteSize, mediaType, read } = await application.assetFile(request.params.id);
      const etag = `"${request.params.id}"`;
      const inline = INLINE.test(mediaType);
      response.set({
        'Content-Type': mediaType.startsWith('text/') ? 'text/plain; charset=utf-8' : mediaType,
        'Content-Disposition': inline ? 'inline' : 'attachment',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Accept-Ranges': 'bytes',
        ETag: etag,
        Vary: 'Authorization',
        'Cache-Control': 'private, max-age=31536000, immutable',
      });
      if (request.fresh) return void response.status(304).end();
      const range = partOf(request, byteSize, etag);
      if (!range) {
        response
          .status(416)
          .set({ 'Content-Range': `bytes */${byteSize}`, 'Cache-Control': 'no-store' })
          .end();
        return;
      }
      const length = range.end - range.start;
      if (range.isAsked) response.status(206).set('Content-Range', `bytes ${range.start}-${range.end - 1}/${byteSize}`);
      response.set('Content-Length', String(length));
      if (request.method === 'HEAD') return void response.end();
      await send(await read(range), response, log);
    } catch (error) {
      fail(error, request, response, log);
    }
  });
  return router;
}

/** The one part that is asked for, or all; undefined when it lies beyond the end. */
function partOf(
  request: Request,
  byteSize: number,
  etag: string,
): (ByteRange & { readonly isAsked: boolean }) | undefined {
  const all = { start: 0, end: byteSize, isAsked: false };
  // A part of what the client has another version of is of no use to it.
  if ((request.get('if-range') ?? etag) !== etag) return all;
  const ranges = request.range(byteSize);
  if (ranges === -1) return undefined;
  const one = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
  return one ? { start: one.start, end: one.end + 1, isAsked: true } : all;
}

/** A client that leaves ends the reading too. Once bytes have gone out, a failure can only break the connection. */
async function send(bytes: AsyncIterable<Uint8Array>, response: Response, log: Logger): Promise<void> {
  await pipeline(bytes, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') log.error({ err: error }, 'the bytes of an asset broke off');
  });
}

const OF_BYTES = ['Cache-Control', 'ETag', 'Content-Type', 'Content-Disposition', 'Content-Length', 'Content-Range'];

/** A failure as JSON with its status; what a user can't mend is masked and logged. */
export function fail(error: unknown, request: Request, response: Response, log: Logger): void {
  const { code, message } = asSensegraphError(error);
  const status = STATUS[code] ?? 500;
  // Whoever has left needs no answer, and leaving is no fault of the server.
  if (request.destroyed && !request.complete) return;
  if (status === 503) log.error({ err: error }, 'a server that keeps data failed');
  // What was said of the bytes is not so of an error.
  for (const name of OF_BYTES) response.removeHeader(name);
  if (status !== 500) return void response.status(status).json({ code, message });
  const reference = randomUUID();
  log.error({ err: error, reference, path: request.path }, 'a request failed inside the server');
  response.status(status).json({
    code: 'INTERNAL',
    message: `Something failed inside the server. Its log says more under ${reference}.`,
    reference,
  });
}

function drain(request: Request): void {
  if (request.complete) return;
  const late = setTimeout(() => request.destroy(), DRAIN_MS);
  request.once('close', () => clearTimeout(late)).resume();
}
