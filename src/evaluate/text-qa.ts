import type { Way } from '../domain.ts';
import { Passage } from './corpus.ts';
import { interval95, mean, percent, quantile, wilson95 } from './figures.ts';
import type { QaLine } from './qa-line.ts';
import { isExact, sameDenotation, wordF1 } from './said-right.ts';
import { calibrationError, indexOfAnswer } from './visual-qa.ts';

/** Where the answer is: in a text of the line, in a table (path as the manifest gives it), or somewhere in the corpus and the passages that lines bring to it. */
export type QaPlace =
  | { readonly kind: 'CONTEXT'; readonly text: string; readonly title: string | undefined }
  | { readonly kind: 'TABLE'; readonly file: string }
  | { readonly kind: 'CORPUS'; readonly brings: readonly Passage[] };

/** A question in words with its right answers. */
export type TextItem = {
  readonly id: string;
  readonly source: string;
  readonly question: string;
  readonly place: QaPlace;
} & (
  | { readonly kind: 'WORDS'; readonly rights: readonly string[] }
  /** All of them, in any order. */
  | { readonly kind: 'VALUES'; readonly rights: readonly string[] }
  | { readonly kind: 'CHOICE'; readonly choices: readonly string[]; readonly right: number }
);

/** The line as a question in words, or why it is none. */
export function textItem(line: QaLine): TextItem | string {
  const { id, source, question, context, file, title, passages = [] } = line;
  if (!question?.trim()) return 'no question';
  const place: QaPlace =
    context !== undefined
      ? { kind: 'CONTEXT', text: context, title }
      : file !== undefined && /\.(?:csv|tsv)$/i.test(file)
        ? { kind: 'TABLE', file }
        : { kind: 'CORPUS', brings: passages.map((one, i) => Passage.parse({ id: `${id}#${i}`, ...one })) };
  const common = { id, source, question: question.trim(), place };
  if (line.choices && line.choices.length > 1) {
    const right = line.answer_index ?? indexOfAnswer(line.answer, line.choices);
    if (right === undefined || right >= line.choices.length) return 'a choice without a right answer';
    return { ...common, kind: 'CHOICE', choices: line.choices, right };
  }
  if (line.answers && line.answers.length > 0)
    return { ...common, kind: place.kind === 'TABLE' ? 'VALUES' : 'WORDS', rights: line.answers.map(String) };
  if (line.answer === undefined) return 'no right answer';
  const said = typeof line.answer === 'boolean' ? (line.answer ? 'yes' : 'no') : String(line.answer);
  return { ...common, kind: 'WORDS', rights: [said, ...(line.aliases ?? [])] };
}

/** What was answered to one question when it had to answer. */
export interface TextResult {
  readonly item: TextItem;
  /** The question as it was asked: as it was heard, where it was spoken. */
  readonly asked: string;
  /** Null where nothing at all was found. */
  readonly said: string | null;
  readonly confidence: number;
  readonly way?: Way;
  /** Nothing would have been said at the configured confidence. */
  readonly abstained: boolean;
  /** Claims of its steps whose evidence holds, and all. */
  readonly claims: { readonly held: number; readonly all: number };
  readonly milliseconds: number;
}

/**
 * Figures of one source. Answers are counted as given with no threshold; `abstained` is the share that the configured one
 * would have held back, `answered_right` how much of the rest is right. Right, for that and for calibration: a choice
 * hit, or half the words (F1 ≥ 0.5).
 */
export function textFigures(results: readonly TextResult[]): Record<string, unknown> {
  const words = results.filter(({ item }) => item.kind !== 'CHOICE');
  const scores = words.map(f1Of);
  const decided = results.filter(({ item }) => item.kind !== 'WORDS');
  const hits = decided.filter((result) => exactOf(result)).length;
  const right = results.map((result) => (isRight(result) ? 1 : 0));
  const answered = results.filter(({ abstained }) => !abstained);
  const claims = results.reduce(
    (sum, result) => ({ held: sum.held + result.claims.held, all: sum.all + result.claims.all }),
    { held: 0, all: 0 },
  );
  return {
    n: results.length,
    ...(words.length > 0
      ? {
          em: percent(mean(words.map((result) => (exactOf(result) ? 1 : 0)))),
          f1: percent(mean(scores)),
          f1_95: interval95(scores),
        }
      : {}),
    ...(decided.length > 0
      ? { accuracy: percent(hits / decided.length), accuracy_95: wilson95(hits, decided.length) }
      : {}),
    abstained: percent(1 - answered.length / results.length),
    answered_right: answered.length === 0 ? null : percent(mean(answered.map((result) => (isRight(result) ? 1 : 0)))),
    ece: percent(
      calibrationError(
        results.map(({ confidence }) => confidence),
        right,
      ),
    ),
    verified: claims.all === 0 ? null : percent(claims.held / claims.all),
    ms_p50: Math.round(
      quantile(
        results.map(({ milliseconds }) => milliseconds),
        0.5,
      ),
    ),
  };
}

function f1Of({ item, said }: TextResult): number {
  if (item.kind === 'CHOICE') return 0;
  return item.kind === 'VALUES' ? wordF1(said ?? '', [item.rights.join(' ')]) : wordF1(said ?? '', item.rights);
}

function exactOf({ item, said }: TextResult): boolean {
  if (said === null) return false;
  if (item.kind === 'CHOICE') return item.choices[item.right] === said;
  return item.kind === 'VALUES' ? sameDenotation(said, item.rights) : isExact(said, item.rights);
}

/** A choice or value hit, or half the words. */
export function isRight(result: TextResult): boolean {
  return exactOf(result) || f1Of(result) >= 0.5;
}
