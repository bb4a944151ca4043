import { kindsOfHead } from '../reason/answer-types.ts';
import { AUXILIARY, PREPOSITION, WH } from '../reason/function-words.ts';
import { wordsOf, type Word } from '../reason/words.ts';

/** A word that points at something said before, and nothing in its own question tells at what. */
export interface Pronoun {
  readonly start: number;
  readonly end: number;
  readonly wants: 'HE' | 'SHE' | 'IT' | 'THEY' | 'THERE';
  readonly isPossessive: boolean;
}

const FORMS: Readonly<Record<string, Pronoun['wants']>> = {
  he: 'HE',
  him: 'HE',
  his: 'HE',
  she: 'SHE',
  her: 'SHE',
  it: 'IT',
  its: 'IT',
  they: 'THEY',
  them: 'THEY',
  their: 'THEY',
  there: 'THERE',
};

/** "It" that stands for nothing. */
const EMPTY_IT =
  /\b(?:what\s+time\s+(?:is|was)\s+it|(?:is|was)\s+it\s+(?:true|possible|likely|known|said|important|necessary|difficult|hard|easy|better|good|bad|useful|common|legal|illegal|safe|because|when|where|who|that|not\s+true|raining|snowing|dark|cold|hot|day|night)|it\s+(?:is|was)\s+[^?]*\bthat\b|(?:might|would|could|can|should|will)\s+it\s+be\b|(?:does|did|will|would)\s+it\s+(?:take|cost|matter|mean|rain|snow)|(?:is|was)\s+it\s+[^?]*\bthat\b)/i;
/** "There" that stands for no place: beside a form of "be". */
const BE =
  /^(?:is|are|was|were|be|been|isn't|aren't|wasn't|weren't|will|would|can|could|has|have|had|might|may|must)$/i;
const CALENDAR =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter)$/;
const DETERMINER = /^(?:the|an?|this|that|these|those|each|every|some|any)$/i;
/** Nouns that say when, how much or what of something: no pronoun stands for them. */
const OF_SOMETHING =
  /^(?:year|time|day|date|month|week|century|decade|moment|name|end|beginning|start|way|kind|sort|type|number|first|last|same|other|picture|photo|photograph|image|recording|sound|reason|result)$/i;
const PLACING = /^(?:in|at|near|from|to|into|around|outside|inside|of|on)$/i;
/** "When he was young, where did Cook live?": the name follows. */
const FORWARD =
  /^(?:when|while|after|before|as|although|though|because|since|until|in|during|with|despite|by)\b[^,]*,\s*.*\p{Lu}/iu;
const IMPERATIVE = /^(?:name|tell|list|describe|give|show|find|explain|compare|say)$/i;

/** Pronouns of a question that its own words leave open, in order. */
export function openPronouns(text: string): Pronoun[] {
  const words = wordsOf(text);
  const found: Pronoun[] = [];
  for (const [i, word] of words.entries()) {
    const form = word.text.toLowerCase();
    const wants = FORMS[form];
    if (!wants || isTitle(words, i) || isQuoted(text, word)) continue;
    const next = words[i + 1];
    const isPossessive =
      form === 'his' || form === 'its' || form === 'their' || (form === 'her' && next !== undefined && !next.stop);
    if (wants === 'IT' && !isPossessive && EMPTY_IT.test(text)) continue;
    if (wants === 'THERE' && (BE.test(words[i - 1]?.text ?? '') || BE.test(next?.text ?? '') || i === 0)) continue;
    if (FORWARD.test(text) && word.start < text.indexOf(',') && !/^(?:in|by)\s+(?:which|what)\b/i.test(text)) continue;
    if (isBound(words, i, wants, isPossessive)) continue;
    found.push({ start: word.start, end: word.end, wants, isPossessive });
  }
  return found;
}

