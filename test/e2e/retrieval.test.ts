import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config.ts';
import { run } from './process.ts';

/** Development data beside the checkout; not part of the project. */
const data = join(packageRoot, '../shared/data/multihop');

describe.skipIf(!existsSync(data))('retrieval on the development questions', () => {
  it(
    'finds at least 78 and 96 percent of the supporting passages among the first five',
    { timeout: 1_500_000 },
    async () => {
      const { code, stdout } = await run(
        'eval',
        'retrieval',
        '--corpus',
        join(data, 'corpus.jsonl'),
        '--manifest',
        join(data, 'questions.jsonl'),
        // All 200 are `npm run fit:ranker`'s.
        '--limit',
        '100',
        '--json',
      );
      expect(code).toBe(0);
      const { sources, index } = JSON.parse(stdout) as {
        sources: Record<string, { n: number; 'recall@5': number }>;
        index: { passages: number };
      };
      expect(index.passages).toBe(2884);
      expect((sources['MuSiQue']?.n ?? 0) + (sources['HotpotQA']?.n ?? 0)).toBe(100);
      expect(sources['MuSiQue']?.['recall@5']).toBeGreaterThanOrEqual(78);
      expect(sources['HotpotQA']?.['recall@5']).toBeGreaterThanOrEqual(96);
    },
  );
});
