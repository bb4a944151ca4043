import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import { splitSentences } from '../../../src/ingest/sentences.ts';

const lexicon = new WordNet();
const extractor = new CompromiseExtractor(lexicon);
const extract = (text: string) => extractor.extract({ text, sentences: splitSentences(text) });
const names = (text: string) => extract(text).names.map(({ name, kind }) => `${name}/${kind}`);
const statements = (text: string) => {
  const { names: found, relations } = extract(text);
  return relations
    .filter((one) => one.type !== 'CO_OCCURS')
    .map((one) => `${found[one.subject]?.name} ${one.predicate} ${found[one.object]?.name}`);
};

describe('the extractor', () => {
  it.each([
    [
      'In 1911 Ada Penrose gave the brass lantern to Harbour Museum.',
      ['1911/DATE', 'Ada Penrose/PERSON', 'lantern/CONCEPT', 'Harbour Museum/ORGANISATION'],
    ],
    [
      'The storm struck Green Island on 14 November 1893.',
      ['storm/CONCEPT', 'Green Island/PLACE', '14 November 1893/DATE'],
    ],
    ['She wrote "The Long Winter" and earned £4,000.', ['The Long Winter/WORK', '£4,000/QUANTITY']],
    ['The tower is 96 metres high.', ['tower/CONCEPT', '96 metres/QUANTITY']],
    ['The cat was found by Ada Penrose in March 1987.', ['cat/CONCEPT', 'Ada Penrose/PERSON', 'March 1987/DATE']],
    ['The Battle of Hastings changed England.', ['Battle of Hastings/EVENT', 'England/PLACE']],
    ['An Egyptian cat was there.', ['egyptian cat/CONCEPT']],
    ['Apollo 11 landed.', ['Apollo 11/NAME']],
  ])('finds the names of “%s”', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('takes a last name alone for the person named before, unless two bear it', () => {
    expect(
      names('Thomas Miller cast the bell. Miller died in 1890.').filter((name) => name.startsWith('Thomas')),
    ).toHaveLength(2);
    expect(names('Thomas Miller met Anna Miller. Miller left.').at(-1)).toMatch(/^Miller\//);
  });

  it('does not take a common word for a name because a sentence begins with it', () => {
    expect(names('Printing is an art. However, nobody knew. Bread was cheap.')).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/NAME/)]),
    );
  });

  it('states who did what, passives turned round, and what things are', () => {
    expect(statements('The Morning Star was built by Amos Lane.')).toEqual(['Amos Lane built Morning Star']);
    expect(statements('Henry Walker commanded the Morning Star.')).toEqual(['Henry Walker commanded Morning Star']);
    expect(statements('Ada Penrose is a baker.')).toEqual(['Ada Penrose is a baker']);
    expect(statements('Thomas Miller was born in Westbrook.')).toEqual(['Thomas Miller born in Westbrook']);
  });

  it('never fails, and points into the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.lorem({ mode: 'sentences' })), (text) => {
        for (const { start, end, surface, name } of extract(text).names) {
          expect(text.slice(start, end)).toBe(surface);
          expect(name.trim()).not.toBe('');
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('WordNet', () => {
  it('knows singulars', () => {
    expect(
      ['dogs', 'children', 'hunting dogs', 'harbours', 'churches', 'xyzzy'].map((word) => lexicon.lemma(word)),
    ).toEqual(['dog', 'child', 'hunting dog', 'harbour', 'church', undefined]);
  });

  it('leads from a beagle to an animal and stops there', () => {
    const [beagle = 0] = lexicon.synsets('beagle');
    const chain = lexicon.hypernyms(beagle).map((synset) => lexicon.words(synset)[0]);
    expect(chain.slice(0, 3)).toEqual(['hound', 'hunting dog', 'dog']);
    expect(chain.at(-1)).toBe('animal');
  });
});