/** Whether the question gives a name of its own. */
export function namesSomething(text: string): boolean {
  const words = wordsOf(text);
  return words.some((_, i) => isName(words, i)) || /["“]/.test(text);
}

/** Whether it gives a name that is no place's, as far as the word before tells. */
export function namesSomebody(text: string): boolean {
  const words = wordsOf(text);
  return words.some((_, i) => isName(words, i) && !isName(words, i - 1) && !PLACING.test(words[i - 1]?.text ?? ''));
}

/** "It Happened One Night", "The Day They Came". */
function isTitle(words: readonly Word[], i: number): boolean {
  const word = words[i];
  if (!word?.capital) return false;
  return i > 0 || (words[i + 1]?.capital ?? false);
}

function isQuoted(text: string, { start, end }: Word): boolean {
  return [...text.matchAll(/["“][^"”]*["”]/gu)].some(
    (match) => match.index < start && end < match.index + match[0].length,
  );
}

function isName(words: readonly Word[], i: number): boolean {
  const word = words[i];
  if (!word?.capital || CALENDAR.test(word.text)) return false;
  if (i > 0) return !word.stop && !WH.test(word.text);
  return !word.stop && !WH.test(word.text) && !AUXILIARY.test(word.text) && !IMPERATIVE.test(word.text);
}

/** Whether something before the pronoun is what it stands for. */
function isBound(words: readonly Word[], at: number, wants: Pronoun['wants'], isPossessive: boolean): boolean {
  for (let i = 0; i < at; i++) {
    const [before, word] = [words[i - 1]?.text ?? '', words[i]];
    if (!word) continue;
    if (isName(words, i)) {
      const isPlace = PLACING.test(before) && before.toLowerCase() !== 'of';
      if (wants === 'THERE' ? isPlace : wants === 'IT' || !isPlace) return true;
      continue;
    }
    if (word.stop || WH.test(word.text)) continue;
    const isPerson = kindsOfHead(word.stem).includes('PERSON') && !/(?:ed|ing)$/.test(word.text);
    const asks = asking(words, i);
    // "Which ship lost its captain?", but "in which year was its captain born?" and "which captain did he follow?".
    if (
      asks &&
      !(isPossessive && !AUXILIARY.test(words[at - 1]?.text ?? '') && !PREPOSITION.test(words[0]?.text ?? ''))
    )
      continue;
    if (wants === 'THEY') {
      if (/(?:[^s]s|people|children|men|women)$/i.test(word.text) && !AUXILIARY.test(word.text)) return true;
      continue;
    }
    if (!asks && !determined(words, i)) continue;
    // "The length of its hull": the noun is of what the pronoun stands for.
    if (/^of$/i.test(words[i + 1]?.text ?? '') && i + 2 === at) continue;
    if (OF_SOMETHING.test(word.text)) continue;
    if (wants === 'HE' || wants === 'SHE') {
      if (isPerson) return true;
    } else if (wants === 'THERE') {
      if (kindsOfHead(word.stem).includes('PLACE')) return true;
    } else if (!isPerson && !/^(?:of|when|where)$/i.test(words[i + 1]?.text ?? '') && isNounEnd(words, i)) return true;
  }
  return false;
}

/** A noun phrase with "which", "what" or "how many": it is what is asked for. */
function asking(words: readonly Word[], i: number): boolean {
  for (let k = i - 1; k >= 0 && k >= i - 3; k--) {
    const word = words[k];
    if (!word) return false;
    if (/^(?:which|what|many|much|whose)$/i.test(word.text)) return true;
    if (word.stop) return false;
  }
  return false;
}

/** A noun phrase with an article or the like, up to two words before. */
function determined(words: readonly Word[], i: number): boolean {
  for (let k = i - 1; k >= 0 && k >= i - 3; k--) {
    const word = words[k];
    if (!word) return false;
    if (DETERMINER.test(word.text)) return true;
    if (word.stop) return false;
  }
  return false;
}

/** The last word of its noun phrase, as far as its neighbours tell: an article's noun is one word, or the word before a function word. */
function isNounEnd(words: readonly Word[], i: number): boolean {
  return DETERMINER.test(words[i - 1]?.text ?? '') || (words[i + 1]?.stop ?? true);
}
