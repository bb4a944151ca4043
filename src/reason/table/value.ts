import { MONTHS } from '../../dates.ts';

/** What a cell says beside its words. */
export interface Value {
  /** The first number: commas, units, currency and marks of a tie ("T-3") put aside. */
  readonly number?: number;
  /** A duration or a time of day in seconds: "2:00.11", "1:57:43.485". */
  readonly seconds?: number;
  readonly year?: number;
  /** Days since the year 0, roughly: for order and for differences in years. */
  readonly day?: number;
  /** 1…12. */
  readonly month?: number;
}

const MONTH = /\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b/i;
const TIME = /^[+±]?(?:(\d{1,3}):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)(?!\d)/;
const YEAR = /(?<!\d)(1\d{3}|20\d{2})(?!\d)/;
const NUMBER = /(?<![\p{L}\d.])([-−–]?)[$€£¥~≈<>+#]?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?/u;

/** Marks that point at a footnote, and those before a shared rank. */
export function withoutMarks(text: string): string {
  return text
    .replace(/\[[^\]]{1,12}\]/g, '')
    .replace(/[†‡*^♦♠•]+/g, '')
    .replace(/^T-?(?=\d)/, '')
    .trim();
}

/** Reads a cell: a number, a time, a date, or several of them ("12 June 1968" has a year and a day). */
export function readValue(written: string): Value {
  const text = withoutMarks(written);
  const time = TIME.exec(text);
  const seconds = time
    ? Number(time[1] ?? 0) * 3600 + Number(time[2]) * 60 + Number((time[3] ?? '0').replace(',', '.'))
    : undefined;
  const number = readNumber(text);
  return {
    ...(number === undefined ? {} : { number }),
    ...(seconds === undefined ? {} : { seconds }),
    ...readDate(text),
  };
}

/** The first number of a text; of "−14" it is negative, of "2–0" the 2. */
export function readNumber(text: string): number | undefined {
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const before = text.slice(0, match.index);
  const negative = match[1] !== '' && !/\S$/.test(before);
  const value = Number((match[2] ?? '').replaceAll(',', '') + (match[3] ?? ''));
  const scale = /^\s*(?:million|m\b)/i.test(text.slice(match.index + match[0].length))
    ? 1e6
    : /^\s*(?:billion|bn\b)/i.test(text.slice(match.index + match[0].length))
      ? 1e9
      : 1;
  return (negative ? -value : value) * (scale > 1 && /million|billion|bn/i.test(text) ? scale : 1);
}

function readDate(text: string): Pick<Value, 'year' | 'day' | 'month'> {
  const numeric = /(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)/.exec(text);
  const iso = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(text);
  const name = MONTH.exec(text)?.[1]?.toLowerCase().slice(0, 3);
  const named = name === undefined ? undefined : MONTHS.indexOf(name) + 1;
  // A month of no known order ("03/04/2010") is taken as the first number.
  const month = named ?? Number(iso?.[2] ?? numeric?.[1] ?? 0);
  const year = YEAR.exec(text)?.[1];
  const dayOfMonth = Number(
    iso?.[3] ?? numeric?.[2] ?? (named ? (/(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d|:)/.exec(text)?.[1] ?? 0) : 0),
  );
  if (year === undefined && !month) return {};
  const valid = month >= 1 && month <= 12;
  return {
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(valid ? { month } : {}),
    day: Number(year ?? 0) * 365.25 + (valid ? (month - 1) * 30.44 : 0) + dayOfMonth,
  };
}

/** A number as one writes it: no digits that a computer's rounding made. */
export function written(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}

/** Seconds as a time: "5:50", "1:02:03.5". */
export function writtenTime(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = Math.round((seconds % 60) * 1000) / 1000;
  const two = (value: number) => (value < 10 ? `0${value}` : String(value));
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
