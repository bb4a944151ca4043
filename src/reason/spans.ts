import { DATES } from '../dates.ts';
import type { EntityKind } from '../domain.ts';
import { kindOfName } from './answer-types.ts';
import type { Word } from './words.ts';

/** A phrase of a text that could answer something. */
export interface PhraseSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: EntityKind;
}

/** True for a proper name, of whatever kind. */
export function isName({ kind }: PhraseSpan): boolean {
  return kind !== 'CONCEPT' && kind !== 'QUANTITY' && kind !== 'DATE';
}

const NUMBER_WORD =
  '(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|' +
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|' +
  'hundred|thousand|dozen|half|once|twice|thrice)';
const QUANTITIES = new RegExp(
  `(?:[$£€] ?)?(?<![\\p{L}\\d.,])(?:\\d+(?:[.,]\\d+)*|${NUMBER_WORD})(?: ?%| percent| per cent)?(?:[- ](?:hundred|thousand|million|billion|trillion|dozen))?(?![\\p{L}\\d])`,
  'giu',
);
const UNIT =
  /^[- ]?(?:square |cubic )?(?:metres?|meters?|kilomet(?:re|er)s?|km²?|m\b|cm|mm|miles?|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?|tonnes?|tons?|kg|kilograms?|kilos?|grams?|pounds?|lbs?|litres?|liters?|gallons?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|times|degrees?|dollars?|euros?|pence|shillings?|knots|mph|km\/h)\b(?: and [\w-]+ (?:inches|feet|minutes|months|days|seconds|pence|shillings))?/iu;
const LINK = '(?:of|the|de|la|le|du|von|van|der|and|&|for|del|di|y|al-|bin|ibn)';
const NAMES = new RegExp(
  `(?:\\p{Lu}\\.\\s?)*\\p{Lu}[\\p{L}\\p{M}\\d'’&-]*(?:(?<=\\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|\\p{Lu}))\\.)?(?:\\s(?:${LINK}\\s){0,2}(?:["“(]\\p{Lu}[^"”)]*["”)]\\s)?(?:\\p{Lu}\\.\\s?)*\\p{Lu}[\\p{L}\\p{M}\\d'’&-]*(?:(?<=\\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|\\p{Lu}))\\.)?|\\s\\d{1,3}(?![\\d,.]))*`,
  'gu',
);
/** A name of names ("Ellen Carew and Thomas Hale") is also its parts. */
const JOINT = /\s+(?:and|&|of(?: the)?|for|in(?: the)?|at(?: the)?|on|to|the)\s+/u;

/** Dates, quantities, names, quotations and short noun phrases of a sentence, by their form alone. Overlaps are kept: scoring chooses. */
export function spansOf(text: string, words: readonly Word[]): PhraseSpan[] {
  const spans: PhraseSpan[] = [];
  const add = (start: number, end: number, kind: EntityKind) => {
    const phrase = text.slice(start, end);
    const trimmed = phrase.replace(/^[\s,;:.]+|[\s,;:]+$/gu, '').replace(/['’]s$/u, '');
    if (trimmed.length > 1 || /\d/.test(trimmed)) {
      const from = start + phrase.indexOf(trimmed);
      if (!spans.some((span) => span.start === from && span.end === from + trimmed.length))
        spans.push({ text: trimmed, start: from, end: from + trimmed.length, kind });
    }
  };
  for (const match of text.matchAll(DATES)) {
    const offset = match[1] ? match[0].lastIndexOf(match[1]) : 0;
    add(match.index + offset, match.index + match[0].length, 'DATE');
  }
  const dates = [...spans];
  for (const match of text.matchAll(QUANTITIES)) {
    const end = match.index + match[0].length;
    if (dates.some((date) => match.index >= date.start && end <= date.end)) continue;
    const unit = UNIT.exec(text.slice(end));
    add(match.index, end, 'QUANTITY');
    if (unit) add(match.index, end + unit[0].length, 'QUANTITY');
  }
  for (const match of text.matchAll(/["“]([^"”]{2,60})["”]/gu))
    add(match.index + 1, match.index + 1 + (match[1] ?? '').length, 'WORK');
  for (const match of text.matchAll(NAMES)) addName(match[0], match.index, words, add);
  addPhrases(words, text, add);
  return spans;
}

type Add = (start: number, end: number, kind: EntityKind) => void;

function addName(run: string, at: number, words: readonly Word[], add: Add): void {
  let start = at;
  let rest = run;
  // A sentence begins with a capital whether it is a name or not.
  for (;;) {
    const first = words.find((word) => word.start === start);
    if (!first?.stop) break;
    const cut = /^\S+\s*/u.exec(rest)?.[0].length ?? rest.length;
    start += cut;
    rest = rest.slice(cut);
    if (rest === '') return;
  }
  // "Sailors brought …": a plural at the beginning is no name, as far as its form tells.
  const common = start === 0 && /^\p{Lu}\p{Ll}+[^s]s$/u.test(rest);
  add(start, start + rest.length, common ? 'CONCEPT' : (kindOfName(rest) ?? 'NAME'));
  if (!JOINT.test(rest)) return;
  let offset = start;
  for (const part of rest.split(new RegExp(`(${JOINT.source})`, 'u'))) {
    if (/^\p{Lu}/u.test(part)) add(offset, offset + part.length, kindOfName(part) ?? 'NAME');
    offset += part.length;
  }
}

/** Runs of content words within punctuation, and their tails ("an old brass bell" → "old brass bell", "brass bell", "bell"). */
function addPhrases(words: readonly Word[], text: string, add: Add): void {
  let run: Word[] = [];
  const close = () => {
    for (let i = 0; i < run.length; i += 1) {
      const [first, last] = [run[i], run.at(-1)];
      if (first && last && run.length - i <= 4) add(first.start, last.end, 'CONCEPT');
    }
    const [first, second] = run;
    if (first && run.length > 1) add(first.start, first.end, 'CONCEPT');
    if (first && second && run.length > 2) add(first.start, second.end, 'CONCEPT');
    run = [];
  };
  for (const word of words) {
    const last = run.at(-1);
    const apart = last !== undefined && /[^\s\-"“”'’]/u.test(text.slice(last.end, word.start));
    if (word.stop || apart) close();
    if (!word.stop && /\p{L}/u.test(word.text)) run.push(word);
  }
  close();
}
