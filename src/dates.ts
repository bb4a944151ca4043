/** Dates as texts write them: where they stand, and from which day to which they may be. Calendar dates alone, no clock. */

const MONTH =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.?|Feb\\.?|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?)';

/** Dates and times of day by their form alone; group 1 is a month after "in ". */
export const DATES = new RegExp(
  [
    `\\b\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}(?:,? \\d{4})?`,
    `\\b${MONTH} \\d{1,2}(?:st|nd|rd|th)?(?:\\s*,? \\d{4})?\\b`,
    `\\b${MONTH}(?:,? (?:of )?\\d{4})\\b`,
    `\\b(?:spring|summer|autumn|winter|fall|early|mid|late)(?:[- ]| of )(?:the )?\\d{4}s?\\b`,
    '\\b(?:the )?(?:early |mid-?|late )?(?:1[0-9]|20)\\d0s\\b',
    '\\b(?:early |late |mid-?)?(?:\\d{1,2}(?:st|nd|rd|th)|(?:nine|eigh|seven|six|fif|four|thir|twen)[a-z]*th) century(?: BCE?| AD)?\\b',
    '\\b\\d{1,4} (?:BCE?|AD|CE)\\b',
    '\\b(?:1[0-9]|20)\\d\\d\\b(?![.,]?\\d| (?:metres|meters|feet|people|miles|km|tons|men))',
    "\\b\\d{1,2}(?:[:.]\\d\\d)? ?(?:a\\.m\\.|p\\.m\\.|am\\b|pm\\b|o[’']clock\\b)",
    `\\b(?:in )(${MONTH})\\b(?!,? (?:of )?\\d)`,
    '\\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\\b',
    '\\b(?:noon|midnight|dawn|dusk)\\b',
  ].join('|'),
  'gu',
);

export type DatePrecision = 'DAY' | 'MONTH' | 'SEASON' | 'YEAR' | 'DECADE' | 'CENTURY';

/** From the first day that a date may be to the last one, ISO 8601; the year 0000 is 1 BC. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
  /** How exactly the text tells it. */
  readonly precision: DatePrecision;
}

/** A date in a text. */
export interface FoundDate extends DateRange {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The first three letters of each month, in order. */
export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );

interface Read {
  /** Counted as ISO 8601 counts: 0 is 1 BC. Of a century, its first. */
  readonly year: number;
  /** From 1. */
  readonly month?: number;
  readonly day?: number;
  readonly precision: DatePrecision;
}

function read(text: string): Read | undefined {
  const lower = text.toLowerCase();
  const bc = /\bBCE?\b/.test(text);
  const century = /\b(?:(\d{1,2})(?:st|nd|rd|th)|([a-z]+th)) century/.exec(lower);
  if (century) {
    const number = century[1] === undefined ? ORDINALS.indexOf(century[2] ?? '') + 1 : Number(century[1]);
    if (number < 1) return undefined;
    return { year: bc ? 1 - number * 100 : (number - 1) * 100 + 1, precision: 'CENTURY' };
  }
  const [, digits, plural] =
    /\b(\d{4})(s?)\b/.exec(text) ?? /\b(\d{1,4})() (?:BCE?|AD|CE)\b/.exec(text) ?? ([] as undefined[]);
  if (digits === undefined) return undefined;
  const year = bc ? 1 - Number(digits) : Number(digits);
  if (plural === 's') return { year, precision: 'DECADE' };
  const month = MONTHS.findIndex((name) => new RegExp(`\\b${name}`).test(lower)) + 1;
  const day = Number(/\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)/.exec(lower.replace(digits, ''))?.[1] ?? 0);
  if (month > 0 && day >= 1 && day <= lastDay(year, month)) return { year, month, day, precision: 'DAY' };
  if (month > 0) return { year, month, precision: 'MONTH' };
  return { year, precision: /\b(?:spring|summer|autumn|fall|winter)\b/.test(lower) ? 'SEASON' : 'YEAR' };
}

/** A date as years with a fraction, to be put in order; undefined when it names no year. */
export function dateValue(text: string): number | undefined {
  const date = read(text);
  return date && date.year + (date.month ?? 0) / 13 + (date.day ?? 0) / 500;
}

const SPAN: Readonly<Record<DatePrecision, number>> = {
  DAY: 1,
  MONTH: 1,
  SEASON: 1,
  YEAR: 1,
  DECADE: 10,
  CENTURY: 100,
};

/**
 * The days that a date may be; undefined when it names no year. A season is anywhere in its year: which months it has
 * depends on the hemisphere, and a winter is in two years. "Early", "mid" and "late" are the first, the middle and the
 * last half.
 */
export function rangeOf(text: string): DateRange | undefined {
  const date = read(text);
  if (!date) return undefined;
  const { year, month, day, precision } = date;
  if (month !== undefined) {
    const [from, to] = [day ?? 1, day ?? lastDay(year, month)];
    return { from: iso(year, month, from), to: iso(year, month, to), precision };
  }
  const months = SPAN[precision] * 12;
  const [first, last] = /\bearly\b/i.test(text)
    ? [0, months / 2]
    : /\bmid(?:dle)?\b|\bmid-?/i.test(text)
      ? [months / 4, (3 * months) / 4]
      : /\blate\b/i.test(text)
        ? [months / 2, months]
        : [0, months];
  const end = last - 1;
  return {
    from: iso(year + Math.floor(first / 12), (first % 12) + 1, 1),
    to: iso(year + Math.floor(end / 12), (end % 12) + 1, lastDay(year + Math.floor(end / 12), (end % 12) + 1)),
    precision,
  };
}

/** Dates of a text that name a year, in its order; "from 1879 to 1895" is one. */
export function findDates(text: string): FoundDate[] {
  const found: FoundDate[] = [];
  for (const match of text.matchAll(DATES)) {
    const range = rangeOf(match[0]);
    if (!range) continue;
    const date = { ...range, text: match[0], start: match.index, end: match.index + match[0].length };
    const before = found.at(-1);
    if (before && isPeriod(text, before, date)) {
      found.splice(-1, 1, {
        from: before.from,
        to: date.to,
        precision: SPAN[before.precision] > SPAN[date.precision] ? before.precision : date.precision,
        text: text.slice(before.start, date.end),
        start: before.start,
        end: date.end,
      });
    } else found.push(date);
  }
  return found;
}

function isPeriod(text: string, first: FoundDate, last: FoundDate): boolean {
  if (first.from > last.to || first.from.startsWith('-') || last.to.startsWith('-')) return false;
  const between = text.slice(first.end, last.start);
  if (/^\s?[-–—]\s?$/.test(between)) return true;
  const opening = /\b(from|between)\s+(?:the\s+)?$/i.exec(text.slice(0, first.start))?.[1]?.toLowerCase();
  return opening === 'from'
    ? /^,? (?:to|until|till|through) (?:the )?$/.test(between)
    : opening === 'between' && /^ and (?:the )?$/.test(between);
}

/** A number by which ISO dates are in order, also before the year 0. */
export function daysOf(date: string): number {
  const [, sign = '', year = '', month = '', day = ''] = /^(-?)(\d+)-(\d+)-(\d+)$/.exec(date) ?? [];
  return (Number(`${sign}${year}`) * 12 + Number(month)) * 31 + Number(day);
}

function lastDay(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function iso(year: number, month: number, day: number): string {
  const padded = [month, day].map((part) => String(part).padStart(2, '0')).join('-');
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${padded}`;
}
