import { describe, expect, test } from 'vitest';
import type { Referent } from '../../../src/conversation.ts';
import { resolveQuestion } from '../../../src/converse/resolve.ts';
import type { Talk } from '../../../src/converse/talk.ts';
import { stem } from '../../../src/word-forms.ts';

const of = (kind: Referent['kind'], name: string, role: Referent['role'], more: Partial<Referent> = {}): Referent => ({
  id: `${role === 'ASSET' || role === 'SHOWN' ? 'Asset' : 'Entity'}:${name}`,
  name,
  kind,
  role,
  ...more,
});
type Turn = Talk['turns'][number];
const turn = (question: string, ...referents: Referent[]): Turn => ({
  question,
  understoodAs: question,
  referents,
  ...(referents.find(({ role }) => role === 'ASSET')?.id
    ? { assetId: referents.find(({ role }) => role === 'ASSET')?.id ?? '' }
    : {}),
});

const MILLER = of('PERSON', 'Thomas Miller', 'ANSWER', { pronoun: 'HE' });
const ANN = of('PERSON', 'Ann Reed', 'ANSWER');
const WALKER = of('PERSON', 'Henry Walker', 'QUESTION');
const STAR = of('NAME', 'Morning Star', 'ANSWER', { noun: stem('ship'), takesThe: true });
const BELL = of('CONCEPT', 'lantern bell', 'QUESTION');
const cast = turn('Who cast the lantern bell?', BELL, MILLER);
const born = turn('Where was Thomas Miller born?', { ...MILLER, role: 'QUESTION' }, of('PLACE', 'Westbrook', 'ANSWER'));
const ship = turn('Which ship did Henry Walker command?', WALKER, STAR);
const married = turn('Who did Thomas Miller marry?', { ...MILLER, role: 'QUESTION' }, ANN);
const met = turn('Did Henry Walker know Arthur Bell?', WALKER, of('PERSON', 'Arthur Bell', 'QUESTION'));
const mayor = turn('Who was the mayor of Whitby in 1910?', of('PLACE', 'Whitby', 'QUESTION'), MILLER);
const cat = turn(
  'What animal is in this picture?',
  of('IMAGE', 'cat.jpg', 'ASSET'),
  of('CONCEPT', 'Egyptian cat', 'ANSWER', { noun: stem('animal') }),
);
const flock = turn('What is in this picture?', of('IMAGE', 'flock.jpg', 'ASSET'));
const heard = turn(
  'Who made the ship clock?',
  of('CONCEPT', 'ship clock', 'QUESTION'),
  MILLER,
  of('AUDIO', 'clock.mp3', 'SHOWN'),
);

const stretch = (kind: 'SHOT' | 'SOUND', startSeconds: number, endSeconds: number) => ({
  segmentId: `Segment:${kind}:${startSeconds}`,
  kind,
  startSeconds,
  endSeconds,
});
const barking = turn(
  'What is seen when the dog barks?',
  of('VIDEO', 'yard.mp4', 'ASSET', { moments: [stretch('SHOT', 60, 70), stretch('SOUND', 63.5, 65)] }),
);
const heardTwice = turn(
  'Which sounds are there?',
  of('VIDEO', 'yard.mp4', 'ASSET', { moments: [stretch('SOUND', 3, 5), stretch('SOUND', 63.5, 65)] }),
);
const ringing = turn(
  'Which recording has a bell?',
  of('AUDIO', 'bell.wav', 'SHOWN', { moments: [stretch('SOUND', 2, 3)] }),
);

