import { describe, expect, it } from 'vitest';
import { readAloud, splitLong } from '../../../src/adapters/speaking/read-aloud.ts';

const said = (text: string) =>
  readAloud(text)
    .flatMap(({ says }) => says)
    .join(' ');

describe('readAloud', () => {
  it.each([
    ['1,234,567 people', 'one million two hundred thirty four thousand five hundred sixty seven people'],
    ['3.14 and .5', 'three point one four and zero point five'],
    ['−5 °C', 'minus five degrees celsius'],
    ['the 21st', 'the twenty first'],
    ['007', 'zero zero seven'],
    [
      'in 1999, 1905, 1800, 2005 and 2020',
      'in nineteen ninety nine nineteen oh five eighteen hundred two thousand five and twenty twenty',
    ],
    ['the 1990s and the ’80s', 'the nineteen nineties and the eighties'],
    ['1939–45', 'nineteen thirty nine to forty five'],
    ['10-20 men', 'ten to twenty men'],
    ['3/4 and 1/2 and 22/7', 'three quarters and one half and twenty two sevenths'],
    ['version 2.0.1', 'version two point zero point one'],
  ])('reads the number in %j', (text, words) => expect(said(text)).toBe(words));

  it.each([
    ['$1', 'one dollar'],
    ['$1,234.56', 'one thousand two hundred thirty four dollars and fifty six cents'],
    ['£0.01', 'one penny'],
    ['€3.5 million', 'three point five million euros'],
    ['50%', 'fifty percent'],
    ['5 km, 1 kg and 60 mph', 'five kilometers one kilogram and sixty miles per hour'],
  ])('reads the amount %j', (text, words) => expect(said(text)).toBe(words));

  it.each([
    ['2020-03-14', 'march fourteenth twenty twenty'],
    ['12/31/1999', 'december thirty first nineteen ninety nine'],
    ['at 9:05 am', 'at nine oh five A M'],
    ['at 12:00', "at twelve o'clock"],
    ['3:45 p.m.', 'three forty five P M'],
  ])('reads the date or time in %j', (text, words) => expect(said(text)).toBe(words));

  it.each([
    ['Dr. Smith lives on Main St. in St. Louis', 'doctor smith lives on main street in saint louis'],
    ['cats, e.g. lions, etc.', 'cats for example lions et cetera'],
    ['See fig. 3 on p. 12', 'see figure three on page twelve'],
    ['Henry VIII and World War II', 'henry the eighth and world war two'],
    ['the FBI’s men in the U.S. Army', "the F B I's men in the U S army"],
    ['J. R. R. Tolkien', 'J R R tolkien'],
    ['H2O and MP3s on YouTube', "H two O and M P three's on you tube"],
    ['I do NOT know', 'i do not know'],
    ['THE SHIP WILL SAIL', 'the ship will sail'],
    ['café, naïve, Łódź', 'cafe naive lodz'],
    ['a.b@example.com or www.w3.org', 'A dot B at example dot com or W W W dot W three dot org'],
    ['R&D, 2 + 2 = 4', 'R and D two plus two equals four'],
    ['a 9-year-old, well-known', 'a nine year old well known'],
  ])('reads the short forms and signs of %j', (text, words) => expect(said(text)).toBe(words));

  it('keeps each word as it is written, with the pause after it', () => {
    expect(readAloud('“Well,” he said (softly) – it cost $5.50…  Why?')).toEqual([
      { text: 'Well', says: ['well'], after: ',' },
      { text: 'he', says: ['he'] },
      { text: 'said', says: ['said'], after: ',' },
      { text: 'softly', says: ['softly'], after: ',' },
      { text: 'it', says: ['it'] },
      { text: 'cost', says: ['cost'] },
      { text: '$5.50', says: ['five', 'dollars', 'and', 'fifty', 'cents'], after: ',' },
      { text: 'Why', says: ['why'], after: '?' },
    ]);
    expect(readAloud('At 5 p.m.').at(-1)).toEqual({ text: '5 p.m.', says: ['five', 'P', 'M'], after: '.' });
  });

  it('finds nothing to say in signs, pictures and other scripts', () => {
    expect(readAloud('… — 🙂 你好!')).toEqual([]);
    expect(readAloud('')).toEqual([]);
  });
});

describe('splitLong', () => {
  it('cuts a long sentence after its pauses, or between words where there is none, and loses no word', () => {
    const clause = 'the boat went down the long river to the sea,';
    const words = readAloud(`${clause} `.repeat(12));
    const parts = splitLong(words);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flat().map(({ text }) => text)).toEqual(words.map(({ text }) => text));
    for (const part of parts) expect(part.at(-1)?.after).toBe(',');
    const unbroken = splitLong(readAloud('boat '.repeat(200)));
    expect(unbroken.flat()).toHaveLength(200);
    expect(Math.max(...unbroken.map((part) => part.length))).toBeLessThan(60);
    expect(splitLong(readAloud('Short.'))).toHaveLength(1);
  });
});
