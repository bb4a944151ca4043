import { Passage } from './corpus.ts';
import { normalName } from '../reason/words.ts';
import type { QaLine } from './qa-line.ts';

/** Where the answer is: in a text of the line, in a table or picture (path as the manifest gives it), or somewhere in the corpus and the passages that lines bring to it. */
export type QaPlace =
  | { readonly kind: 'CONTEXT'; readonly text: string; readonly title: string | undefined }
  | { readonly kind: 'TABLE' | 'PICTURE'; readonly file: string }
  | { readonly kind: 'CORPUS'; readonly brings: readonly Passage[] };

/** A question with its right answers. */
export type QaItem = {
  readonly id: string;
  readonly source: string;
  /** Or a statement; '' for a choice of captions. */
  readonly question: string;
  readonly place: QaPlace;
} & (
  | { readonly kind: 'WORDS'; readonly rights: readonly string[] }
  /** All of them, in any order. */
  | { readonly kind: 'VALUES'; readonly rights: readonly string[] }
  | { readonly kind: 'CHOICE'; readonly choices: readonly string[]; readonly right: number }
  /** Whether it is so: asked without choices. */
  | { readonly kind: 'YES_NO'; readonly right: boolean }
);

const PICTURE = /\.(?:jpe?g|png|webp|gif)$/i;
const TABLE = /\.(?:csv|tsv)$/i;

/** The line as a question, or why it is none. */
export function qaItem(line: QaLine): QaItem | string {
  const { id, source, statement, answer } = line;
  const place = placeOf(line);
  const question = (statement ?? line.question ?? '').trim();
  const common = { id, source, question, place };
  const truth = truthOf(answer);
  if (statement !== undefined)
    return truth === undefined
      ? 'a statement whose answer is neither true nor false'
      : { ...common, kind: 'YES_NO', right: truth };
  if (question === '' && !(place.kind === 'PICTURE' && line.choices)) return 'no question';
  if (line.choices && line.choices.length > 1) {
    const right = line.answer_index ?? indexOfAnswer(answer, line.choices);
    if (right === undefined || right >= line.choices.length) return 'a choice without a right answer';
    return { ...common, kind: 'CHOICE', choices: line.choices, right };
  }
  if (place.kind === 'PICTURE' && truth !== undefined) return { ...common, kind: 'YES_NO', right: truth };
  if (line.answers && line.answers.length > 0)
    return { ...common, kind: place.kind === 'TABLE' ? 'VALUES' : 'WORDS', rights: line.answers.map(String) };
  if (answer === undefined) return 'no right answer';
  const said = typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : String(answer);
  return { ...common, kind: 'WORDS', rights: [said, ...(line.aliases ?? [])] };
}

function placeOf({ id, context, file, title, passages = [] }: QaLine): QaPlace {
  if (context !== undefined) return { kind: 'CONTEXT', text: context, title };
  if (file !== undefined && PICTURE.test(file)) return { kind: 'PICTURE', file };
  if (file !== undefined && TABLE.test(file)) return { kind: 'TABLE', file };
  return { kind: 'CORPUS', brings: passages.map((one, i) => Passage.parse({ id: `${id}#${i}`, ...one })) };
}

function truthOf(answer: QaLine['answer']): boolean | undefined {
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
