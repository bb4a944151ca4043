import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Router, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { asSensegraphError, SensegraphError, type ErrorCode } from '../errors.ts';
import { DEFAULT_TENANT } from '../ports/tenants.ts';
import type { Access } from './access.ts';

const STATUS: Partial<Record<ErrorCode, number>> = {
  UPLOAD_NOT_FOUND: 404,
  NOT_FOUND: 404,
  UNAUTHENTICATED: 401,
  TOO_LARGE: 413,
  UPLOAD_INCOMPLETE: 400,
  EMPTY: 400,
  BAD_INPUT: 400,
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
      const application = await access.ofUpload(tenant);
      if (!application)
        throw new SensegraphError('UPLOAD_NOT_FOUND', 'There is no such upload. Ask createUpload for one.');
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
      const { bytes, mediaType } = await application.assetBytes(request.params.id);
      const inline = INLINE.test(mediaType);
      response.set({
        'Content-Type': mediaType.startsWith('text/') ? 'text/plain; charset=utf-8' : mediaType,
        'Content-Disposition': inline ? 'inline' : 'attachment',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Accept-Ranges': 'bytes',
        ETag: `"${request.params.id}"`,
        'Cache-Control': 'private, max-age=31536000, immutable',
      });
      const ranges = request.range(bytes.length);
      if (ranges === -1) {
        response
          .status(416)
          .set({ 'Content-Range': `bytes */${bytes.length}`, 'Cache-Control': 'no-store' })
          .end();
        return;
      }
      const one = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1;
      const range = one ? ranges[0] : undefined;
      if (!range) return void response.send(Buffer.from(bytes));
      response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${bytes.length}`);
      Readable.from([Buffer.from(bytes.subarray(range.start, range.end + 1))]).pipe(response);
    } catch (error) {
      fail(error, request, response, log);
    }
  });
  return router;
}

function fail(error: unknown, request: Request, response: Response, log: Logger): void {
  const { code, message } = asSensegraphError(error);
  const status = STATUS[code] ?? 500;
  // Whoever has left needs no answer, and leaving is no fault of the server.
  if (request.destroyed && !request.complete) return;
  if (status < 500) return void response.status(status).json({ code, message });
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
