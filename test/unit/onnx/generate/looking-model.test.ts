import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LookingRequest, LookingText } from '../../../../src/adapters/onnx/generate/looking-model.ts';
import type { WeighedTokens } from '../../../../src/adapters/onnx/generate/weigh.ts';
import { ModelWorker } from '../../../../src/adapters/onnx/model-worker.ts';
import { DIMENSION, END, nextLogs, tokensOf, VOCABULARY, writeLookingModel } from '../../../fixtures/looking-model.ts';

let folder: string;
let model: ModelWorker;
const ask = <T>(request: LookingRequest, signal?: AbortSignal) => model.call<T>(request, { signal });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-looking-'));
  await writeLookingModel(join(folder, 'tiny'));
  const start = { kind: 'looking', folder: join(folder, 'tiny'), device: 'cpu', threads: 1 };
  model = new ModelWorker(async () => start);
});
afterAll(async () => {
  await model.close();
  await rm(folder, { recursive: true, force: true });
});

const vision = (shift: number) => Float32Array.from({ length: 2 * DIMENSION }, (_, i) => Math.sin(i + shift) * 0.1);
const prompt = '<|im_start|>user\nWhat is it?<|im_end|>\n<|im_start|>assistant\n';

/** Greedy writing by hand. */
function writeByHand(mostTokens: number, seen?: Float32Array): { tokens: number[]; log: number } {
  const tokens: number[] = [];
  let log = 0;
  while (tokens.length < mostTokens) {
    const logs = nextLogs([...tokensOf(prompt), ...tokens], seen);
    const best = logs.indexOf(Math.max(...logs));
    log += logs[best] ?? 0;
    if (best === END) break;
    tokens.push(best);
  }
  return { tokens, log };
}
const plain = (tokens: readonly number[]) =>
  tokens
    .map((token) => VOCABULARY[token]!.replace('Ġ', ' ').replace('Ċ', '\n'))
    .join('')
    .replaceAll('<|im_start|>', '')
    .trim();

describe('the vision-language model', () => {
  it('writes what the same weights give by hand, with its log-probability, through the cache', async () => {
    for (const seen of [vision(1), vision(2), undefined]) {
      const expected = writeByHand(12, seen);
      const request = { prompt, decoding: { way: 'greedy' } as const, mostTokens: 12 };
      const written = await ask<LookingText>(seen ? { ...request, vision: seen } : request);
      expect(written.text).toBe(plain(expected.tokens));
      expect(written.logProbability).toBeCloseTo(expected.log, 2);
    }
  });

  it('looks at the picture: another gives other words or another likelihood', async () => {
    const [one, two] = await Promise.all(
      [vision(1), vision(500)].map((seen) => ask<WeighedTokens[]>({ prompt, vision: seen, texts: ['a cat'] })),
    );
    expect(one?.[0]?.logProbability).not.toBeCloseTo(two?.[0]?.logProbability ?? 0, 2);
  });

  it('weighs each text with its end as by hand, also those read in one batch', async () => {
    const texts = ['yes', 'no', 'off', 'a dog'];
    const weighed = await ask<WeighedTokens[]>({ prompt, vision: vision(3), texts });
    for (const [i, text] of texts.entries()) {
      const read = tokensOf(prompt);
      let log = 0;
      for (const token of [...tokensOf(text), END]) {
        log += nextLogs(read, vision(3))[token] ?? 0;
        read.push(token);
      }
      expect(weighed[i]?.logProbability).toBeCloseTo(log, 2);
      expect(weighed[i]?.tokens).toBe(text.length + 1);
    }
  });

  it('gives by beams a text at least as likely as the greedy one', async () => {
    const request = { prompt, vision: vision(4), mostTokens: 8 };
    const greedy = await ask<LookingText>({ ...request, decoding: { way: 'greedy' } });
    const beams = await ask<LookingText>({ ...request, decoding: { way: 'beam', width: 4, lengthPower: 0 } });
    if (greedy.ended === beams.ended) expect(beams.logProbability).toBeGreaterThanOrEqual(greedy.logProbability - 1e-3);
    const again = await ask<LookingText>({ ...request, decoding: { way: 'beam', width: 4, lengthPower: 0 } });
    expect(again).toEqual(beams);
  });

  it('draws the same text from the same seed', async () => {
    const draw = (seed: number) =>
      ask<LookingText>({ prompt, mostTokens: 12, decoding: { way: 'sample', temperature: 1, topP: 0.9, seed } });
    expect(await draw(1)).toEqual(await draw(1));
    expect((await draw(1)).text).not.toBe((await draw(2)).text);
  });

  it('keeps to a JSON schema, whatever it would like to write', async () => {
    const schema = {
      type: 'object',
      properties: { found: { type: 'boolean' }, ids: { type: 'array', maxItems: 2, items: { enum: ['E1', 'E2'] } } },
      required: ['found', 'ids'],
      additionalProperties: false,
    };
    const { text, ended } = await ask<LookingText>({ prompt, mostTokens: 80, decoding: { way: 'json', schema } });
    expect(ended).toBe(true);
    const { found, ids } = JSON.parse(text) as { found: boolean; ids: string[] };
    expect(typeof found).toBe('boolean');
    for (const id of ids) expect(['E1', 'E2']).toContain(id);
  });

  it('ends a cancelled call between two steps, and goes on with the next', async () => {
    const leave = new AbortController();
    const decoding = { way: 'sample', temperature: 1, topP: 1, seed: 5 } as const;
    const running = ask<LookingText>({ prompt, mostTokens: 100_000, decoding }, leave.signal);
    setTimeout(() => leave.abort(), 5);
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await ask<WeighedTokens[]>({ prompt, texts: ['yes'] })).toHaveLength(1);
  });

  it('ends its thread in the midst of a long text without harm to the process', async () => {
    const other = new ModelWorker(async () => ({
      kind: 'looking',
      folder: join(folder, 'tiny'),
      device: 'cpu',
      threads: 1,
    }));
    const decoding = { way: 'json', schema: { type: 'array', minItems: 5000, items: { type: 'integer' } } } as const;
    const running = other.call({ prompt, mostTokens: 100_000, decoding } satisfies LookingRequest);
    running.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 400));
    await other.close();
    await expect(running).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
