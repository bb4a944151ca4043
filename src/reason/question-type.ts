import type { EntityKind } from '../domain.ts';
import { kindsOfHead } from './answer-types.ts';
import { verbForm } from './word-forms.ts';
import { normalName, wordsOf, type Word } from './words.ts';

export type AnswerForm = 'SPAN' | 'YES_NO' | 'COMPARISON' | 'CHOICE';
export type AskedFor = 'PERSON' | 'TIME' | 'PLACE' | 'COUNT' | 'MEASURE' | 'DURATION' | 'THING' | 'REASON' | 'MANNER';

/** What a question asks for, read off its words. */
export interface QuestionAnalysis {
  readonly form: AnswerForm;
  readonly asks: AskedFor;
  /** Kinds the answer may have; empty when the question doesn't tell. */
  readonly expects: readonly EntityKind[];
  /** Stem of "river" in "which river"; the unit noun in "how many ships". */
  readonly head?: string;
  readonly words: readonly Word[];
  /** Content words, less the words that only point ("picture", "name"). */
  readonly terms: readonly Word[];
  /** Of these, the ones in the clause of the question word: what the answer's own sentence should say. */
  readonly nearTerms: ReadonlySet<Word>;
  /** Its main verb, where it has one beside an auxiliary: "built", "born". */
  readonly verb?: Word;
  /** "Who was elected", not "who elected". */
  readonly passive: boolean;
  /** "The builder's town". */
  readonly possessive: boolean;
  /** Names the question gives, normal: never its answer. */
  readonly names: readonly string[];
  /** "A or B" and the choices given. */
  readonly options: readonly string[];
  /** What a comparison looks for. */
  readonly order?: 'FIRST' | 'LAST' | 'MOST' | 'LEAST';
}

const AUXILIARY =
  /^(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should|may|might|must|isn't|aren't|wasn't|weren't|doesn't|don't|didn't|hasn't|haven't|hadn't)$/i;
const WH = /^(?:who|whom|whose|what|when|where|which|why|how)$/i;
/** Words that point at the asset or the asking, not at the fact. */
const POINTING =
  /^(?:picture|photo|photograph|image|drawing|recording|audio|clip|video|document|text|file|shown|seen|heard|depicted|name|kind|type|sort|tell|please|many|much)$/i;
const RELATIVE = /^(?:where|who|which|that|whose|when|whom)$/i;
const PREPOSITION =
  /^(?:in|on|at|from|by|for|to|of|with|near|under|during|into|after|before|since|until|through|around|between|among)$/i;

