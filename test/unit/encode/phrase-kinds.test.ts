import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import { packageRoot } from '../../../src/config.ts';
import { kindsOf } from '../../../src/encode/phrase-kinds.ts';

const file = readFileSync(join(packageRoot, 'models/coco-ssd/labels.json'), 'utf8');
const labels = (JSON.parse(file) as { index: number; label: string; synset31: number }[]).map(
  ({ index, label, synset31 }) => ({ index, label, synset: synset31 }),
);
const lexicon = new WordNet();
const kinds = (phrase: string) => kindsOf(phrase, labels, lexicon).map(({ label }) => label);

test.each([
  ['the dog', ['dog']],
  ['two dogs', ['dog']],
  ['a red traffic light over the street', ['traffic light']],
  ['the boats in the harbour', ['boat']],
  ['a man wearing a hat', ['person']],
  ['a group of people', ['person']],
  ['a pair of scissors on a desk', ['scissors']],
  ['a beagle', ['dog']],
  ['the plane', ['airplane']],
  ['a sofa', ['couch']],
])('%s means %j', (phrase, expected) => {
  expect(kinds(phrase)).toEqual(expected);
});

test('a general word means every kind of it, a thing of no kind none', () => {
  expect(kinds('an animal')).toEqual(expect.arrayContaining(['cat', 'dog', 'horse', 'bird', 'giraffe']));
  expect(kinds('an animal')).not.toContain('car');
  for (const phrase of ['a lighthouse', 'the pagoda', 'xyzzy', '', '—', 'of']) expect(kinds(phrase)).toEqual([]);
});
