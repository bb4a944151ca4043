import { describe, expect, it } from 'vitest';
import type { SpanReader } from '../../../src/ports/span-reader.ts';
import { consider } from '../../../src/reason/consider.ts';
import { readFactsWith } from '../../../src/reason/read.ts';
import { answerReadings } from '../../../src/retrieve/answer-readings.ts';
import type { SubAnswer } from '../../../src/retrieve/sub-answer.ts';
import { findSubAnswers } from '../../../src/retrieve/sub-answers.ts';
import { noExtractor, picture, retrievalOf, text, type Made } from './made.ts';

const QUESTION = 'Where was the man who cast the lantern bell born?';
const BELL = text('Lantern bell', 'It hangs in the hall. The lantern bell was cast by Thomas Miller.');
const MILLER = text('Thomas Miller', 'Thomas Miller was born in Westbrook.');
const HALE = text('Ellen Hale', 'Ellen Hale was born in Hull.');
const THINGS = [BELL, MILLER, HALE, picture('bell.jpg', ['bell'])];

/** Finds a name where it is asked for the first step; keeps what it was asked. */
function madeReader(
  name: string,
  score: number,
  stand = '-',
): { reader: SpanReader; asked: [string, readonly string[]][] } {
  const asked: [string, readonly string[]][] = [];
  const reader: SpanReader = {
    info: { id: 'made', version: '1', licence: '', device: 'cpu' },
    read: async (question, passages) => {
      asked.push([question, passages]);
      return passages.map((passage) => {
        const said = question.startsWith('in place of: ') ? stand : question.startsWith('first step: ') ? name : '-';
        const start = passage.lastIndexOf(said);
        return { spans: start < 0 ? [] : [{ start, end: start + said.length, score }], absent: 0 };
      });
    },
  };
  return { reader, asked };
}

async function passagesRead(name: string, score: number): Promise<readonly string[]> {
  const { reader, asked } = madeReader(name, score);
  await readFactsWith(reader, consider(retrievalOf(QUESTION, THINGS), noExtractor));
  return asked.at(-1)?.[1] ?? [];
}

function found(made: Made, name: string, sentence: string): SubAnswer {
  const segment = made.segments[0]?.segment;
  const start = segment?.text.indexOf(sentence) ?? 0;
  const at = start + sentence.indexOf(name);
  return { segmentId: segment?.id ?? '', start: at, end: at + name.length, text: name, sentence, sure: 0.9 };
}

