import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Uploads } from '../../src/ports/stores.ts';

export const MAX_BYTES = 3_000_000;

async function* chunks(...all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all;
}

async function* breaksOff(): AsyncGenerator<Uint8Array> {
  yield Uint8Array.of(1);
  throw new Error('the sender is gone');
}

/** What every Uploads must do. */
export function uploadsContract(name: string, open: (maxBytes: number) => Promise<Uploads>): void {
  describe(`${name} as Uploads`, () => {
    let uploads: Uploads;
    beforeAll(async () => {
      uploads = await open(MAX_BYTES);
    });
    afterAll(() => uploads.close());

    it('give the bytes once, with what was said of them', async () => {
      const { id, token, expiresAt } = await uploads.create({
        fileName: 'a.txt',
        byteSize: 3,
        mediaType: 'text/plain',
      });
      expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(3_500_000);
      expect(await uploads.receive(id, token, chunks(Uint8Array.of(1, 2), Uint8Array.of(3)))).toEqual({ byteSize: 3 });
      const { bytes, ...said } = await uploads.take(id);
      expect([...bytes]).toEqual([1, 2, 3]);
      expect(said).toEqual({ fileName: 'a.txt', mediaType: 'text/plain' });
      await expect(uploads.take(id)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
      await expect(uploads.receive(id, token, chunks())).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    });

    it('give them to one alone of many who ask at once', async () => {
      const { id, token } = await uploads.create({ fileName: 'b.txt', byteSize: 1 });
      await uploads.receive(id, token, chunks(Uint8Array.of(7)));
      const takers = await Promise.allSettled(Array.from({ length: 5 }, () => uploads.take(id)));
      expect(takers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const taker of takers)
        if (taker.status === 'rejected') expect(taker.reason).toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    });

    it('take megabytes in many pieces', async () => {
      const pieces = Array.from({ length: 46 }, (_, n) => new Uint8Array(65_000).fill(n));
      const { id, token } = await uploads.create({ fileName: 'c.bin', byteSize: 46 * 65_000 });
      await uploads.receive(id, token, chunks(...pieces));
      const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
      expect(sha((await uploads.take(id)).bytes)).toBe(sha(Buffer.concat(pieces)));
    });

    it('refuse a wrong token, what is larger or smaller than announced, and a body that breaks off; the URL stays good', async () => {
      const { id, token } = await uploads.create({ fileName: 'd.txt', byteSize: 2 });
      await expect(uploads.receive(id, 'x'.repeat(32), chunks())).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
      for (const [body, reason] of [
        [chunks(Uint8Array.of(1, 2, 3)), { code: 'TOO_LARGE' }],
        [chunks(Uint8Array.of(1)), { code: 'UPLOAD_INCOMPLETE' }],
        [breaksOff(), { message: 'the sender is gone' }],
      ] as const)
        await expect(uploads.receive(id, token, body)).rejects.toMatchObject(reason);
      await expect(uploads.take(id)).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
      await uploads.receive(id, token, chunks(Uint8Array.of(8, 9)));
      expect([...(await uploads.take(id)).bytes]).toEqual([8, 9]);
    });

    it('refuse nothing, and more than is taken', async () => {
      await expect(uploads.create({ fileName: 'e', byteSize: 0 })).rejects.toMatchObject({ code: 'EMPTY' });
      await expect(uploads.create({ fileName: 'e', byteSize: MAX_BYTES + 1 })).rejects.toMatchObject({
        code: 'TOO_LARGE',
      });
      await expect(uploads.take('none')).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    });
  });
}