/** Analyses a question. `choices` makes it a CHOICE among them. */
export function analyseQuestion(text: string, choices: readonly string[] = []): QuestionAnalysis {
  const words = wordsOf(text);
  const at = questionWord(words);
  const names = namesIn(text, words);
  const options = choices.length > 0 ? choices : optionsIn(text);
  const order = orderOf(text);
  const asked = at < 0 ? { asks: 'THING' as AskedFor, headAt: -1 } : askedFor(words, at);
  const head = words[asked.headAt]?.stem;
  const yesNo = at !== 0 && AUXILIARY.test(words[0]?.text ?? '') && !(at > 0 && at <= 2);
  const form: AnswerForm =
    choices.length > 0
      ? 'CHOICE'
      : yesNo && !isAlternative(text, options)
        ? 'YES_NO'
        : options.length > 1
          ? 'COMPARISON'
          : 'SPAN';
  const verb = mainVerb(words, at, asked.headAt);
  const terms = words.filter((word) => !word.stop && !POINTING.test(word.text) && !WH.test(word.text));
  return {
    form,
    asks: asked.asks,
    expects: expectedKinds(asked.asks, head),
    ...(head === undefined ? {} : { head }),
    words,
    terms,
    nearTerms: new Set(clauseOf(words, Math.max(at, 0), verb).filter((word) => terms.includes(word))),
    ...(verb && terms.includes(verb) ? { verb } : {}),
    passive: words.slice(at + 1, at + 3).some((word) => /^(?:is|are|was|were|been)$/i.test(word.text)),
    possessive: /\p{L}['’]s?\s/u.test(text),
    names,
    options,
    ...(order === undefined ? {} : { order }),
  };
}

/** Index of the word that asks; relative pronouns further on don't count. */
function questionWord(words: readonly Word[]): number {
  const isWh = (i: number) => WH.test(words[i]?.text ?? '');
  if (isWh(0)) return 0;
  if (isWh(1) && PREPOSITION.test(words[0]?.text ?? '')) return 1;
  for (let i = 0; i < words.length; i += 1) {
    if (!isWh(i)) continue;
    const [before, wh, after] = [words[i - 1], words[i], words[i + 1]];
    const asksNoun =
      /^(?:what|which|how)$/i.test(wh?.text ?? '') &&
      after !== undefined &&
      !after.stop &&
      !/^(?:is|was)$/i.test(after.text);
    const atEnd = i >= words.length - 1;
    if (
      atEnd ||
      /^(?:what|how|whom|whose)$/i.test(wh?.text ?? '') ||
      (asksNoun && PREPOSITION.test(before?.text ?? '')) ||
      (AUXILIARY.test(after?.text ?? '') && /^(?:when|where|why)$/i.test(wh?.text ?? '') && i > words.length - 4)
    )
      return i;
  }
  return AUXILIARY.test(words[0]?.text ?? '') ? -1 : words.findLastIndex((word) => WH.test(word.text));
}

function askedFor(words: readonly Word[], at: number): { asks: AskedFor; headAt: number } {
  const wh = words[at]?.text.toLowerCase();
  const next = words[at + 1]?.text.toLowerCase() ?? '';
  if (wh === 'who' || wh === 'whom' || wh === 'whose') return { asks: 'PERSON', headAt: -1 };
  if (wh === 'when') return { asks: 'TIME', headAt: -1 };
  if (wh === 'where') return { asks: 'PLACE', headAt: -1 };
  if (wh === 'why') return { asks: 'REASON', headAt: -1 };
  if (wh === 'how') {
    if (next === 'many') return { asks: 'COUNT', headAt: nounAfter(words, at + 2) };
    if (next === 'long' && /^(?:did|do|does|has|have|had|will|was)$/i.test(words[at + 2]?.text ?? ''))
      return { asks: 'DURATION', headAt: -1 };
    if (/^(?:much|long|old|far|tall|high|deep|wide|big|large|heavy|fast|often|hot|cold|late|early)$/.test(next))
      return { asks: 'MEASURE', headAt: -1 };
    return { asks: 'MANNER', headAt: -1 };
  }
  let headAt = nounAfter(words, at + 1);
  // "what is the name of the band": through the copula, and through nouns that only point.
  if (headAt < 0 && AUXILIARY.test(next) && /^(?:is|are|was|were)$/.test(next)) headAt = nounAfter(words, at + 2);
  while (
    headAt >= 0 &&
    /^(?:name|kind|type|sort|title|part|one)$/i.test(words[headAt]?.text ?? '') &&
    /^of$/i.test(words[headAt + 1]?.text ?? '')
  ) {
    const further = nounAfter(words, headAt + 2);
    if (further < 0) break;
    headAt = further;
  }
  return { asks: 'THING', headAt };
}

/** Last word of the run of content words that begins at or (after articles) just behind `from`; -1 when there is none. */
function nounAfter(words: readonly Word[], from: number): number {
  let i = from;
  while (/^(?:the|a|an|of|its|his|her|their|two|most|many|much)$/i.test(words[i]?.text ?? '')) i += 1;
  const start = i;
  while (i < words.length && words[i]?.stop === false && i - start < 4) {
    const known = isKnownHead(words[i]);
    const nextKnown = isKnownHead(words[i + 1]);
    if (known && !nextKnown) return i;
    i += 1;
  }
  if (i === start) return -1;
  // "which plant grew there": without a known noun the first word is the head, unless it describes ("native", "racing").
  return /(?:ive|al|ing|ish|ese|ian|an|ous|first|last|main|big|old|new)$/i.test(words[start]?.text ?? '') &&
    i - start > 1
    ? start + 1
    : start;
}

/** "founded" has the stem of "founder", but is no noun. */
function isKnownHead(word: Word | undefined): boolean {
  return word !== undefined && !word.stop && !/(?:ed|ing)$/i.test(word.text) && kindsOfHead(word.stem).length > 0;
}

function expectedKinds(asks: AskedFor, head: string | undefined): readonly EntityKind[] {
  if (asks === 'PERSON') return ['PERSON', 'ORGANISATION', 'NAME'];
  if (asks === 'TIME') return ['DATE'];
  if (asks === 'PLACE') return ['PLACE', 'ORGANISATION', 'NAME'];
  if (asks === 'COUNT' || asks === 'MEASURE' || asks === 'DURATION') return ['QUANTITY'];
  const kinds = head === undefined ? [] : kindsOfHead(head);
  return kinds;
}

/**
 * The main verb. "Who built …", "which river flows …": the first verb behind the question word; "where was the man who cast
 * the bell born", "when did the inn open": the last one outside the relative clause.
 */
function mainVerb(words: readonly Word[], at: number, headAt: number): Word | undefined {
  const from = Math.max(at, headAt) + 1;
  const isVerb = (word: Word | undefined, form?: 'BASE' | 'PAST') => {
    const found = word === undefined || word.stop || word.capital ? undefined : verbForm(word.text);
    return (
      found !== undefined &&
      (form === undefined ||
        form === found ||
        /^(?:cast|put|cut|hit|set|shut|hurt|read|spread|split|burst)$/.test(word?.text ?? ''))
    );
  };
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
function clauseOf(words: readonly Word[], at: number, verb: Word | undefined): Word[] {
  const clause: Word[] = [];
  for (let i = at + 1; i < words.length; i += 1) {
    const word = words[i];
    if (!word || (i > at + 2 && RELATIVE.test(word.text))) break;
    clause.push(word);
  }
  if (verb && !clause.includes(verb) && words.indexOf(verb) > at) clause.push(...words.slice(words.indexOf(verb)));
  return clause.some((word) => !word.stop) ? clause : words.slice(Math.max(0, at - 6), at);
}

/** Capitalised runs and quotations of the question, normal. */
function namesIn(text: string, words: readonly Word[]): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(/["“]([^"”]+)["”]/gu)) names.push(normalName(match[1] ?? ''));
  for (const match of text.matchAll(
    /\p{Lu}[\p{L}\p{M}\d'’.-]*(?:\s+(?:(?:of|the|de|la|le|von|van|and|&|in|for)\s+)*(?:\p{Lu}[\p{L}\p{M}\d'’.-]*|\d+))*/gu,
  )) {
    const first = words.find((word) => word.start === match.index);
    const run = first && (first.stop || WH.test(first.text)) ? match[0].replace(/^\S+\s*/, '') : match[0];
    const name = normalName(run);
    if (name.length > 1) names.push(name);
  }
  return [...new Set(names)];
}

