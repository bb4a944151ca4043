import { titleName } from '../title.ts';
import type { Passage } from './passages.ts';
import { nameOf, plain } from './name-of.ts';
import type { SubAnswer } from './sub-answer.ts';

export const SUB_ANSWER_FEATURES: readonly string[] = ['sub.title', 'sub.text', 'sub.own'];

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
  const weightOf = (segmentId: string): number => weight[at.get(segmentId) ?? -1] ?? 0;
  // What follows from another is as likely as that, however unlike the question its own passage is.
  const worthOf = ({ segmentId, sure, after }: SubAnswer): number =>
    sure * Math.max(weightOf(segmentId), after ? worthOf(after) : 0);
  const answers = found.map((answer) => ({
    from: at.get(answer.segmentId) ?? -1,
    name: nameOf(answer.text),
    sure: answer.sure,
    worth: worthOf(answer),
  }));
  return passages.map((passage, i) => {
    const title = nameOf(titleName(passage.title));
    const text = ` ${plain(passage.segment.text)} `;
    const most = (of: (answer: (typeof answers)[number]) => number): number =>
      answers.reduce((highest, answer) => (answer.from === i ? highest : Math.max(highest, of(answer))), 0);
    return {
      'sub.title': most(({ name, worth }) => worth * likeness(title, name)),
      'sub.text': most(({ name, worth }) => (name.length > 2 && text.includes(` ${name} `) ? worth : 0)),
      'sub.own': answers.reduce((highest, { from, sure }) => (from === i ? Math.max(highest, sure) : highest), 0),
    };
  });
}

/** 1 for the same name, less where one has more words than the other, 0 where they are others. */
function likeness(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 3) return 0;
  const words = long.split(' ');
  const own = short.split(' ');
  return own.every((word) => words.includes(word)) ? own.length / words.length : 0;
}
