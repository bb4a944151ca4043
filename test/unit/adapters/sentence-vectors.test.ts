import { expect, it } from 'vitest';
import { dequantise, quantise } from '../../../src/quantised-vectors.ts';
import { random } from '../../../graph/algorithms/random.ts';
import { unitVector } from '../../contract/synthetic.ts';

it('keeps the similarity of unit vectors within half a percent as int8', () => {
  const next = random(5);
  const [dimension, rows] = [384, 20];
  const vectors = new Float32Array(rows * dimension);
  for (let row = 0; row < rows; row++) vectors.set(unitVector(next, dimension), row * dimension);
  const back = dequantise(quantise(vectors, dimension), dimension);
  const query = unitVector(next, dimension);
  for (let row = 0; row < rows; row++) {
    let [exact, near] = [0, 0];
    for (let i = 0; i < dimension; i++) {
      exact += (vectors[row * dimension + i] ?? 0) * (query[i] ?? 0);
      near += (back[row * dimension + i] ?? 0) * (query[i] ?? 0);
    }
    expect(Math.abs(exact - near)).toBeLessThan(0.005);
  }
});

it('takes a row of zeros', () => {
  expect(dequantise(quantise(new Float32Array(4), 2), 2)).toEqual(new Float32Array(4));
});
