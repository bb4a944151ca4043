import Papa from 'papaparse';
import type { Span, TextRun } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import type { Block } from './blocks.ts';
import { rowText } from './row-text.ts';

const MOST_ROWS = 10_000;
const MOST_COLUMNS = 500;

/** What parts the header's cells most often; the parser's own guess fails on short files. */
function delimiterOf(text: string): string {
  const header = (/\S.*/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const [best] = [',', '\t', ';', '|']
    .map((mark) => ({ mark, parts: header.split(mark).length }))
    .toSorted((a, b) => b.parts - a.parts);
  return best?.mark ?? ',';
}

/**
 * Rows below the header as facts, with the characters of the file that each row and each cell takes. Delimiter and quoting are found
 * by the content; `\"` within quotes is taken where the file writes it so. Throws EMPTY, TOO_LARGE, CORRUPT.
 * Blocks its thread: call it through decode-worker.ts.
 */
export function decodeCsv(text: string): Block[] {
  const blocks: Block[] = [];
  let headers: string[] | undefined;
  let at = 0;
  const escapeChar = /[^,;\t\n]\\"/.test(text) ? '\\' : '"';
  Papa.parse<string[]>(text, {
    escapeChar,
    delimiter: delimiterOf(text),
    step: ({ data, meta }) => {
      const start = at;
      at = meta.cursor;
      if (data.every((cell) => cell.trim() === '')) return;
      if (data.length > MOST_COLUMNS)
        throw new SensegraphError('TOO_LARGE', `The table has more than ${MOST_COLUMNS} columns. Cut it into parts.`);
      if (!headers) {
        headers = data;
        return;
      }
      if (blocks.length >= MOST_ROWS)
        throw new SensegraphError('TOO_LARGE', `The table has more than ${MOST_ROWS} rows. Cut it into parts.`);
      const end = start + text.slice(start, at).trimEnd().length;
      const { text: fact, cells } = rowText(headers, data);
      const spans = cellSpans(text.slice(start, end), meta.delimiter, escapeChar);
      // A row that is not cut as the parser cut it tells no places of its cells.
      const runs = spans.length === data.length ? cells.flatMap((cell) => runOf(cell, spans, text, start)) : [];
      blocks.push({ text: fact, start, end, ...(runs.length > 0 ? { runs } : {}) });
    },
  });
  if (blocks.length === 0)
    throw new SensegraphError('EMPTY', 'The table has no row below its header. Send one with a header and rows.');
  return blocks;
}

/** The value's run: its characters one by one where it is written as it is read, else the cell as a whole. */
function runOf(
  { column, at, length }: { readonly column: number; readonly at: number; readonly length: number },
  spans: readonly Span[],
  text: string,
  offset: number,
): TextRun[] {
  const span = spans[column];
  if (!span) return [];
  const raw = text.slice(offset + span.start, offset + span.end);
  const start = offset + span.start + (raw.length - raw.trimStart().length);
  return [[at, length, start, start + raw.trim().length]];
}

/** Each cell's characters within a row, without its quotes. */
function cellSpans(row: string, delimiter: string, escape: string): Span[] {
  const spans: Span[] = [];
  const quoted = escape === '"' ? /^(?:[^"]|"")*/ : /^(?:[^"\\]|\\[^])*/;
  for (let at = 0; at <= row.length;) {
    let [start, end] = [at, row.indexOf(delimiter, at)];
    if (row[at] === '"') {
      start = at + 1;
      const close = start + (quoted.exec(row.slice(start))?.[0].length ?? 0);
      spans.push({ start, end: close });
      end = row.indexOf(delimiter, close);
    } else spans.push({ start, end: end < 0 ? row.length : end });
    if (end < 0) break;
    at = end + delimiter.length;
  }
  return spans;
}
