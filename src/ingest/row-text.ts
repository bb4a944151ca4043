/** A table's row as a fact: "header: value; …", without the cells that say nothing. */
export function rowText(headers: readonly string[], values: readonly string[]): string {
  return values
    .map((value, i) => ({
      name: (headers[i] ?? '').replace(/\s+/g, ' ').trim(),
      value: value.replace(/\s+/g, ' ').trim(),
    }))
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => (name === '' ? value : `${name}: ${value}`))
    .join('; ');
}
