import type { RankedSegment } from '../../retrieve/retrieval.ts';
import type { Span } from '../../domain.ts';
import { tokensOf, type Token } from './tokens.ts';
import { readValue, withoutMarks, type Value } from './value.ts';

export type ColumnKind = 'TEXT' | 'NUMBER' | 'TIME' | 'DATE';

export interface Column {
  readonly index: number;
  readonly header: string;
  readonly tokens: readonly Token[];
  readonly kind: ColumnKind;
  /** The cell of each row, undefined where it is empty. */
  readonly cells: readonly (Cell | undefined)[];
}

export interface Cell {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Stems with a space around each: a phrase is in the cell when this holds it. */
  readonly phrase: string;
  /** The same without what stands in brackets. */
  readonly bare: string;
  /** The same of each of several things in it: "Jordan-Toyota", "Turku, Finland". */
  readonly parts: readonly string[];
  /** What stands in its first line: the thing itself, before the words about it. */
  readonly head: string;
  readonly value: Value;
}

export interface Row {
  readonly index: number;
  readonly ranked: RankedSegment;
  /** Its characters in the segment's text. */
  readonly span: Span;
}

export interface Table {
  readonly columns: readonly Column[];
  /** In the order of the table. */
  readonly rows: readonly Row[];
}

/** A table with more cells is not interpreted. */
const MOST_CELLS = 200_000;

interface ReadCell {
  readonly label: string;
  readonly text: string;
  /** As it is written in the file, with its line ends. */
  readonly written?: string;
}

interface ReadRow {
  readonly ranked: RankedSegment;
  readonly span: Span;
  readonly cells: readonly ReadCell[];
}

/**
 * The table that segments of rows ("Header: value; …", see ingest/row-text.ts) were made from, in the order of the
 * asset. Columns are found by their labels, since empty cells are not told. Null for what is no table.
 */
export function tableOf(segments: readonly RankedSegment[]): Table | null {
  const read = segments.toSorted((a, b) => a.segment.ordinal - b.segment.ordinal).flatMap(readRows);
  const labels = labelsOf(read.map(({ cells }) => cells.map(({ label }) => label)));
  if (read.length === 0 || labels.length < 2 || labels.length * read.length > MOST_CELLS) return null;
  const texts = labels.map((): (ReadCell | undefined)[] => read.map(() => undefined));
  for (const [index, { cells }] of read.entries()) {
    let last = -1;
    for (const cell of cells) {
      const { label } = cell;
      const behind = labels.indexOf(label, last + 1);
      last = behind >= 0 ? behind : labels.indexOf(label);
      const column = texts[last];
      if (column) column[index] = cell;
    }
  }
  return {
    columns: labels.map((header, index) => {
      const cells = (texts[index] ?? []).map((cell) => (cell === undefined ? undefined : cellOf(cell)));
      return { index, header, tokens: tokensOf(header), kind: kindOf(header, cells), cells };
    }),
    rows: read.map(({ ranked, span }, index) => ({ index, ranked, span })),
  };
}

/** Rows of a segment; of one that has several, each is a paragraph. */
function readRows(ranked: RankedSegment): ReadRow[] {
  const { text, locator } = ranked.segment;
  const runs = locator.type === 'TextSpan' ? (locator.runs ?? []) : [];
  const rows: ReadRow[] = [];
  let start = 0;
  for (const part of text.split('\n\n')) {
    const span = { start, end: start + part.length };
    const own = runs.filter(([at]) => at >= span.start && at < span.end);
    const cells =
      own.length > 0
        ? own.map(([at, length, from, to], i) => {
            const before = own[i - 1];
            const label = text.slice(before ? before[0] + before[1] : span.start, at);
            const original =
              locator.type === 'TextSpan' ? locator.quote.slice(from - locator.start, to - locator.start) : '';
            return {
              label: label.replace(/^; /, '').replace(/: $/, ''),
              text: text.slice(at, at + length),
              ...(/[\r\n]/.test(original) ? { written: original } : {}),
            };
          })
        : part.split('; ').map((piece) => {
            const colon = piece.indexOf(': ');
            return { label: colon < 0 ? '' : piece.slice(0, colon), text: piece.slice(colon < 0 ? 0 : colon + 2) };
          });
    if (cells.length > 0) rows.push({ ranked, span, cells });
    start = span.end + 2;
  }
  return rows;
}

/** The labels of all rows in the order of the columns, the longest row first; one that two columns share is there twice. */
function labelsOf(rows: readonly (readonly string[])[]): string[] {
  const [longest = [], ...others] = rows.toSorted((a, b) => b.length - a.length);
  const labels = [...longest];
  for (const row of others) {
    let last = -1;
    for (const label of row) {
      const behind = labels.indexOf(label, last + 1);
      if (behind >= 0) last = behind;
      else if (!labels.includes(label)) labels.splice((last += 1), 0, label);
    }
  }
  return labels;
}

function cellOf({ text, written }: ReadCell): Cell {
  const tokens = tokensOf(text);
  const bare = tokensOf(withoutMarks(text).replace(/\([^)]*\)/g, ''));
  const parts = text.split(/[,;/&()]|(?<=\p{L})[-–](?=\p{Lu})|\s[-–—]\s|\band\b/u);
  const line =
    (written ?? text)
      .split(/[\r\n]/)[0]
      ?.replace(/\s+/g, ' ')
      .trim() ?? '';
  return {
    text,
    tokens,
    phrase: phraseOf(tokens),
    bare: phraseOf(bare.length > 0 ? bare : tokens),
    parts: parts.length > 1 ? parts.map((part) => phraseOf(tokensOf(part))) : [],
    head: line !== '' && text.startsWith(line) ? line : text,
    value: readValue(text),
  };
}

/** By which cells are the same: what they say without brackets, or else the sign they are ("✓", "–"). */
export function sameAs({ bare, text }: Cell): string {
  return bare.trim() || text.trim();
}

export function phraseOf(tokens: readonly Token[]): string {
  return ` ${tokens.map(({ stem }) => stem).join(' ')} `;
}

function kindOf(header: string, cells: readonly (Cell | undefined)[]): ColumnKind {
  const said = cells.flatMap((cell) => cell ?? []).filter(({ text }) => /[\p{L}\d]/u.test(text));
  const share = (test: (cell: Cell) => boolean) => said.filter(test).length / Math.max(1, said.length);
  if (share(({ value }) => value.seconds !== undefined) >= 0.5) return 'TIME';
  const isYears = share(({ text }) => /^(?:1\d|20)\d\d(?:[–\-/]\d{2,4})?(?:\D.*)?$/.test(text)) >= 0.6;
  if (isYears && share(({ value }) => value.year !== undefined) >= 0.6) return 'DATE';
  if (share(({ value, text }) => value.month !== undefined && /\d/.test(text)) >= 0.6) return 'DATE';
  if (/\b(?:date|year|season|born)\b/i.test(header) && share(({ value }) => value.day !== undefined) >= 0.5)
    return 'DATE';
  const isNumeric = ({ text }: Cell) =>
    /^[^\p{L}\d]{0,4}\d[\d,.]*\s?(?:%|st|nd|rd|th|[\p{L}°²³'"]{1,7}\.?)?(?:\s|$|[(/[×–-])/u.test(withoutMarks(text)) &&
    !/\p{L}{4,}.*\p{L}{4,}/u.test(text);
  return share(isNumeric) >= 0.6 ? 'NUMBER' : 'TEXT';
}
