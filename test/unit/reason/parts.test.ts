import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evidence, EvidencePath, Step } from '../../../src/domain.ts';
import { withinBrackets } from '../../../src/reason/brackets.ts';
import { checkStep } from '../../../src/reason/check.ts';
import { consider } from '../../../src/reason/consider.ts';
import { analyseQuestion, isNested } from '../../../src/reason/question-type.ts';
import { reason } from '../../../src/reason/reason.ts';
import { hopText } from '../../../src/reason/relate.ts';
import { spansOf } from '../../../src/reason/spans.ts';
import { stem } from '../../../src/word-forms.ts';
import { normalName, wordsOf } from '../../../src/reason/words.ts';
import { bagEmbedder, noExtractor, retrievalOf, text } from './made.ts';

describe('the question', () => {
  test.each([
    ['Which river flows through York?', 'riv', 'PLACE', 'flows'],
    ['In what year was the ship that Walker commanded built?', 'year', 'DATE', 'built'],
    ['Who was the first captain of the lifeboat?', undefined, 'PERSON', undefined],
    ['How many steps do visitors climb?', 'step', 'QUANTITY', 'climb'],
    ['Where was the man who cast the bell born?', undefined, 'PLACE', 'born'],
    ['What is the name of the band that sang it?', 'band', 'ORGANISATION', undefined],
  ])('%s', (question, head, kind, verb) => {
    const analysis = analyseQuestion(question);
    expect(analysis.head).toBe(head);
    expect(analysis.expects[0]).toBe(kind);
    expect(analysis.verb?.text).toBe(verb);
  });

  test.each([
    ['Is the tower open in winter?', 'YES_NO'],
    ['Which band was formed first, The Exies or Circus Diablo?', 'COMPARISON'],
    ['Is the Hope or the Courage older?', 'COMPARISON'],
    ['What did she find?', 'SPAN'],
    ['Mr. Hill has a medal. Does Ann Hale also have one?', 'YES_NO'],
    ['The Exies and Circus Diablo were founded in one year. Who sang first?', 'SPAN'],
    ['Between Ann Hale and Tom Hill, which writer lived longer?', 'COMPARISON'],
    ['When was Dr. Who first broadcast?', 'SPAN'],
    ['When was Brian H. May born?', 'SPAN'],
    ['Where is the bell? Do not guess.', 'SPAN'],
    ['Between 1914 and 1918, who was prime minister?', 'SPAN'],
    ['Between London and Paris, which stations does the train stop at?', 'SPAN'],
    ['What role did Ann and Tom play in their bands, Tides and Reeds?', 'SPAN'],
  ])('%s is %s', (question, form) => expect(analyseQuestion(question).form).toBe(form));

  test.each([
    ['Is parallax greater with nearby stars or with distant stars?', ['nearby stars', 'distant stars']],
    ['Was Star Wars a book or a movie first?', ['a book', 'a movie']],
    ['was the bell an instrument or a toy', ['an instrument', 'a toy']],
    ['Was a film about a whale or a book older?', ['a film about a whale', 'a book']],
    ['Was the mate of the Hope or the captain older?', ['the mate of the Hope', 'the captain']],
    ['Is the Hope or the Courage older?', ['the Hope', 'the Courage']],
    ['Who was born first, Alexander the Great or the Black Prince?', ['Alexander the Great', 'the Black Prince']],
    ['Which band was formed first, Echo and the Bunnymen or the Smiths?', ['Echo and the Bunnymen', 'the Smiths']],
    ['Which was released first, Meet The Parents or The Matrix?', ['Meet The Parents', 'The Matrix']],
    ['Was Ann a singer or a painter?', ['a singer', 'a painter']],
    ['Was it in winter or in summer?', ['winter', 'summer']],
    ['Was it before the war or after the war?', ['it before the war', 'after the war']],
    ['Is it made of tin or of', ['it made of tin', 'of']],
  ])('%s is about %j', (question, options) => expect(analyseQuestion(question).options).toEqual(options));

  test('one inside another is known', () => {
    expect(isNested(analyseQuestion('Who built the pier?'))).toBe(false);
    expect(isNested(analyseQuestion('Where was the man who built the pier born?'))).toBe(true);
  });

  test('any text is analysed, and its terms are words of it', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 }),
        (question, choices) => {
          const { terms } = analyseQuestion(question, choices);
          return terms.every((term) => question.slice(term.start, term.end) === term.text);
        },
      ),
    );
  });
});

describe('what a reader found', () => {
  test.each([
    ['a commune (gmina', 'a commune'],
    ['the town (of Wells) in Somerset', 'the town (of Wells) in Somerset'],
    ['(gmina', 'gmina'],
    ['( gmina', 'gmina'],
    ['1992) and (1993', '1992) and'],
    ['cost, b) time', 'cost, b) time'],
    ['(a (b', 'a'],
    ['[x]', '[x]'],
  ])('of "%s" is "%s"', (found, kept) => {
    const text = `so ${found} .`;
    expect(text.slice(...withinBrackets(text, 3, 3 + found.length))).toBe(kept);
  });

  test('and it is not what a bracket that is open before it ends', () => {
    const text = 'The Court ( also SCOTUS ) is the highest.';
    const from = text.indexOf('SCOTUS');
    expect(text.slice(...withinBrackets(text, from, text.length - 1))).toBe('is the highest');
  });
});

