import { nameOf } from './name-of.ts';

/** Who or what a question in the question asks for ("the town where *the builder of the bell* was born"), as the reader finds it in a passage. */
export interface SubAnswer {
  readonly segmentId: string;
  /** UTF-16 range in the segment's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The sentence that says it. */
  readonly sentence: string;
  /** Score over that of "not here", as a probability. */
  readonly sure: number;
  /** What had to be found before this. */
  readonly after?: SubAnswer;
  /** The question with it in place of the words that stand for it; absent where none do, and where that was not asked. */
  readonly asks?: string;
  /** It was asked, and none do. */
  readonly standsForNothing?: true;
}

/** Words of the longest name: what is longer goes over the end of a sentence. */
const NAME_WORDS = 10;
/** A sub-answer that is less sure leads to no other. */
const LEADS = 0.3;

/** Whether it is sure enough, and enough of a name, to lead to passages. */
export function isLeading({ text, sure }: SubAnswer): boolean {
  const name = nameOf(text);
  return sure >= LEADS && name.length > 2 && name.split(' ').length <= NAME_WORDS;
}

/** How many steps led to it. */
export function stepsTo({ after }: SubAnswer): number {
  return after ? 1 + stepsTo(after) : 0;
}

/** Whether the segment says it or what led there. */
export function isOf({ segmentId, after }: SubAnswer, id: string): boolean {
  return segmentId === id || (after !== undefined && isOf(after, id));
}

/** What a sub-answer leaves of the question, how sure what was put into that is, and the sentences that led on since. */
export function leftBy(one: SubAnswer, question: string): { asked: string; trust: number; said: string } {
  const { asks, sentence, after } = one;
  if (asks !== undefined) return { asked: asks, trust: surenessOf(one), said: '' };
  const { said, ...left } = after ? leftBy(after, question) : { asked: question, trust: 1, said: '' };
  return { ...left, said: `${said}${sentence} ` };
}

/** All that was said on the way to it. */
export function sentencesOf({ sentence, after }: SubAnswer): string {
  return after ? `${sentencesOf(after)} ${sentence}` : sentence;
}

/** How sure it is with all that led there. */
export function surenessOf({ sure, after }: SubAnswer): number {
  return after ? sure * surenessOf(after) : sure;
}

/** Whether a name is one of those that led here. */
export function isNamed(name: string, after: SubAnswer | undefined): boolean {
  return after !== undefined && (nameOf(after.text) === name || isNamed(name, after.after));
}
