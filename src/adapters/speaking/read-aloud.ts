import { RULES } from './reading-rules.ts';

/** A word as it is written, and what is said for it. */
export interface SaidWord {
  readonly text: string;
  /** Words in lower case; a letter that is said by its name is in upper case. */
  readonly says: readonly string[];
  /** The pause or ending after it, as the voice knows it. */
  readonly after?: ',' | ';' | ':' | '.' | '?' | '!';
}

/** The words of a text in order, with what is said for each: numbers, dates, money, short forms and letters spelt out. */
export function readAloud(text: string): SaidWord[] {
  const shouted = !/\p{Ll}{2}/u.test(text) && (text.match(/\p{Lu}{2,}/gu)?.length ?? 0) > 2;
  const words: { text: string; says: readonly string[]; after?: NonNullable<SaidWord['after']> }[] = [];
  let at = 0;
  while (at < text.length) {
    const found = firstRule(text, at, shouted);
    if (found) {
      at += found.text.length;
      // The full stop of a short form is the sentence's too.
      const ends = found.text.endsWith('.') && /^["'”’)\]\s]*$/.test(text.slice(at));
      words.push({ ...found, ...(ends ? { after: '.' as const } : {}) });
    } else {
      const pause = pauseAt(text, at);
      const last = words.at(-1);
      if (pause && last) last.after = stronger(last.after, pause);
      at += text.codePointAt(at) === text.charCodeAt(at) ? 1 : 2;
    }
  }
  return words.map((word) => ({ ...word, text: word.text.trim() }));
}

/** Letters that are spoken in one go. */
const MOST_LETTERS = 260;

/** A sentence too long for one go, cut after its pauses; without any, between words, where a pause is put. */
export function splitLong(words: readonly SaidWord[]): SaidWord[][] {
  const parts: SaidWord[][] = [];
  let part: SaidWord[] = [];
  let letters = 0;
  for (const word of words) {
    part.push(word);
    letters += word.says.join(' ').length + 1;
    if (letters < MOST_LETTERS) continue;
    const pause = part.findLastIndex(({ after }, i) => after !== undefined && i > part.length / 3);
    const cut = pause < 0 ? part.length : pause + 1;
    const rest = part.slice(cut);
    parts.push(part.slice(0, cut).map((one, i) => (i === cut - 1 ? { ...one, after: one.after ?? ',' } : one)));
    part = rest;
    letters = rest.reduce((sum, { says }) => sum + says.join(' ').length + 1, 0);
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

function firstRule(text: string, at: number, shouted: boolean): { text: string; says: readonly string[] } | undefined {
  for (const [pattern, say] of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match?.[0]) continue;
    const place = { before: text.slice(Math.max(0, at - 40), at), rest: text.slice(at + match[0].length), shouted };
    const says = say(match, place)?.filter((word) => word !== '');
    if (says && says.length > 0) return { text: match[0], says };
  }
  return undefined;
}

const STRENGTH = ',:;.!?';
const stronger = <T extends NonNullable<SaidWord['after']>>(a: T | undefined, b: T): T =>
  a !== undefined && STRENGTH.indexOf(a) >= STRENGTH.indexOf(b) ? a : b;

function pauseAt(text: string, at: number): SaidWord['after'] {
  const sign = text.charAt(at);
  if (STRENGTH.includes(sign)) return sign as NonNullable<SaidWord['after']>;
  if (sign === '…') return ',';
  if ('()[]—'.includes(sign)) return ',';
  return /[–-]/.test(sign) && /\s/.test(text.charAt(at - 1)) && /\s/.test(text.charAt(at + 1)) ? ',' : undefined;
}
