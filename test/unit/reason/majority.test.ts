import fc from 'fast-check';
import { expect, test } from 'vitest';
import { majority, type Vote } from '../../../src/reason/majority.ts';

const vote: fc.Arbitrary<Vote | null> = fc.option(
  fc.record({
    shortAnswer: fc.constantFrom('Whitby', 'the Whitby', 'WHITBY.', 'Leeds', null),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { nil: null },
);
const same = (a: string | null, b: string | null) =>
  (a === null) === (b === null) && (a ?? '').includes('eeds') === (b ?? '').includes('eeds');

test('what most agree on counts, and no confidence is above their share', () => {
  fc.assert(
    fc.property(fc.array(vote, { minLength: 1, maxLength: 8 }), (votes) => {
      const most = majority(votes);
      const cast = votes.flatMap((one) => one ?? []);
      if (!most) {
        expect(cast).toEqual([]);
        return;
      }
      const share = (answer: string | null) =>
        cast.filter(({ shortAnswer }) => same(shortAnswer, answer)).length / votes.length;
      expect(most.agreement).toBeCloseTo(share(most.vote.shortAnswer));
      for (const { shortAnswer } of cast) expect(share(shortAnswer)).toBeLessThanOrEqual(most.agreement);
      expect(most.confidence).toBeLessThanOrEqual(most.agreement + 1e-9);
      expect(most.vote.confidence + 1e-9).toBeGreaterThanOrEqual(most.confidence);
    }),
  );
});

test('one alone is as sure as it says; of equally many the surer ones win', () => {
  expect(majority([{ shortAnswer: 'Leeds', confidence: 0.4 }])).toMatchObject({ agreement: 1, confidence: 0.4 });
  const tie = [
    { shortAnswer: 'Leeds', confidence: 0.4 },
    { shortAnswer: 'Whitby', confidence: 0.6 },
  ];
  expect(majority(tie)).toMatchObject({ vote: { shortAnswer: 'Whitby' }, agreement: 0.5, confidence: 0.3 });
  expect(majority([null, null])).toBeNull();
});