/** Turns before, what is asked, what it is understood as, and the asset that it is then about. */
const UNDERSTOOD: readonly (readonly [readonly Turn[], string, string, string?])[] = [
  [[cast], 'Where was he born?', 'Where was Thomas Miller born?'],
  [[cast], 'What was his trade?', "What was Thomas Miller's trade?"],
  [[cast], 'Who taught him?', 'Who taught Thomas Miller?'],
  [[married], 'Where did she live?', 'Where did Ann Reed live?'],
  [[married], 'Who was her father?', "Who was Ann Reed's father?"],
  [[ship], 'When was it built?', 'When was the Morning Star built?'],
  [[ship], 'How long was its mast?', "How long was the Morning Star's mast?"],
  [[ship], 'Who else commanded that ship?', 'Who else commanded the Morning Star?'],
  [[ship], 'When was the ship broken up?', 'When was the Morning Star broken up?'],
  [[cast], 'How heavy is it?', 'How heavy is the lantern bell?'],
  [[cast], 'When was the bell last used?', 'When was the lantern bell last used?'],
  [[cast], 'What else did that man make?', 'What else did Thomas Miller make?'],
  [[born], 'Who else was born there?', 'Who else was born in Westbrook?'],
  [[born], 'When did he come from there?', 'When did Thomas Miller come from Westbrook?'],
  [[born], 'How large is that town?', 'How large is Westbrook?'],
  [[born], 'When?', 'When was Thomas Miller born?'],
  [[cast], 'When?', 'When was it that Thomas Miller cast the lantern bell?'],
  [[ship], 'When?', 'When did Henry Walker command the Morning Star?'],
  [[mayor], 'And in 1920?', 'Who was the mayor of Whitby in 1920?'],
  [[mayor], 'What about Scarborough?', 'Who was the mayor of Scarborough in 1910?'],
  [[born], 'And Henry Walker?', 'Where was Henry Walker born?'],
  [[born], 'And when did he die?', 'when did Thomas Miller die?'],
  [[ship], 'How about the Evening Star?', 'Which ship did the Evening Star command?'],
  [[met], 'Where were they born?', 'Where were Henry Walker and Arthur Bell born?'],
  // The latest turn that speaks of anything fitting decides.
  [[cast, ship], 'Where was he born?', 'Where was Henry Walker born?'],
  [[ship, born], 'When was it built?', 'When was Westbrook built?'],
  // Pictures and recordings.
  [[cat, flock], 'What is in the first picture?', 'What is in this picture?', 'Asset:cat.jpg'],
  [[cat, flock], 'Is there a dog in the second picture?', 'Is there a dog in this picture?', 'Asset:flock.jpg'],
  [[cat, flock], 'How many sheep are in that photo?', 'How many sheep are in this picture?', 'Asset:flock.jpg'],
  [
    [cat, flock],
    'What colour is the wall in the other picture?',
    'What colour is the wall in this picture?',
    'Asset:cat.jpg',
  ],
  [[cat, born], 'Are there people in the picture?', 'Are there people in this picture?', 'Asset:cat.jpg'],
  [[cat], 'Who found it?', 'Who found the Egyptian cat?', 'Asset:cat.jpg'],
  [[heard], 'What makes that sound?', 'What makes the sound in this recording?', 'Asset:clock.mp3'],
  // A stretch of a recording or film goes by its time.
  [[barking], 'What makes that sound?', 'What makes the sound at 1:04 in this film?', 'Asset:yard.mp4'],
  [[barking], 'What is said during that sound?', 'What is said at 1:04 in this film?', 'Asset:yard.mp4'],
  // Nothing tells what is before or after it.
  [
    [barking],
    'What is heard before that sound?',
    'What is heard before the sound in this recording?',
    'Asset:yard.mp4',
  ],
  [[barking, cat], 'What is in this scene?', 'What is in this picture?', 'Asset:cat.jpg'],
  [[ringing], 'Is that sound a bell?', 'Is the sound at 0:02 in this recording a bell?', 'Asset:bell.wav'],
  [[ringing], 'Why is that noise so loud?', 'Why is the noise at 0:02 in this recording so loud?', 'Asset:bell.wav'],
  [[barking], 'Who speaks in that scene?', 'Who speaks at 1:05 in this film?', 'Asset:yard.mp4'],
  [[ringing], 'What is said at that moment?', 'What is said at 0:02 in this recording?', 'Asset:bell.wav'],
  [[heard], 'Who speaks in that recording?', 'Who speaks in this recording?', 'Asset:clock.mp3'],
];

/** What stands alone already, with or without turns before. */
const UNTOUCHED: readonly (readonly [readonly Turn[], string])[] = [
  [[cast], 'Where was Henry Walker born and when did he die?'],
  [[cast], 'When he was young, where did James Cook live?'],
  [[ship], 'In which year did the Evening Star end its service?'],
  [[ship], 'Which ship lost its captain?'],
  [[ship], 'What time is it?'],
  [[ship], 'How long does it take to cross the bay?'],
  [[ship], 'Is it true that whales sing?'],
  [[ship], 'Who sang It Happened in Monterey?'],
  [[ship], 'Who wrote "When she left"?'],
  [[born], 'Are there bells in Port Albert?'],
  [[born], 'Who lived in Port Albert and worked there?'],
  [[cast], 'Who cast the bell of Green Island?'],
  [[cast], 'What is the chapel bell made of?'],
  [[cast], 'Who keeps the photograph room?'],
  [[], 'Who directed the film that was shot in Leland in 1986?'],
  [[], 'What is the name of the second picture of the series?'],
  [[], 'And then there were none was written by whom?'],
  [[], 'Homer’s Odyssey is an episode. What character makes his first appearance in this episode?'],
  [[], 'where do they grow hops'],
  [[], 'Who is the mayor at this moment?'],
  [[barking], 'Is that sound advice?'],
  [[barking], 'What happens in the last scene?'],
  [[barking, cast], 'At the last moment, who saved the ship?'],
  [[barking, cast], 'At that moment, who was king?'],
  [[cat, cast], 'Who plays Romeo in this scene?'],
  [[], 'Who directed Jaws and what did this film cost?'],
];

