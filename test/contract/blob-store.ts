import { describe, expect, it } from 'vitest';
import type { BlobStore } from '../../src/ports/stores.ts';

/** What every BlobStore must do. */
export function blobStoreContract(
  name: string,
  open: () => Promise<BlobStore>,
  /** Over the same place. */
  openApart: (prefix: string) => Promise<BlobStore>,
): void {
  describe(`${name} as a BlobStore`, () => {
    const bytes = new TextEncoder().encode('a picture');
    const key = 'a'.repeat(64);

    it('names bytes by their hash and gives them back', async () => {
      const store = await open();
      const stored = await store.put(bytes);
      expect(stored).toMatch(/^[0-9a-f]{64}$/);
      expect(new Uint8Array(await store.get(stored))).toEqual(bytes);
      expect(await store.has(stored)).toBe(true);
    });

    it('keeps what has another prefix apart', async () => {
      const [left, right] = [await openApart('left/'), await openApart('right/')];
      const stored = await left.put(bytes);
      expect(await right.has(stored)).toBe(false);
      await right.put(bytes);
      await left.remove(stored);
      expect(await right.has(stored)).toBe(true);
    });

    it('takes the same bytes twice, also at once', async () => {
      const store = await open();
      const keys = await Promise.all([store.put(bytes), store.put(bytes), store.put(Uint8Array.of())]);
      expect(keys[0]).toBe(keys[1]);
      expect((await store.get(keys[2] ?? '')).length).toBe(0);
    });

    it('reads one part, as much of it as there is', async () => {
      const store = await open();
      const part = async (start: number, end: number): Promise<string> => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of await store.read(await store.put(bytes), { start, end })) chunks.push(chunk);
        return Buffer.concat(chunks).toString();
      };
      expect(await part(2, 5)).toBe('pic');
      expect(await part(0, bytes.length)).toBe('a picture');
      expect(await part(8, 100)).toBe('e');
      expect(await part(9, 10)).toBe('');
      for (const [start, end] of [
        [3, 3],
        [4, 2],
        [-1, 3],
        [0.5, 3],
      ] as const)
        await expect(part(start, end)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    });

    it('says NOT_FOUND for what is absent, removed, or no key at all', async () => {
      const store = await open();
      const stored = await store.put(Uint8Array.of(1, 2, 3));
      await store.remove(stored);
      await store.remove(stored);
      expect(await store.has(stored)).toBe(false);
      for (const absent of [stored, key, '../../etc/passwd', '']) {
        await expect(store.get(absent)).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await expect(store.read(absent, { start: 0, end: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
    });
  });
}
