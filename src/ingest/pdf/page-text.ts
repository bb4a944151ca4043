import type { Span, TextLine } from '../../domain.ts';
import type { LineWord, PageLine } from './page-lines.ts';

/** Readable text of a page, and where its words stand. */
export interface PageText {
  /** Paragraphs, two line breaks apart; a paragraph's lines are joined by spaces, words parted by a hyphen made whole. */
  readonly text: string;
  readonly lines: readonly TextLine[];
  /** The paragraphs' ranges in the text, in the order given. */
  readonly paragraphs: readonly Span[];
}

/** Words of the document that are written with a hyphen within a line: at a line's end they keep it. */
export function hyphenatedWords(lines: readonly PageLine[]): Set<string> {
  const inside = lines.flatMap(({ words }) => words.slice(0, -1));
  return new Set(inside.flatMap(({ text }) => text.toLowerCase().match(/\p{L}+(?:-\p{L}+)+/gu) ?? []));
}

/** Paragraphs as the page's text. `hyphenated` as `hyphenatedWords` gives it. */
export function pageText(paragraphs: readonly (readonly PageLine[])[], hyphenated: ReadonlySet<string>): PageText {
  const lines: TextLine[] = [];
  const spans: Span[] = [];
  let text = '';
  for (const paragraph of paragraphs) {
    if (text !== '') text += '\n\n';
    const start = text.length;
    let open: LineWord | undefined;
    for (const line of paragraph) {
      const [first] = line.words;
      if (!first) continue;
      if (open && joins(open, first, hyphenated))
        text = dropsHyphen(open, first, hyphenated) ? text.slice(0, -1) : text;
      else if (open) text += ' ';
      lines.push(...placed(line, text.length));
      text += line.words.map((word) => word.text).join(' ');
      open = line.words.at(-1);
    }
    spans.push({ start, end: text.length });
  }
  return { text, lines, paragraphs: spans };
}

/** A line's words as [at, y, height, left, right, left, right, …]; words that don't stand side by side one by one. */
function placed({ words, box }: PageLine, at: number): TextLine[] {
  const level = words.every((word) => word.box.height <= box.height && word.box.y + word.box.height > box.y);
  const upright = level && (words.length < 2 || box.width > box.height);
  if (upright)
    return [
      [
        at,
        tenth(box.y),
        tenth(box.height),
        ...words.flatMap((word) => [tenth(word.box.x), tenth(word.box.x + word.box.width)]),
      ],
    ];
  let from = at;
  return words.map((word) => {
    const line: TextLine = [
      from,
      tenth(word.box.y),
      tenth(word.box.height),
      tenth(word.box.x),
      tenth(word.box.x + word.box.width),
    ];
    from += word.text.length + 1;
    return line;
  });
}

/** Whether the words on both sides of a line's end are one. */
function joins(last: LineWord, first: LineWord, hyphenated: ReadonlySet<string>): boolean {
  return /\p{L}-$/u.test(last.text) && (/^\p{Ll}/u.test(first.text) || hyphenated.has(whole(last, first)));
}

function dropsHyphen(last: LineWord, first: LineWord, hyphenated: ReadonlySet<string>): boolean {
  return !hyphenated.has(whole(last, first));
}

function whole(last: LineWord, first: LineWord): string {
  const [before] = /[\p{L}-]+$/u.exec(last.text) ?? [''];
  const [after] = /^[\p{L}-]+/u.exec(first.text) ?? [''];
  return (before + after).toLowerCase();
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
