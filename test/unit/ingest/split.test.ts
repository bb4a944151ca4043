import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../../src/ingest/sentences.ts';
import { splitPassages } from '../../../src/ingest/split.ts';

const solid = (text: string) => text.replace(/\s+/g, '');
const prose = fc
  .array(
    fc.oneof(
      fc.lorem({ mode: 'sentences', maxCount: 6 }),
      fc.constant('\n\n'),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constant('x'.repeat(2000)),
    ),
  )
  .map((parts) => parts.join(' '));
const sentences = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe('splitSentences', () => {
  it('keeps abbreviations, initials and decimals within their sentence', () => {
    expect(
      sentences('Dr. Smith met J. R. R. Tolkien at No. 5. They paid 3.5 pounds to the U.S. Navy. It rained.'),
    ).toEqual(['Dr. Smith met J. R. R. Tolkien at No. 5.', 'They paid 3.5 pounds to the U.S. Navy.', 'It rained.']);
  });

  it('goes on over a line break in the middle of a sentence, but not over a blank line', () => {
    expect(sentences('The museum is\nopen on Mondays.')).toEqual(['The museum is\nopen on Mondays.']);
    expect(sentences('A heading\n\nfirst words.')).toEqual(['A heading', 'first words.']);
  });

  it('puts every visible character into exactly one sentence, in order', () => {
    fc.assert(
      fc.property(prose, (text) => {
        const spans = splitSentences(text);
        for (const [i, span] of spans.entries()) {
          expect(span.start).toBeLessThan(span.end);
          if (i > 0) expect(span.start).toBeGreaterThanOrEqual(spans[i - 1]?.end ?? 0);
        }
        expect(solid(spans.map(({ start, end }) => text.slice(start, end)).join(''))).toBe(solid(text));
      }),
    );
  });
});

describe('splitPassages', () => {
  it('loses nothing, stays short, and says exactly where each passage and sentence stands', () => {
    fc.assert(
      fc.property(prose, (text) => {
        const segments = splitPassages('Asset:abc', text);
        for (const [i, segment] of segments.entries()) {
          const { locator } = segment;
          if (locator.type !== 'TextSpan') throw new Error('not a text span');
          expect(text.slice(locator.start, locator.end)).toBe(segment.text);
          expect(locator.quote).toBe(segment.text);
          expect(segment.text.length).toBeLessThanOrEqual(1600);
          expect(segment.id).toBe(`Segment:abc:${i}`);
          for (const { start, end } of segment.sentences)
            expect(segment.text.slice(start, end).trim()).toBe(segment.text.slice(start, end));
        }
        expect(solid(segments.map((segment) => segment.text).join(''))).toBe(solid(text));
      }),
    );
  });

  it('joins short paragraphs and counts pages from one', () => {
    const [first, ...rest] = splitPassages('Asset:abc', 'One.\n\nTwo.\n\nThree.', { page: 3, firstOrdinal: 7 });
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ ordinal: 7, locator: { page: 3, start: 0, end: 18 } });
  });
});
