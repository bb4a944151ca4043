import { toCardinal, toOrdinal } from 'n2words/en-US';

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
/** From here on a whole number is said digit by digit. */
const MOST_DIGITS = 15;

const split = (words: string) => words.split(/[\s-]+/);

/** Digit by digit: "007" → zero zero seven. */
export function digitWords(digits: string): string[] {
  return [...digits].flatMap((digit) => DIGITS[Number(digit)] ?? []);
}

/** "1,234.5", "12", "-3", ".5" → words. A number with a leading zero, or too long to be grasped, digit by digit. */
export function cardinalWords(written: string): string[] {
  const [, sign, whole = '', , fraction] = /^([-−]?)([\d,]*)(\.(\d+))?$/.exec(written) ?? [];
  const digits = whole.replaceAll(',', '');
  const byDigit = digits.length > MOST_DIGITS || (digits.length > 1 && digits.startsWith('0'));
  return [
    ...(sign ? ['minus'] : []),
    ...(byDigit ? digitWords(digits) : split(toCardinal(BigInt(digits || '0')))),
    ...(fraction ? ['point', ...digitWords(fraction)] : []),
  ];
}

/** "21" → twenty first. */
export function ordinalWords(digits: string): string[] {
  return split(toOrdinal(BigInt(digits)));
}

/** A year, or a number that is said as one: 1999 → nineteen ninety nine, 2005 → two thousand five, 1800 → eighteen hundred. */
export function yearWords(digits: string): string[] {
  const [century, rest] = [digits.slice(0, -2), digits.slice(-2)];
  if (digits.length !== 4 || century === '10' || century.startsWith('0') || (century === '20' && rest.startsWith('0')))
    return cardinalWords(digits);
  if (rest === '00') return [...cardinalWords(century), 'hundred'];
  return [
    ...cardinalWords(century),
    ...(rest.startsWith('0') ? ['oh', ...digitWords(rest.slice(1))] : cardinalWords(rest)),
  ];
}

/** A decade: "1990" → nineteen nineties, "80" → eighties. */
export function decadeWords(digits: string): string[] {
  const words = digits.length === 4 ? yearWords(digits) : cardinalWords(digits);
  const last = words.at(-1) ?? '';
  return [...words.slice(0, -1), last.endsWith('y') ? `${last.slice(0, -1)}ies` : `${last}s`];
}

const FRACTIONS: Readonly<Record<string, string>> = { '2': 'half', '4': 'quarter' };

/** "3/4" → three quarters; what is no fraction that people say → "three over seventeen". */
export function fractionWords(above: string, below: string): string[] {
  if (below.length > 2 || Number(below) < 2 || below.startsWith('0'))
    return [...cardinalWords(above), 'over', ...cardinalWords(below)];
  const part = FRACTIONS[below] ?? ordinalWords(below).join(' ');
  if (above === '1') return ['one', ...split(part)];
  return [...cardinalWords(above), ...split(part === 'half' ? 'halves' : `${part}s`)];
}

/** "9:05" → nine oh five, "12:00" → twelve o'clock, "14:00" → fourteen hundred. */
export function timeWords(hour: string, minute: string, hasHalf: boolean): string[] {
  const hours = cardinalWords(String(Number(hour)));
  if (minute === '00') return hasHalf ? hours : Number(hour) > 12 ? [...hours, 'hundred'] : [...hours, "o'clock"];
  return [...hours, ...(minute.startsWith('0') ? ['oh', ...digitWords(minute.slice(1))] : cardinalWords(minute))];
}

/** [one, many, hundredth, hundredths] of a currency's sign. */
const CURRENCIES: Readonly<Record<string, readonly [string, string, string, string]>> = {
  $: ['dollar', 'dollars', 'cent', 'cents'],
  '£': ['pound', 'pounds', 'penny', 'pence'],
  '€': ['euro', 'euros', 'cent', 'cents'],
  '¥': ['yen', 'yen', 'sen', 'sen'],
};
export const CURRENCY_SIGNS: string = Object.keys(CURRENCIES).join('');

/** "$", "1,234.50" → … dollars and fifty cents; with a scale ("million") the decimals stay with the number. */
export function moneyWords(sign: string, amount: string, scale?: string): string[] {
  const [one, many, cent, cents] = CURRENCIES[sign] ?? ['', '', '', ''];
  const [whole = '0', fraction] = amount.split('.');
  if (scale || (fraction && fraction.length !== 2)) return [...cardinalWords(amount), ...(scale ? [scale] : []), many];
  const said = [...cardinalWords(whole), Number(whole.replaceAll(',', '')) === 1 ? one : many];
  if (!fraction || Number(fraction) === 0) return said;
  const rest = [...cardinalWords(String(Number(fraction))), Number(fraction) === 1 ? cent : cents];
  return Number(whole) === 0 ? rest : [...said, 'and', ...rest];
}

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

/** Value of a Roman numeral up to 300, or undefined where it is none: VIII → 8, IC → undefined. */
export function romanNumber(numeral: string): number | undefined {
  if (!/^(?=[IVXLC])C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$/.test(numeral)) return undefined;
  const values = [...numeral].map((letter) => ROMAN[letter] ?? 0);
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0);
}