/** The two sides of "…, A or B?", "between A and B". */
function optionsIn(text: string): string[] {
  const bare = text
    .trim()
    .replace(/\?+\s*$/, '')
    .trim();
  const after =
    /(?:,|:|\bfirst\b|\bearlier\b|\blater\b|\bolder\b|\byounger\b|\bbetween\b|\blarger\b|\boldest\b|\bmore\s+\w+|^\s*(?:is|are|was|were|did|does|do)\b)\s*(?:the\s+\w+\s+)?([^,:]+?),?\s+or\s+([^,]+)$/i.exec(
      bare,
    );
  if (after?.[1] && after[2]) return [after[1].trim(), after[2].trim()];
  const which = /^(?:which|who|what)\b.*?[,:]\s*(.+?)\s+(?:or|and)\s+(.+)$/i.exec(bare);
  if (
    which?.[1] &&
    which[2] &&
    /^["“]?(?:the\s+)?["“]?[\p{Lu}\d]/u.test(which[2]) &&
    /^["“]?(?:the\s+)?["“]?[\p{Lu}\d]/u.test(which[1])
  )
    return [which[1].trim(), which[2].trim()];
  const plain = /\b((?:the\s+)?\p{Lu}[^,]*?)\s+or\s+((?:the\s+)?\p{Lu}[^,]*)$/u.exec(
    bare.replace(/^\s*(?:which|who|what|is|are|was|were|did|does|do|between)\s+/i, ''),
  );
  return plain?.[1] && plain[2] && plain[1].split(' ').length < 7 ? [plain[1].trim(), plain[2].trim()] : [];
}

/** "Is A or B older?" asks for one of the two; "Is A a poet or painter?" likewise; only an `or` between two options makes it so. */
function isAlternative(text: string, options: readonly string[]): boolean {
  return options.length > 1 && /\bor\b/i.test(text);
}

function orderOf(text: string): QuestionAnalysis['order'] {
  if (/\b(?:first|earlier|earliest|older|oldest|elder|before|longer ago)\b/i.test(text)) return 'FIRST';
  if (/\b(?:later|latest|last|younger|youngest|newer|newest|more recent(?:ly)?|most recent(?:ly)?|after)\b/i.test(text))
    return 'LAST';
  if (
    /\b(?:more|most|larger|largest|bigger|biggest|higher|highest|taller|tallest|longer|longest|greater|greatest|heavier|heaviest|deeper|wider|farther)\b/i.test(
      text,
    )
  )
    return 'MOST';
  if (/\b(?:fewer|fewest|less|least|smaller|smallest|lower|lowest|shorter|shortest|lighter)\b/i.test(text))
    return 'LEAST';
  return undefined;
}

/** "… the town where the builder was born": a question that has another inside, whose answer leads to its own. */
export function isNested(question: QuestionAnalysis): boolean {
  if (question.nearTerms.size < question.terms.length) return true;
  const joints =
    question.words.filter((word) => /^(?:of|whose|named)$/i.test(word.text)).length + (question.possessive ? 1 : 0);
  return joints > (question.verb ? 0 : 1);
}
