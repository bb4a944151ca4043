/** Where a cell's value stands in a row's text. */
export interface RowCell {
  /** Index of its column. */
  readonly column: number;
  readonly at: number;
  readonly length: number;
}

/** Whether each segment of the asset is a row of one table. */
export function isTable({ mediaType }: { readonly mediaType: string }): boolean {
  return mediaType === 'text/csv' || mediaType === 'text/tab-separated-values';
}

/** A table's row as a fact: "header: value; …", without the cells that say nothing, and where each value stands in it. */
export function rowText(
  headers: readonly string[],
  values: readonly string[],
): { readonly text: string; readonly cells: readonly RowCell[] } {
  let text = '';
  const cells: RowCell[] = [];
  for (const [column, raw] of values.entries()) {
    const value = raw.replace(/\s+/g, ' ').trim();
    if (value === '') continue;
    const name = (headers[column] ?? '').replace(/\s+/g, ' ').trim();
    text += `${text === '' ? '' : '; '}${name === '' ? '' : `${name}: `}`;
    cells.push({ column, at: text.length, length: value.length });
    text += value;
  }
  return { text, cells };
}