describe('a question that points back', () => {
  test('at a sound is taken for its stretch of the recording', () => {
    const resolved = resolveQuestion('What makes that sound?', { turns: [barking] });
    const several = resolveQuestion('What is said during that sound?', { turns: [heardTwice] });
    expect(several).toMatchObject({
      kind: 'UNCLEAR',
      reason: 'SEVERAL_REFERENTS',
      start: 13,
      candidates: [
        { id: 'Segment:SOUND:3', name: 'yard.mp4, 0:03–0:05' },
        { id: 'Segment:SOUND:63.5', name: 'yard.mp4, 1:03–1:05' },
      ],
    });
    expect(resolved).toMatchObject({
      assetId: 'Asset:yard.mp4',
      references: [{ phrase: 'that sound', id: 'Segment:SOUND:63.5', name: 'yard.mp4' }],
    });
  });

  test.each(UNDERSTOOD.map(([turns, asked, ...rest]) => [asked, turns, ...rest] as const))(
    '%s',
    (asked, turns, understood, asset) => {
      const found = resolveQuestion(asked, { turns });
      expect(found).toMatchObject({ kind: 'CLEAR', text: understood });
      expect(found.kind === 'CLEAR' ? found.assetId : null).toBe(asset);
    },
  );

  test.each(UNTOUCHED.map(([turns, asked]) => [asked, turns] as const))(
    'is left alone where it stands alone: %s',
    (asked, turns) => {
      expect(resolveQuestion(asked, { turns })).toEqual({ kind: 'CLEAR', text: asked, references: [] });
    },
  );

  test('says what each phrase was taken for', () => {
    const found = resolveQuestion('When did he sell it?', { turns: [ship] });
    expect(found).toEqual({
      kind: 'CLEAR',
      text: 'When did Henry Walker sell the Morning Star?',
      references: [
        { phrase: 'he', id: 'Entity:Henry Walker', name: 'Henry Walker' },
        { phrase: 'it', id: 'Entity:Morning Star', name: 'Morning Star' },
      ],
    });
  });
});

describe('what comes with a question', () => {
  const asset = { id: 'Asset:new', modality: 'IMAGE', title: 'new.jpg' } as const;
  test('is what "it" and "this picture" are, whatever was spoken of', () => {
    for (const asked of ['What is it?', 'What is in this picture?', 'Is it in the picture?'])
      expect(resolveQuestion(asked, { turns: [ship, cat], asset })).toEqual({
        kind: 'CLEAR',
        text: asked,
        references: [],
      });
  });

  test('is not who "she" is, where someone was spoken of', () => {
    expect(resolveQuestion('Did she paint this?', { turns: [married], asset })).toMatchObject({
      text: 'Did Ann Reed paint this?',
    });
    expect(resolveQuestion('Who is she?', { turns: [], asset })).toMatchObject({ kind: 'CLEAR', text: 'Who is she?' });
  });

  test('is what the question before is asked of again', () => {
    expect(resolveQuestion('And in this one?', { turns: [cat], asset })).toMatchObject({
      text: 'What animal is in this picture?',
    });
  });
});

describe('a question that is unclear', () => {
  const unclear = (turns: readonly Turn[], asked: string) => {
    const found = resolveQuestion(asked, { turns });
    if (found.kind === 'CLEAR') throw new Error(`It was understood as ${found.text}.`);
    return {
      reason: found.reason,
      phrase: found.text.slice(found.start, found.end),
      wanted: found.wanted,
      names: found.candidates.map(({ name }) => name),
    };
  };

  test.each([
    ['What does he do?', 'he', 'PERSON'],
    ['Where was she born?', 'she', 'PERSON'],
    ['What is his trade?', 'his', 'PERSON'],
    ['Did he live in Whitby?', 'he', 'PERSON'],
    ['When was it built?', 'it', 'THING'],
  ])('with nothing said before: %s', (asked, phrase, wanted) => {
    expect(unclear([], asked)).toEqual({ reason: 'NO_REFERENT', phrase, wanted, names: [] });
  });

  test.each([
    ['What is in this picture?', 'this picture', 'IMAGE'],
    ['Who speaks in this recording?', 'this recording', 'AUDIO'],
    ['What is this?', 'this', 'IMAGE'],
  ])('with nothing shown: %s', (asked, phrase, wanted) => {
    expect(unclear([born], asked)).toEqual({ reason: 'NO_ASSET', phrase, wanted, names: [] });
  });

  test('where two fit equally', () => {
    expect(unclear([met], 'Where was he born?')).toMatchObject({
      reason: 'SEVERAL_REFERENTS',
      phrase: 'he',
      names: ['Henry Walker', 'Arthur Bell'],
    });
    expect(unclear([cat, flock], 'What is in the fourth picture?')).toMatchObject({
      reason: 'SEVERAL_REFERENTS',
      phrase: 'the fourth picture',
      names: ['cat.jpg', 'flock.jpg'],
    });
  });

  test('but not where the texts call one of the two otherwise', () => {
    expect(resolveQuestion('Where was he born?', { turns: [married] })).toMatchObject({
      text: 'Where was Thomas Miller born?',
    });
  });

  test('tells what it has resolved so far', () => {
    expect(resolveQuestion('Did he sell it to her?', { turns: [ship] })).toMatchObject({
      kind: 'UNCLEAR',
      text: 'Did Henry Walker sell the Morning Star to her?',
    });
  });
});
