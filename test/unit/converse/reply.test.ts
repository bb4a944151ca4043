import { expect, test } from 'vitest';
import type { Clarification } from '../../../src/conversation.ts';
import { chosenInWords } from '../../../src/converse/reply.ts';
import { pronounFor } from '../../../src/converse/referents.ts';
import { withChosen } from '../../../src/converse/resolve.ts';

const candidate = (caption: string) => ({ id: `Entity:${caption}`, caption, kind: 'PERSON' as const, evidence: null });
const open: Clarification = {
  reason: 'SEVERAL_REFERENTS',
  text: '',
  phrase: 'his',
  start: 12,
  end: 15,
  question: 'What became his trade?',
  candidates: [candidate('Henry Walker'), candidate('Arthur Bell'), candidate('Arthur Hill')],
};

test.each([
  ['Henry Walker', 'Henry Walker'],
  ['henry', 'Henry Walker'],
  ['I mean Arthur Bell.', 'Arthur Bell'],
  ['the second one', 'Arthur Bell'],
  ['The last', 'Arthur Hill'],
  // Another question, somebody else, or no choice at all.
  ['Who is Henry Walker?', undefined],
  ['Thomas Miller', undefined],
  ['Arthur', undefined],
  ['', undefined],
])('a reply in words names a candidate or nobody: %s', (reply, chosen) => {
  expect(chosenInWords(reply, open)?.caption).toBe(chosen);
});

test('what was chosen takes the place of the unclear words', () => {
  expect(withChosen(open, 'Henry Walker')).toBe("What became Henry Walker's trade?");
  expect(withChosen({ question: 'Who taught her?', phrase: 'her', start: 11, end: 14 }, 'Ann Reed')).toBe(
    'Who taught Ann Reed?',
  );
});

test.each([
  ['Ellen Carew was a teacher. She wrote a book.', 'SHE'],
  ['Ellen Carew came to the coast, and his brother stayed.', 'HE'],
  ['Mrs Ellen Carew came to the coast.', 'SHE'],
  ['Ellen Carew was a teacher.', undefined],
  ['Ellen Carew met there old Henry Walker. He was a captain.', undefined],
])('texts tell how a person is spoken of, or don’t: %s', (text, pronoun) => {
  expect(pronounFor('Ellen Carew', [text])).toBe(pronoun);
});
