import { describe, expect, it } from 'vitest';
import type { PassageReading, ReadVerdict, SpanReader } from '../../../src/ports/span-reader.ts';
import { answerYesNo } from '../../../src/reason/answer-yes-no.ts';
import { consider } from '../../../src/reason/consider.ts';
import { noExtractor, retrievalOf, text } from './made.ts';

const NORTHBY = text('Northby', 'Northby is a port in the county of Reedshire. It has two churches.');
const SANDHAM = text('Sandham', 'Sandham is a village in the county of Reedshire.');
const HALEWICK = text('Halewick', 'Halewick is a village in the county of Orme.');
const BELL = text('Lantern bell', 'The lantern bell was cast in 1811. The hall around it was built in 1790.');
const THINGS = [NORTHBY, SANDHAM, HALEWICK, BELL];

/** Finds what follows "county of"; judges by what the test says of a passage. */
function madeReader(judge: (question: string, passage: string) => ReadVerdict | undefined): SpanReader {
  return {
    info: { id: 'made', version: '1', licence: '', device: 'cpu' },
    read: async (question, passages) =>
      passages.map((passage): PassageReading => {
        const found = /county of (\p{Lu}\p{Ll}+)/u.exec(passage);
        const start = found ? found.index + 'county of '.length : -1;
        const verdict = judge(question, passage);
        return {
          spans: found?.[1] && question.includes('county') ? [{ start, end: start + found[1].length, score: 6 }] : [],
          absent: 0,
          ...(verdict ? { verdict } : {}),
        };
      }),
  };
}

const UNSAID: ReadVerdict = { yes: 0.02, no: 0.03, unsaid: 0.95 };
const ask = (question: string, judge: Parameters<typeof madeReader>[0] = () => undefined) =>
  answerYesNo(consider(retrievalOf(question, THINGS), noExtractor), madeReader(judge));

describe('yes or no with a reader', () => {
  it('asks for each one’s own where two are said to have the same', async () => {
    const same = await ask('Are Northby and Sandham in the same county?');
    const other = await ask('Are Northby and Halewick situated in the same county?');
    expect([same?.shortAnswer, other?.shortAnswer]).toEqual(['yes', 'no']);
    expect(other?.text).toContain('Orme');
    expect(other?.evidence.map(({ asset }) => asset.title)).toEqual(['Northby', 'Halewick']);
  });

  it('asks of each alone what is asked of two', async () => {
    const asked: string[] = [];
    const found = await ask('Are both Northby and Sandham villages?', (question, passage) => {
      asked.push(question);
      return passage.includes('village') ? { yes: 0.9, no: 0.1, unsaid: 0 } : { yes: 0.1, no: 0.9, unsaid: 0 };
    });
    expect(found?.shortAnswer).toBe('no');
    expect(found?.text).toContain('Northby');
    expect(new Set(asked)).toEqual(new Set(['Is Northby villages?', 'Is Sandham villages?']));
  });

  it('knows where one name ends, and what cannot be asked of each alone', async () => {
    const asked: string[] = [];
    const judge = (question: string) => {
      asked.push(question);
      return UNSAID;
    };
    await ask('Are Northby and Halewick in different counties?', judge);
    expect(asked).toEqual([]);
    await ask('Are the Northby Arms and the Sandham Inn ships?', judge);
    expect(asked).not.toContain('Is the Northby Arms Inn ships?');
  });

  it('takes no part of a name for the same', async () => {
    const things = [
      text('Ann', 'Ann lives in the county of York.'),
      text('Tom', 'Tom lives in the county of New York.'),
    ];
    const considered = consider(retrievalOf('Are Ann and Tom from the same county?', things), noExtractor);
    const reader: SpanReader = {
      info: { id: 'made', version: '1', licence: '', device: 'cpu' },
      read: async (_, passages) =>
        passages.map((passage) => {
          const start = passage.indexOf('county of ') + 'county of '.length;
          return { spans: [{ start, end: passage.length - 1, score: 6 }], absent: 0 };
        }),
    };
    expect((await answerYesNo(considered, reader))?.shortAnswer).toBe('no');
  });

  it('believes the passage that says most of it', async () => {
    const found = await ask('Was the lantern bell cast in 1790?', (_, passage) =>
      passage.includes('bell') ? { yes: 0.04, no: 0.95, unsaid: 0.01 } : UNSAID,
    );
    expect(found?.shortAnswer).toBe('no');
    expect(found?.confidence).toBeGreaterThan(0.5);
    expect(found?.evidence[0]?.asset.title).toBe('Lantern bell');
  });

  it('is not sure where no passage says it', async () => {
    const found = await ask('Was the lantern bell sold in 1790?', () => UNSAID);
    expect(found?.confidence).toBeLessThan(0.2);
  });

  it('takes no bell for another', async () => {
    const things = [text('Bells', 'The fog bell was cast by George Baker. The lantern bell hangs in the hall.')];
    const of = (question: string, yes: number) =>
      answerYesNo(
        consider(retrievalOf(question, things), noExtractor),
        madeReader(() => ({ yes, no: 1 - yes, unsaid: 0 })),
      );
    expect((await of('Did George Baker cast the lantern bell?', 0.8))?.text).toContain('fog bell');
    expect((await of('Did George Baker cast the lantern bell?', 0.8))?.shortAnswer).toBe('no');
    expect((await of('Did George Baker cast the fog bell?', 0.8))?.shortAnswer).toBe('yes');
    expect((await of('Did George Baker cast the old bell?', 0.8))?.shortAnswer).toBe('yes');
  });

  it('does not judge by a name alone, and denies little of what is hardly spoken of', async () => {
    const things = [text('Sign', 'Margaret Hill'), text('Lamps', 'The lamps of the quay were lit by hand at dusk.')];
    const asked: string[] = [];
    const found = await answerYesNo(
      consider(retrievalOf('Did Margaret Hill keep the lighthouse?', things), noExtractor),
      madeReader((_, passage) => {
        asked.push(passage);
        return { yes: 0.1, no: 0.9, unsaid: 0 };
      }),
    );
    expect(asked.some((passage) => passage.includes('Margaret'))).toBe(false);
    expect(found?.confidence ?? 0).toBeLessThan(0.5);
  });

  it('goes by words alone where the reader gives no verdicts', async () => {
    expect((await ask('Was the lantern bell cast in 1811?'))?.shortAnswer).toBe('yes');
  });
});
