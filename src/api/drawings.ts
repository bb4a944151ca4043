import { createHash } from 'node:crypto';
import { Router } from 'express';
import type { Logger } from 'pino';
import type { Application } from '../application.ts';
import type { Box } from '../domain.ts';
import { MOST_BOXES } from '../draw/grounding.ts';
import { SensegraphError } from '../errors.ts';
import type { Access } from './access.ts';
import { fail } from './files.ts';

const SIDE = '(-?\\d{1,7}(?:\\.\\d{1,3})?)';
const BOX = new RegExp(`^${SIDE},${SIDE},${SIDE},${SIDE}$`);

/**
 * Pictures made of a picture, for whoever may read the asset's bytes: `GET /assets/:id/drawing?box=x,y,width,height&box=…`
 * with boxes drawn on it, and `GET /assets/:id/thumbnail`.
 */
export function drawingRoutes(access: Access, log: Logger): Router {
  const router = Router();
  const route = (path: string, type: string, made: Made): void => {
    router.get(`/assets/:id/${path}`, async (request, response) => {
      try {
        const application = await access.of(request.headers.authorization);
        const { id } = request.params as { id: string };
        if (id.includes('\0')) throw new SensegraphError('NOT_FOUND', 'There is no such asset.');
        const { bytes, key } = await made(application, id, request.query['box']);
        const hash = createHash('sha256').update(JSON.stringify([path, id, key]));
        response.set({
          'Content-Type': type,
          'Content-Disposition': 'inline',
          'X-Content-Type-Options': 'nosniff',
          'Content-Security-Policy': "default-src 'none'; sandbox",
          ETag: `"${hash.digest('hex').slice(0, 32)}"`,
          Vary: 'Authorization',
          'Cache-Control': 'private, max-age=86400',
        });
        if (request.fresh) return void response.status(304).end();
        response.set('Content-Length', String(bytes.length)).end(Buffer.from(bytes));
      } catch (error) {
        fail(error, request, response, log);
      }
    });
  };
  route('drawing', 'image/png', async (application, id, given) => {
    const boxes = boxesIn(given);
    return { bytes: await application.drawing(id, boxes), key: boxes };
  });
  route('thumbnail', 'image/jpeg', async (application, id) => ({ bytes: await application.thumbnail(id), key: null }));
  return router;
}

/** A picture made of an asset, and what beside the asset tells it from others. */
type Made = (application: Application, id: string, boxes: unknown) => Promise<{ bytes: Uint8Array; key: unknown }>;

function boxesIn(given: unknown): Box[] {
  const texts = typeof given === 'string' ? [given] : Array.isArray(given) ? given : [];
  if (texts.length === 0 || texts.length > MOST_BOXES)
    throw new SensegraphError('BAD_INPUT', `Give 1 to ${MOST_BOXES} boxes: ?box=x,y,width,height&box=… in pixels.`);
  return texts.map((text) => {
    const [x = 0, y = 0, width = 0, height = 0] = BOX.exec(String(text))?.slice(1).map(Number) ?? [];
    if (!(width > 0 && height > 0))
      throw new SensegraphError('BAD_INPUT', 'A box is x,y,width,height in pixels, width and height above 0.');
    return { x, y, width, height };
  });
}
