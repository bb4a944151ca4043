import type { AnswerForm, EntityKind } from '../domain.ts';
import { splitSentences } from '../ingest/sentences.ts';
import { AUXILIARY, WH } from './function-words.ts';
import { clauseOf, mainVerb } from './main-verb.ts';
import { namesIn, optionsIn, orderOf, type Order } from './question-names.ts';
import { askedFor, expectedKinds, questionWord, type AskedFor } from './question-word.ts';
import { wordsOf, type Word } from './words.ts';

/** What a question asks for, read off its words. */
export interface QuestionAnalysis {
  readonly form: AnswerForm;
  /** The sentence that asks, without those before it that only tell. */
  readonly asking: string;
  readonly asks: AskedFor;
  /** Kinds the answer may have; empty when the question doesn't tell. */
  readonly expects: readonly EntityKind[];
  /** Stem of "river" in "which river"; the unit noun in "how many ships". */
  readonly head?: string;
  /** "tall" in "how tall". */
  readonly measure?: string;
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
  readonly order?: Order;
}

/** Words that point at the asset or the asking, not at the fact. */
const POINTING =
  /^(?:picture|photo|photograph|image|drawing|recording|audio|clip|video|document|text|file|shown|seen|heard|depicted|name|kind|type|sort|tell|please|many|much)$/i;
/** "This film" points at the asset as well; "film directors" are a fact's. */
const POINTING_FILM = /\b(?:this|that)\s+(?:film|movie)\b/i;
/** Analyses a question. `choices` makes it a CHOICE among them. */
export function analyseQuestion(text: string, choices: readonly string[] = []): QuestionAnalysis {
  const words = wordsOf(text);
  const asking = askingFrom(text);
  // Behind sentences that only tell.
  const from = Math.max(
    0,
    words.findIndex((word) => word.start >= asking),
  );
  const own = questionWord(words.slice(from));
  const at = own < 0 ? own : from + own;
  const names = namesIn(text, words);
  const options = choices.length > 0 ? choices : optionsIn(text.slice(asking));
  const order = orderOf(text);
  const asked = at < 0 ? { asks: 'THING' as AskedFor, headAt: -1 } : askedFor(words, at);
  const head = words[asked.headAt]?.stem;
  const yesNo = own !== 0 && AUXILIARY.test(words[from]?.text ?? '') && !(own > 0 && own <= 2);
  const form: AnswerForm =
    choices.length > 0
      ? 'CHOICE'
      : yesNo && !(options.length > 1 && /\bor\b/i.test(text))
        ? 'YES_NO'
        : options.length > 1
          ? 'COMPARISON'
          : 'SPAN';
  // Where the clause of what is asked begins.
  const behind = Math.max(at, from - 1);
  const verb = mainVerb(words, behind, asked.headAt);
  const isFilmAtHand = POINTING_FILM.test(text);
  const points = (word: string) => POINTING.test(word) || (isFilmAtHand && /^(?:film|movie)$/i.test(word));
  const terms = words.filter((word) => !word.stop && !points(word.text) && !WH.test(word.text));
  return {
    form,
    asking: text.slice(asking),
    asks: asked.asks,
    expects: expectedKinds(asked.asks, head),
    ...(head === undefined ? {} : { head }),
    ...(asked.asks === 'MEASURE' ? { measure: words[at + 1]?.text.toLowerCase() ?? '' } : {}),
    words,
    terms,
    nearTerms: new Set(clauseOf(words, Math.max(behind, 0), verb).filter((word) => terms.includes(word))),
    ...(verb && terms.includes(verb) ? { verb } : {}),
    passive: words.slice(behind + 1, behind + 3).some((word) => /^(?:is|are|was|were|been)$/i.test(word.text)),
    possessive: /\p{L}['’]s?\s/u.test(text),
    names,
    options,
    ...(order === undefined ? {} : { order }),
  };
}

/** Where the last sentence begins that asks, behind one that tells: "A is … Was it the first?" */
function askingFrom(text: string): number {
  const sentences = splitSentences(text).map(({ start, end }) => ({ start, said: text.slice(start, end) }));
  const asking = sentences.findLast(
    ({ said }, i) =>
      said.endsWith('?') &&
      sentences[i - 1]?.said.endsWith('.') &&
      wordsOf(said)
        .slice(0, 1)
        .some((word) => WH.test(word.text) || AUXILIARY.test(word.text)),
  );
  return asking?.start ?? 0;
}

/** "… the town where the builder was born": a question that has another inside, whose answer leads to its own. */
export function isNested(question: QuestionAnalysis): boolean {
  if (question.nearTerms.size < question.terms.length) return true;
  const joints =
    question.words.filter((word) => /^(?:of|whose|named)$/i.test(word.text)).length + (question.possessive ? 1 : 0);
  return joints > (question.verb ? 0 : 1);
}
