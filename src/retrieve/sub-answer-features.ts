import { wordsOf, type Passage } from './passages.ts';
import type { SubAnswer } from './sub-answers.ts';

export const SUB_ANSWER_FEATURES: readonly string[] = ['sub.title', 'sub.text', 'sub.own'];

const ARTICLE = /^(?:the|a|an) /;

/**
 * What the sub-answers of other passages make of each: whether its title is one, whether its text names one, and how
 * surely it holds one itself; each 0…1, the most over the sub-answers. `weight` is how likely a passage is, 0…1.
 */
export function subAnswerFeatures(
  passages: readonly Passage[],
  found: readonly SubAnswer[],
  weight: readonly number[],
): Record<string, number>[] {
  const at = new Map(passages.map(({ segment }, i) => [segment.id, i]));
  const answers = found.map(({ segmentId, text, sure }) => ({
    from: at.get(segmentId) ?? -1,
    name: named(text),
    sure,
    worth: sure * (weight[at.get(segmentId) ?? -1] ?? 0),
  }));
  return passages.map((passage, i) => {
    const title = named(passage.title.replace(/\s*\([^)]*\)\s*$/, ''));
    const text = ` ${wordsOf(passage.segment.text).join(' ')} `;
    const most = (of: (answer: (typeof answers)[number]) => number): number =>
      answers.reduce((highest, answer) => (answer.from === i ? highest : Math.max(highest, of(answer))), 0);
    return {
      'sub.title': most(({ name, worth }) => worth * likeness(title, name)),
      'sub.text': most(({ name, worth }) => (name.length > 2 && text.includes(` ${name} `) ? worth : 0)),
      'sub.own': answers.reduce((highest, { from, sure }) => (from === i ? Math.max(highest, sure) : highest), 0),
    };
  });
}

function named(text: string): string {
  return wordsOf(text).join(' ').replace(ARTICLE, '');
}

/** 1 for the same name, less where one has more words than the other, 0 where they are others. */
function likeness(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 3) return 0;
  const words = long.split(' ');
  const own = short.split(' ');
  return own.every((word) => words.includes(word)) ? own.length / words.length : 0;
}
