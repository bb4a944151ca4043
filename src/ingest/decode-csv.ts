import Papa from 'papaparse';
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
 * Rows below the header as facts, with the characters of the file that each row takes. Delimiter and quoting are found
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
      blocks.push({ text: rowText(headers, data), start, end });
    },
  });
  if (blocks.length === 0)
    throw new SensegraphError('EMPTY', 'The table has no row below its header. Send one with a header and rows.');
  return blocks;
}
