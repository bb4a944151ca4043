import { describe, expect, it } from 'vitest';
import type { BlobStore } from '../../src/ports/stores.ts';

/** What every BlobStore must do. */
export function blobStoreContract(name: string, open: () => Promise<BlobStore>): void {
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

    it('takes the same bytes twice, also at once', async () => {
      const store = await open();
      const keys = await Promise.all([store.put(bytes), store.put(bytes), store.put(Uint8Array.of())]);
      expect(keys[0]).toBe(keys[1]);
      expect((await store.get(keys[2] ?? '')).length).toBe(0);
    });

    it('says NOT_FOUND for what is absent, removed, or no key at all', async () => {
      const store = await open();
      const stored = await store.put(Uint8Array.of(1, 2, 3));
      await store.remove(stored);
      await store.remove(stored);
      expect(await store.has(stored)).toBe(false);
      for (const absent of [stored, key, '../../etc/passwd', '']) {
        await expect(store.get(absent)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
    });
  });
}
