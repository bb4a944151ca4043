import { AUXILIARY, RELATIVE } from './function-words.ts';
import { verbForm } from '../word-forms.ts';
import type { Word } from './words.ts';

/**
 * The main verb. "Who built …", "which river flows …": the first verb behind the question word; "where was the man who cast
 * the bell born", "when did the inn open": the last one outside the relative clause.
 */
export function mainVerb(words: readonly Word[], at: number, headAt: number): Word | undefined {
  const from = Math.max(at, headAt) + 1;
  const auxAt = words.findIndex((word, i) => i >= from && i <= from + 1 && AUXILIARY.test(word.text));
  if (auxAt < 0) {
    const first = words[from];
    return first && !first.stop && !first.capital ? first : clauseAt(words, from).find((word) => isVerb(word));
  }
  const relativeAt = words.findIndex((word, i) => i > auxAt && RELATIVE.test(word.text));
  // "did … build", "was … built": the auxiliary tells the form.
  const form = /^(?:did|do|does|can|could|will|would)$/i.test(words[auxAt]?.text ?? '') ? 'BASE' : 'PAST';
  const tail = words.findLastIndex((word, i) => i > auxAt && isVerb(word, form));
  if (relativeAt < 0 || tail < relativeAt) return words[tail];
  const before = words.slice(auxAt, relativeAt).findLast((word) => isVerb(word, form));
  if (before) return before;
  // Behind a relative clause only a second verb is the main one: "the man who cast the bell born".
  const within = words.slice(relativeAt, tail).some((word) => isVerb(word) || AUXILIARY.test(word.text));
  return within && words.slice(tail + 1).every((word) => word.stop || word.capital) ? words[tail] : undefined;
}

/** A few words, up to a relative clause. */
function clauseAt(words: readonly Word[], from: number): readonly Word[] {
  const near = words.slice(from, from + 4);
  const relative = near.findIndex((word) => RELATIVE.test(word.text));
  return relative < 0 ? near : near.slice(0, relative);
}

/**
 * Words from the question word to the next relative clause, and from the main verb behind it; the run before the question
 * word when that stands at the end.
 */
export function clauseOf(words: readonly Word[], at: number, verb: Word | undefined): Word[] {
  const clause: Word[] = [];
  for (let i = at + 1; i < words.length; i += 1) {
    const word = words[i];
    if (!word || (i > at + 2 && RELATIVE.test(word.text))) break;
    clause.push(word);
  }
  if (verb && !clause.includes(verb) && words.indexOf(verb) > at) clause.push(...words.slice(words.indexOf(verb)));
  return clause.some((word) => !word.stop) ? clause : words.slice(Math.max(0, at - 6), at);
}

/** True for a lower-case word that looks like a verb, of the form where one is given. */
function isVerb(word: Word | undefined, form?: 'BASE' | 'PAST'): boolean {
  if (word === undefined || word.stop || word.capital) return false;
  const found = verbForm(word.text);
  return found !== undefined && (form === undefined || found === form || found === 'EITHER');
}