describe('what has to be found first', () => {
  it('leads to the passages that name it, behind the sentence that gave it', async () => {
    const read = await passagesRead('Thomas Miller', 6);
    expect(read).toContain('The lantern bell was cast by Thomas Miller. Thomas Miller was born in Westbrook.');
    expect(read.filter((passage) => passage.startsWith('The lantern bell was cast'))).toHaveLength(1);
    expect(read).toHaveLength(3);
  });

  it('leads nowhere where the reader is not sure', async () => {
    const sure = await passagesRead('Ellen Hale', 6);
    const unsure = await passagesRead('Ellen Hale', -6);
    expect(sure.some((passage) => passage.includes('Ellen Hale was born in Hull. '))).toBe(false);
    expect(unsure).toEqual(await passagesRead('nobody at all', 6));
  });

  it('is what retrieval has found already, where it has looked', async () => {
    const { reader, asked } = madeReader('Thomas Miller', 6);
    const known = found(BELL, 'Thomas Miller', 'The lantern bell was cast by Thomas Miller.');
    const retrieval = { ...retrievalOf(QUESTION, THINGS), subAnswers: [known] };
    await readFactsWith(reader, consider(retrieval, noExtractor));
    expect(asked.map(([question]) => question)).toEqual([QUESTION]);
    expect(asked[0]?.[1]).toContain('The lantern bell was cast by Thomas Miller. Thomas Miller was born in Westbrook.');
  });

  it('of three steps is read behind the sentences of both', async () => {
    const { reader, asked } = madeReader('nobody at all', 6);
    const first = found(BELL, 'Thomas Miller', 'The lantern bell was cast by Thomas Miller.');
    const second = { ...found(MILLER, 'Westbrook', 'Thomas Miller was born in Westbrook.'), after: first };
    const town = text('A town', 'Westbrook was ruled by Ellen Carew.');
    const longer = 'Who ruled the town where the man who cast the lantern bell was born?';
    const retrieval = { ...retrievalOf(longer, [...THINGS, town]), subAnswers: [first, second] };
    await readFactsWith(reader, consider(retrieval, noExtractor));
    const read = asked.at(-1)?.[1] ?? [];
    expect(read).toContain(
      'The lantern bell was cast by Thomas Miller. Thomas Miller was born in Westbrook. A town: Westbrook was ruled by Ellen Carew.',
    );
    // A passage is never read behind its own sentence.
    expect(read).toContain('The lantern bell was cast by Thomas Miller. Thomas Miller was born in Westbrook.');
  });

  it('is read by retrieval as it will be read again', async () => {
    const { reader, asked } = madeReader('Thomas Miller', 6, 'the man who cast the lantern bell');
    const retrieval = retrievalOf(QUESTION, THINGS);
    const passages = retrieval.segments.map(({ segment, asset }) => ({ segment, title: asset.title }));
    const subAnswers = await findSubAnswers(QUESTION, passages, passages, reader);
    const readings = await answerReadings(QUESTION, passages, subAnswers, reader);
    expect(readings.map((one) => one.asked)).toContain('Where was Thomas Miller born?');
    asked.length = 0;
    await readFactsWith(reader, consider({ ...retrieval, subAnswers, readings }, noExtractor));
    expect(asked).toEqual([]);
  });

  it('leaves a question of one step, which is asked of the passages that name it', async () => {
    const { reader, asked } = madeReader('nobody at all', 6);
    const known = found(BELL, 'Thomas Miller', 'The lantern bell was cast by Thomas Miller.');
    const asks = 'Where was Thomas Miller born?';
    const retrieval = { ...retrievalOf(QUESTION, THINGS), subAnswers: [{ ...known, asks }] };
    await readFactsWith(reader, consider(retrieval, noExtractor));
    expect(new Map(asked).get(asks)).toEqual(['Thomas Miller was born in Westbrook.']);
    expect(new Map(asked).get(QUESTION)).toHaveLength(2);
  });

  it('is not put in place of words that hold what is asked', async () => {
    const things = [BELL, MILLER].map(({ asset, segments }) => ({
      title: asset.title,
      segment: segments[0]?.segment as (typeof BELL.segments)[0]['segment'],
    }));
    const asksOf = async (question: string, stand: string) => {
      const { reader } = madeReader('Thomas Miller', 9, stand);
      return (await findSubAnswers(question, things, things, reader))[0]?.asks;
    };
    const stand = 'the man who cast the lantern bell';
    expect(await asksOf(QUESTION, stand)).toBe('Where was Thomas Miller born?');
    // "Where was Thomas Miller?" asks for another thing.
    const other = 'Where was the man born who cast the lantern bell?';
    expect(await asksOf(other, 'the man born who cast the lantern bell')).toBeUndefined();
  });

  it('leads nowhere from what answers the question that is left', async () => {
    const mill = text('Westbrook', 'Westbrook is a town. Ann Lee was born in Hull.');
    const things = [BELL, MILLER, mill].map(({ asset, segments }) => ({
      title: asset.title,
      segment: segments[0]?.segment as (typeof BELL.segments)[0]['segment'],
    }));
    let step = 0;
    const reader: SpanReader = {
      info: { id: 'made', version: '1', licence: '', device: 'cpu' },
      read: async (question, passages) => {
        const isPlaced = question.startsWith('in place of: Thomas Miller');
        const isFirst = question.startsWith('first step: ');
        step += isFirst ? 1 : 0;
        // The second time the reader takes the answer itself for a further step.
        const said = isPlaced
          ? 'the man who cast the lantern bell'
          : isFirst
            ? step === 1
              ? 'Thomas Miller'
              : 'Westbrook'
            : '-';
        return passages.map((passage) => {
          const start = passage.lastIndexOf(said);
          return { spans: start < 0 ? [] : [{ start, end: start + said.length, score: 9 }], absent: 0 };
        });
      },
    };
    const steps = await findSubAnswers(QUESTION, things, things, reader);
    expect(new Set(steps.map((one) => one.text))).toEqual(new Set(['Thomas Miller']));
    expect(steps.find((one) => one.asks)?.asks).toBe('Where was Thomas Miller born?');
    expect(step).toBeGreaterThan(1);
  });

  it('counts an answer to what is left of it as far as what was found is sure', async () => {
    const known = found(BELL, 'Thomas Miller', 'The lantern bell was cast by Thomas Miller.');
    const { reader } = madeReader('nobody at all', 6);
    const asks = 'Where was Thomas Miller born?';
    const text = MILLER.segments[0]?.segment.text ?? '';
    const span = { start: text.indexOf('Westbrook'), end: text.indexOf('Westbrook') + 9, score: 3 };
    const sureOf = async (sure: number) => {
      const readings = [
        { segmentId: '', asked: asks, lead: '', text, reading: { spans: [span], absent: 0 }, sure: 0.7 },
      ];
      const retrieval = { ...retrievalOf(QUESTION, THINGS), subAnswers: [{ ...known, sure, asks }], readings };
      const read = await readFactsWith(reader, consider(retrieval, noExtractor));
      return [...read.values()].flat()[0]?.sure ?? 0;
    };
    expect(await sureOf(1)).toBeCloseTo(1 / (1 + Math.exp(-1)));
    expect(await sureOf(0.5)).toBeCloseTo(1 / (1 + 2 * Math.exp(-1)));
  });

  it('reads nothing again that retrieval has read', async () => {
    const { reader, asked } = madeReader('nobody at all', 6);
    const lead = 'The lantern bell was cast by Thomas Miller. ';
    const span = { start: lead.length + 26, end: lead.length + 35, score: 6 };
    const text = 'Thomas Miller was born in Westbrook.';
    const reading = { segmentId: '', asked: QUESTION, lead, text, reading: { spans: [span], absent: 0 }, sure: 0.9 };
    const subAnswers = [found(BELL, 'Thomas Miller', lead.trim())];
    const retrieval = { ...retrievalOf(QUESTION, THINGS), subAnswers, readings: [reading] };
    const read = await readFactsWith(reader, consider(retrieval, noExtractor));
    expect(asked.at(-1)?.[1]).toHaveLength(2);
    expect(asked.flatMap(([, texts]) => texts)).not.toContain(lead + text);
    expect([...read.values()].flat().map((one) => one.span.text)).toEqual(['Westbrook']);
  });
});
