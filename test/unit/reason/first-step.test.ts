import { expect, test } from 'vitest';
import type { TextEmbedder } from '../../../src/ports/encoders.ts';
import { reason } from '../../../src/reason/reason.ts';
import { bagEmbedder, noExtractor, retrievalOf, text } from './made.ts';

const retrieval = retrievalOf('Who found the cat?', [text('biscuit.txt', 'The cat was found by Ellen Carew in 1987.')]);
const choices = ['Ellen Carew', 'Thomas Hale'];

test('the first steps are told before the question is answered, each as it is ready', async () => {
  const told: string[] = [];
  const gate = Promise.withResolvers<void>();
  const waiting = Promise.withResolvers<string[]>();
  const embedder: TextEmbedder = {
    ...bagEmbedder,
    async embed(inputs, ...rest) {
      waiting.resolve([...told]);
      await gate.promise;
      return bagEmbedder.embed(inputs, ...rest);
    },
  };
  const answer = reason(
    retrieval,
    { extractor: noExtractor, embedder },
    { minConfidence: 0, choices, onStep: ({ kind }) => told.push(kind) },
  );
  expect(await waiting.promise).toEqual(['DESCRIBE', 'KEY_ELEMENTS']);
  gate.resolve();
  expect((await answer).steps.map(({ kind }) => kind)).toEqual(told);
  expect(told).toEqual(['DESCRIBE', 'KEY_ELEMENTS', 'RELATE', 'ANSWER']);
});

test('the first step is told before the texts are read closely', async () => {
  const told: string[] = [];
  const seen: string[][] = [];
  const extractor = {
    ...noExtractor,
    extract: () => {
      seen.push([...told]);
      return { names: [], relations: [] };
    },
  };
  await reason(
    retrieval,
    { extractor, embedder: bagEmbedder },
    { minConfidence: 0, onStep: ({ kind }) => told.push(kind) },
  );
  expect(seen[0]).toEqual(['DESCRIBE']);
});

test('whoever listens and has had enough ends the work behind the first step', async () => {
  const leave = new AbortController();
  let read = 0;
  const extractor = { ...noExtractor, extract: () => ((read += 1), { names: [], relations: [] }) };
  const asked = reason(
    retrieval,
    { extractor, embedder: bagEmbedder },
    { minConfidence: 0, onStep: () => leave.abort(new Error('gone')), signal: leave.signal },
  );
  await expect(asked).rejects.toThrow('gone');
  expect(read).toBe(0);
});
