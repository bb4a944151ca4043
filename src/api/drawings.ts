import { createHash } from 'node:crypto';
import { Router } from 'express';
import type { Logger } from 'pino';
import type { Box } from '../domain.ts';
import { MOST_BOXES } from '../draw/grounding.ts';
import { SensegraphError } from '../errors.ts';
import type { Access } from './access.ts';
import { fail } from './files.ts';

const SIDE = '(-?\\d{1,7}(?:\\.\\d{1,3})?)';
const BOX = new RegExp(`^${SIDE},${SIDE},${SIDE},${SIDE}$`);

/** Pictures with boxes drawn on them: `GET /assets/:id/drawing?box=x,y,width,height&box=…`, for whoever may read the asset's bytes. */
export function drawingRoutes(access: Access, log: Logger): Router {
  const router = Router();
  router.get('/assets/:id/drawing', async (request, response) => {
    try {
      const application = await access.of(request.headers.authorization);
      const { id } = request.params;
      if (id.includes('\0')) throw new SensegraphError('NOT_FOUND', 'There is no such asset.');
      const boxes = boxesIn(request.query['box']);
      const etag = `"${createHash('sha256')
        .update(JSON.stringify([id, boxes]))
        .digest('hex')
        .slice(0, 32)}"`;
      const png = await application.drawing(id, boxes);
      response.set({
        'Content-Type': 'image/png',
        'Content-Disposition': 'inline',
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        ETag: etag,
        Vary: 'Authorization',
        'Cache-Control': 'private, max-age=86400',
      });
      if (request.fresh) return void response.status(304).end();
      response.set('Content-Length', String(png.length)).end(Buffer.from(png));
    } catch (error) {
      fail(error, request, response, log);
    }
  });
  return router;
}

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
