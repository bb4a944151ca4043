/**
 * One array a column, for `unnest($1::text[], $2::int[], …)`: one statement takes any number of rows.
 * Strings are made storable on the way (see `storable`).
 */
export function columns<T>(rows: readonly T[], ...pick: readonly ((row: T) => unknown)[]): unknown[][] {
  return pick.map((of) =>
    rows.map((row) => {
      const value = of(row);
      return typeof value === 'string' ? storable(value) : value;
    }),
  );
}

/** Postgres takes no NUL and no lone surrogate: each becomes U+FFFD, one code unit for one, so that offsets hold. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\uFFFD') : whole;
}

/** JSON that `jsonb` takes. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/\\u(?:0000|d[89a-f])/i.test(text)) return text;
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part));
}

/** An array as one text value, for columns of arrays: `unnest` would flatten an array of arrays. */
export function arrayLiteral(values: readonly (string | number)[]): string {
  const quoted = values.map((value) =>
    typeof value === 'number' ? String(value) : `"${storable(value).replace(/["\\]/g, '\\$&')}"`,
  );
  return `{${quoted.join(',')}}`;
}