describe('phrases', () => {
  const phrases = (words: string) =>
    spansOf(words, wordsOf(words)).map(({ text: phrase, kind }) => `${phrase} ${kind}`);
  test('dates, quantities and names are told apart', () => {
    expect(phrases('On 4 May 1911 Anna Berg paid 340 pounds in Leeds.')).toEqual(
      expect.arrayContaining(['4 May 1911 DATE', 'Anna Berg NAME', '340 pounds QUANTITY', 'Leeds NAME']),
    );
  });
  test('a phrase is what stands at its range', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 120, unit: 'grapheme' }), (words) =>
        spansOf(words, wordsOf(words)).every((span) => words.slice(span.start, span.end) === span.text),
      ),
    );
  });
  test('a name compares without article, possessive, case and accents', () => {
    expect(normalName("The Géza's Café")).toBe('geza cafe');
  });
});

test('words that only say who looks for what do not weigh, and the chain leads over the name that is shared', () => {
  const retrieval = retrievalOf('Where was the man who cast the bell born?', [
    text('bell.txt', 'The bell was cast by Tom Miller.'),
    text('miller.txt', 'Tom Miller was born in Westbrook.'),
    text('baker.txt', 'Ann Baker was born in Leeds.'),
  ]);
  const { facts, chains } = consider(retrieval, noExtractor);
  const holder = facts.find((fact) => fact.text.includes('Westbrook'));
  const chain = holder && chains.get(holder);
  expect(chain?.support.map((fact) => fact.text)).toEqual(['The bell was cast by Tom Miller.']);
  expect(chain?.links).toEqual(['tom miller']);
  const other = facts.find((fact) => fact.text.includes('Leeds'));
  expect((other && chains.get(other)?.whole) ?? 1).toBeLessThan(chain?.whole ?? 0);
});

describe('check', () => {
  const retrieval = retrievalOf('Who?', [text('a.txt', 'Anna Berg sang.')]);
  const [held] = retrieval.evidence;
  const stranger = retrievalOf('Who?', [text('b.txt', 'Nobody.')]).evidence[0];
  const stepOf = (claims: Step['claims']): Step => ({
    kind: 'DESCRIBE',
    text: claims.map((claim) => claim.text).join(' '),
    claims,
  });

  test('a claim whose evidence is not in the retrieval is dropped, and its words with it', () => {
    const step = stepOf([
      { text: 'One.', evidence: [held as Evidence] },
      { text: 'Two.', evidence: [stranger as Evidence] },
      { text: 'Three.', evidence: [] },
    ]);
    expect(checkStep(step, retrieval)).toEqual(stepOf([{ text: 'One.', evidence: [held as Evidence] }]));
  });

  test('evidence that quotes what its segment does not say is dropped', () => {
    const forged = { ...(held as Evidence), quote: 'Anna Berg danced.' };
    expect(checkStep(stepOf([{ text: 'One.', evidence: [forged] }]), retrieval).claims).toEqual([]);
  });

  test('whatever is asked of whatever texts, every claim of every step holds', async () => {
    const words = fc.constantFrom(
      'Anna Berg',
      'the pier',
      'built',
      'was',
      'in 1911',
      'Leeds',
      'who',
      'where',
      'a bell',
      'not',
      'born',
      'by',
      '.',
      '?',
    );
    const sentence = fc.array(words, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(' '));
    await fc.assert(
      fc.asyncProperty(sentence, fc.array(sentence, { maxLength: 4 }), async (question, texts) => {
        const made = retrievalOf(
          question,
          texts.map((one, i) => text(`t${i}.txt`, one)),
        );
        const answer = await reason(made, { extractor: noExtractor, embedder: bagEmbedder }, { minConfidence: 0.3 });
        for (const step of answer.steps) expect(checkStep(step, made)).toEqual(step);
        expect(answer.confidence).toBeGreaterThanOrEqual(0);
        expect(answer.confidence).toBeLessThanOrEqual(1);
        expect(answer.abstained).toBe(answer.shortAnswer === null);
      }),
      { numRuns: 60 },
    );
  });
});

test('the forms of a word have one stem, regular or not', () => {
  for (const forms of [
    'strike struck striking',
    'make made makes',
    'build built builder',
    'write wrote writer',
    'city cities',
    'die died dying',
    'stop stopped',
  ])
    expect(new Set(forms.split(' ').map(stem)).size, forms).toBe(1);
  expect(stem('found')).not.toBe(stem('founded'));
});

test('a hop reads as a sentence, in either direction', () => {
  const hop: EvidencePath['hops'][number] = {
    edgeId: 'e',
    fromId: 'Entity:1',
    toId: 'Entity:2',
    fromCaption: 'Tom Miller',
    toCaption: 'lantern bell',
    predicate: 'cast',
    evidence: [],
    score: 1,
  };
  expect(hopText(hop)).toBe('Tom Miller cast lantern bell.');
  expect(hopText({ ...hop, fromCaption: 'lantern bell', toCaption: 'Tom Miller', predicate: 'cast (of)' })).toBe(
    'Tom Miller cast lantern bell.',
  );
  expect(hopText({ ...hop, fromCaption: 'tabby', toCaption: 'cat', predicate: 'is a kind of' })).toBe(
    'tabby is a kind of cat.',
  );
});
