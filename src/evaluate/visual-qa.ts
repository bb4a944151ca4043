import { normalName } from '../reason/words.ts';
import { mean, percent, quantile, wilson95 } from './figures.ts';
import type { QaLine } from './qa-line.ts';
import { wordF1 } from './said-right.ts';

/** A question about a picture with its right answer. `right` is an index into the choices where there are any. */
export type VisualItem =
  | { readonly kind: 'STATEMENT'; readonly statement: string; readonly right: boolean }
  | { readonly kind: 'CHOICE'; readonly question: string; readonly choices: readonly string[]; readonly right: number }
  | { readonly kind: 'WORDS'; readonly question: string; readonly right: string };

const PICTURE = /\.(?:jpe?g|png|webp|gif)$/i;
export const isPictureFile = (file: string): boolean => PICTURE.test(file);
const YES_NO = ['yes', 'no'];

/** The line as a question about its picture, or why it is none. */
export function visualItem(line: QaLine): VisualItem | string {
  const { file, question = '', statement, answer } = line;
  if (!file || !isPictureFile(file)) return 'a question without a picture';
  if (statement !== undefined) {
    const right = truth(answer);
    return right === undefined
      ? 'a statement whose answer is neither true nor false'
      : { kind: 'STATEMENT', statement, right };
  }
  const choices = line.choices?.length ? line.choices : truth(answer) === undefined ? [] : YES_NO;
  if (choices.length > 1) {
    const right = line.answer_index ?? indexOfAnswer(answer, choices);
    return right === undefined || right >= choices.length
      ? 'a choice without a right answer'
      : { kind: 'CHOICE', question, choices, right };
  }
  if (question === '' || answer === undefined) return 'no question with an answer';
  return { kind: 'WORDS', question, right: String(answer) };
}

function truth(answer: QaLine['answer']): boolean | undefined {
  const said = String(answer ?? '')
    .trim()
    .toLowerCase();
  return said === 'true' || said === 'yes' ? true : said === 'false' || said === 'no' ? false : undefined;
}

/** Index of an answer given as one of the choices, by its words, by a letter or by its number from 0. */
export function indexOfAnswer(answer: QaLine['answer'], choices: readonly string[]): number | undefined {
  if (answer === undefined) return undefined;
  if (typeof answer === 'boolean') return answer ? 0 : 1;
  const said = normalName(String(answer));
  const at = choices.findIndex((choice) => normalName(choice) === said);
  if (at >= 0) return at;
  if (/^[a-z]$/.test(said)) return said.charCodeAt(0) - 97;
  return /^\d+$/.test(said) ? Number(said) : undefined;
}

/** What was answered to one question. */
export interface VisualResult {
  readonly item: VisualItem;
  /** Index of the chosen answer (of yes and no, for a statement), or the words. */
  readonly said: number | string;
  /** 0…1, as the model gave it. */
  readonly probability: number;
  readonly milliseconds: number;
}

/** Figures of one source. Questions with given answers have an accuracy, those without the measures of words. */
export function visualFigures(results: readonly VisualResult[]): Record<string, unknown> {
  const chosen = results.filter(({ item }) => item.kind !== 'WORDS');
  const written = results.filter(({ item }) => item.kind === 'WORDS');
  const hits = chosen.map((one) => (isRight(one) ? 1 : 0));
  const right = hits.reduce<number>((sum, hit) => sum + hit, 0);
  return {
    n: results.length,
    ...(chosen.length > 0
      ? {
          accuracy: percent(right / chosen.length),
          accuracy_95: wilson95(right, chosen.length),
          chance: percent(mean(chosen.map(({ item }) => 1 / (item.kind === 'CHOICE' ? item.choices.length : 2)))),
          ece: percent(
            calibrationError(
              chosen.map(({ probability }) => probability),
              hits,
            ),
          ),
        }
      : {}),
    ...(written.length > 0
      ? {
          words_n: written.length,
          em: percent(mean(written.map((one) => (isRight(one) ? 1 : 0)))),
          f1: percent(
            mean(written.map(({ item, said }) => (item.kind === 'WORDS' ? wordF1(String(said), [item.right]) : 0))),
          ),
        }
      : {}),
    ms_p50: Math.round(
      quantile(
        results.map(({ milliseconds }) => milliseconds),
        0.5,
      ),
    ),
  };
}

function isRight({ item, said }: VisualResult): boolean {
  if (item.kind === 'STATEMENT') return said === (item.right ? 0 : 1);
  return item.kind === 'CHOICE' ? said === item.right : normalName(String(said)) === normalName(item.right);
}

/** Expected calibration error: how far confidence and accuracy lie apart, over ten bins of confidence (Guo et al. 2017). */
export function calibrationError(probabilities: readonly number[], hits: readonly number[]): number {
  const bins = Map.groupBy(probabilities.keys(), (i) => Math.min(9, Math.floor((probabilities[i] ?? 0) * 10)));
  let error = 0;
  for (const own of bins.values()) {
    const confidence = mean(own.map((i) => probabilities[i] ?? 0));
    const accuracy = mean(own.map((i) => hits[i] ?? 0));
    error += (own.length / probabilities.length) * Math.abs(confidence - accuracy);
  }
  return error;
}
