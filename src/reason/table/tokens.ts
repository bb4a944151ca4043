import { stem } from '../../word-forms.ts';

/** A word or number of a question, a header or a cell, without accents and in lower case. */
export interface Token {
  readonly text: string;
  readonly stem: string;
  /** A word that only carries grammar. */
  readonly stop: boolean;
  readonly number?: number;
}

const STOP = new Set(
  (
    'a an the this that these those there of to in on at by for from with as and or but is are was were be been being do does did has have had ' +
    'will would can could may it its he she they them his her their who whom whose which what when where why how not no any all each ' +
    'i you we me us my your our s than then if so into during within per did'
  ).split(' '),
);

/** Tokens in order. Hyphens part words; numbers keep their fraction, lose their commas. */
export function tokensOf(text: string): Token[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s\b/g, '');
  return [
    ...plain.matchAll(
      /(?<![^\s(])[-−–](?=\d)\d+(?:\.\d+)?(?![\p{L}\d])|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[.:]\d+)*(?:st|nd|rd|th)?(?![\p{L}\d])|[\p{L}\d]+/gu,
    ),
  ].map(([match]) => {
    const digits = /^(-?\d+(?:,\d{3})*(?:\.\d+)?)(?:st|nd|rd|th)?$/
      .exec(match.replace(/^[−–]/, '-'))?.[1]
      ?.replaceAll(',', '');
    const number = digits === undefined ? NUMBER_WORDS.get(match) : Number(digits);
    return {
      text: match,
      stem: digits === undefined ? stem(match) : digits,
      stop: STOP.has(match),
      ...(number === undefined ? {} : { number }),
    };
  });
}

/** No plain object, which would have a "constructor". */
const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    twenty: 20,
    thirty: 30,
  }),
);
