import { describe, expect, it } from 'vitest';
import { bleu4 } from '../../../src/evaluate/bleu.ts';
import { captionFigures, templateCaption, type CaptionedLine } from '../../../src/evaluate/caption.ts';
import { captionWords } from '../../../src/evaluate/caption-words.ts';
import { ciderD, type Captioned } from '../../../src/evaluate/cider.ts';

describe('CIDEr-D', () => {
  it('is what the formula gives by hand', () => {
    const scores = ciderD([
      { candidate: 'A cat sat.', references: ['a cat sat'] },
      { candidate: 'a dog', references: ['a dog ran'] },
    ]);
    // "a" is said of both pictures and weighs nothing. The first is right in runs of 1, 2 and 3 words; it has none of 4.
    expect(scores[0]).toBeCloseTo((10 * 3) / 4, 6);
    // The second has one of two rare words and one of two pairs, each a cosine of 1/√2, and is one word too short.
    expect(scores[1]).toBeCloseTo((10 / 4) * (2 / Math.SQRT2) * Math.exp(-1 / 72), 6);
  });

  it('counts a word no oftener than the reference has it, and takes the mean over references', () => {
    const other = { candidate: 'x', references: ['rain'] };
    const [repeated] = ciderD([{ candidate: 'dog dog', references: ['dog'] }, other]);
    // min(2, 1) · 1 / (2 · 1) of single words; one word longer.
    expect(repeated).toBeCloseTo((10 / 4) * 0.5 * Math.exp(-1 / 72), 6);
    const [half] = ciderD([{ candidate: 'dog', references: ['dog', 'bird'] }, other]);
    expect(half).toBeCloseTo((10 / 4) * 0.5, 6);
  });

  it('agrees with the sums of the paper written out as they stand', () => {
    const words = 'a man cat dog on the red bus sits rides near tree'.split(' ');
    let state = 5;
    const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
    const sentence = () =>
      Array.from({ length: 4 + Math.floor(random() * 6) }, () => words[Math.floor(random() * words.length)]).join(' ');
    const pictures = Array.from({ length: 6 }, (): Captioned => ({
      candidate: sentence(),
      references: [sentence(), sentence(), sentence()],
    }));
    for (const [i, score] of ciderD(pictures).entries()) expect(score).toBeCloseTo(writtenOut(pictures, i), 8);
  });
});

/** CIDEr-D of picture i, equation by equation: g_k(c), then the clipped cosine, for every n. */
function writtenOut(pictures: readonly Captioned[], i: number): number {
  const runs = (text: string, n: number) => {
    const all = text.split(' ');
    return all.slice(0, Math.max(0, all.length - n + 1)).map((_, k) => all.slice(k, k + n).join(' '));
  };
  let sum = 0;
  for (let n = 1; n <= 4; n++) {
    const vocabulary = [
      ...new Set(
        pictures.flatMap(({ candidate, references }) => [candidate, ...references].flatMap((one) => runs(one, n))),
      ),
    ];
    const frequency = vocabulary.map(
      (run) => pictures.filter(({ references }) => references.some((one) => runs(one, n).includes(run))).length,
    );
    const vector = (text: string) =>
      vocabulary.map(
        (run, k) =>
          runs(text, n).filter((one) => one === run).length * Math.log(pictures.length / Math.max(1, frequency[k]!)),
      );
    const { candidate, references } = pictures[i]!;
    const c = vector(candidate);
    for (const reference of references) {
      const r = vector(reference);
      const [nc, nr] = [Math.hypot(...c), Math.hypot(...r)];
      const difference = candidate.split(' ').length - reference.split(' ').length;
      const product = c.reduce((total, value, k) => total + Math.min(value, r[k]!) * r[k]!, 0);
      if (nc > 0 && nr > 0) sum += (10 / references.length) * Math.exp(-(difference ** 2) / 72) * (product / (nc * nr));
    }
  }
  return sum / 4;
}

describe('BLEU-4', () => {
  it('is the geometric mean of clipped precisions', () => {
    const picture = { candidate: 'the cat sat on the mat', references: ['The cat sat on a mat.'] };
    expect(bleu4([picture])).toBeCloseTo(((5 / 6) * (3 / 5) * (2 / 4) * (1 / 3)) ** 0.25, 6);
  });

  it('punishes what is shorter than its nearest reference, and gives nothing without a right run of four', () => {
    const right = 'a b c d e';
    expect(bleu4([{ candidate: right, references: ['a b c d e f g', 'q r s t u v w x y z'] }])).toBeCloseTo(
      Math.exp(1 - 7 / 5),
      6,
    );
    expect(bleu4([{ candidate: right, references: [right, 'x'] }])).toBe(1);
    expect(bleu4([{ candidate: 'a b c x', references: [right] }])).toBe(0);
  });
});

it('captions are compared without case and punctuation', () => {
  expect(captionWords(' A man’s dog, on the "bus"! ')).toEqual(['a', "man's", 'dog', 'on', 'the', 'bus']);
});

describe('captionFigures', () => {
  const image = { width: 1, height: 1, data: new Uint8Array(3) };
  const labels = ['Tabby', 'Owl'].map((label) => ({ label }));
  const box = { type: 'ImageRegion', x: 0, y: 0, width: 1, height: 1 } as const;
  const thing = (label: string, score: number) => ({ label: { index: 0, label, synset: 1 }, score, box });
  const crops = [{ scores: Float32Array.of(0.2, 0.8), feature: new Float32Array() }];

  it('names what was found in a sentence that is always the same, else the strongest label', () => {
    const things = [thing('cat', 0.9), thing('cat', 0.8), thing('umbrella', 0.6), thing('bed', 0.2)];
    const scores = new Float32Array();
    expect(templateCaption({ image, crops, found: { things, scores } }, labels)).toBe(
      'a picture of a cat and an umbrella',
    );
    expect(templateCaption({ image, crops, found: { things: [], scores } }, labels)).toBe('a picture of an owl');
  });

  it('gives the loss a token under the true and under another picture', () => {
    const text = (logProbability: number, tokens: number) => ({ text: '', logProbability, tokens });
    const line = { id: 'a', file: 'a.jpg', source: 'S', captions: ['a cat sits there'] };
    const one: CaptionedLine = {
      line,
      written: { ...text(-1, 4), text: 'a cat sits there' },
      template: 'a picture of an owl',
      weighed: { own: [text(-4, 4), text(-2, 2)], other: [text(-12, 4)] },
      milliseconds: 10,
    };
    const other = { ...one, line: { ...line, captions: ['it rains'] }, written: { ...one.written, text: 'a dog' } };
    expect(captionFigures([one, other])).toMatchObject({
      n: 2,
      loss_true: 1,
      loss_shuffled: 3,
      ms_p50: 10,
      cider: 500,
    });
    expect(captionFigures([{ ...one, weighed: { own: [], other: [] } }])).toMatchObject({ loss_shuffled: null });
  });
});
