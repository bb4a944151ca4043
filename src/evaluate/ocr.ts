import { z } from 'zod';
import { interval95, mean, percent } from './figures.ts';
import { editDistance } from './word-errors.ts';

export const OCR_TASKS = ['document', 'document_key_information'];

/** A document or picture whose words are known. `lines` in reading order; `fields` by name. */
export const OcrItem = z.object({
  id: z.string(),
  file: z.string(),
  source: z.string().default('unknown'),
  lines: z.unknown().optional(),
  fields: z.unknown().optional(),
});
export type OcrItem = z.infer<typeof OcrItem>;

/** What is written in an item, and what was read of it; texts with single spaces. */
export interface ReadItem {
  readonly source: string;
  /** All of it in reading order, where that is known. */
  readonly written?: string | undefined;
  readonly fields: readonly string[];
  readonly read: string;
}

/** Words of a line or field, whichever way it is written down: a string, `{text}`, `{value}`, `{words: […]}`, or a list of these. */
export function wordsWritten(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number')
    return String(value).trim() === '' ? [] : [plain(String(value))];
  if (Array.isArray(value)) return value.flatMap(wordsWritten);
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Record<string, unknown>;
  const own = ['text', 'value', 'transcription', 'words'].find((key) => record[key] !== undefined);
  return own === undefined ? Object.values(record).flatMap(wordsWritten) : wordsWritten(record[own]);
}

/** Each source's figures: character error rate over all of its characters, words found again, fields found whole. */
export function ocrFigures(items: readonly ReadItem[]): Record<string, object> {
  const sources: Record<string, object> = {};
  for (const [source, own] of Map.groupBy(items, (item) => item.source)) {
    const ordered = own.flatMap(({ written, read }) => (written ? [{ written, read }] : []));
    const errors = ordered.map(({ written, read }) => editDistance(written, read));
    const characters = ordered.map(({ written }) => written.length);
    const recalls = own.flatMap(({ written, fields, read }) => recallOf(written ? [written] : fields, read) ?? []);
    const found = own.flatMap(({ fields, read }) => fields.map((field) => (holds(read, field) ? 1 : 0)));
    sources[source] = {
      n: own.length,
      ...(ordered.length > 0
        ? { cer: percent(sum(errors) / Math.max(1, sum(characters))), characters: sum(characters) }
        : {}),
      ...(recalls.length > 0 ? { word_recall: percent(mean(recalls)), word_recall_95: interval95(recalls) } : {}),
      ...(found.length > 0 ? { field_recall: percent(mean(found)), fields: found.length } : {}),
    };
  }
  return sources;
}

/** Single spaces, compatible characters as one (ﬁ → fi, full-width → plain). */
export function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim();
}

/** Share of the written words that were read, each as often as it is written; undefined without any. */
function recallOf(written: readonly string[], read: string): number | undefined {
  const left = new Map<string, number>();
  for (const word of bareWords(read)) left.set(word, (left.get(word) ?? 0) + 1);
  const wanted = written.flatMap(bareWords);
  let found = 0;
  for (const word of wanted) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    found += 1;
  }
  return wanted.length === 0 ? undefined : found / wanted.length;
}

function bareWords(text: string): string[] {
  return plain(text)
    .toLowerCase()
    .split(' ')
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '');
}

function holds(read: string, field: string): boolean {
  return ` ${bareWords(read).join(' ')} `.includes(` ${bareWords(field).join(' ')} `);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
