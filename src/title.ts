/** A file's title as a name: without its extension, underscores and parentheses. */
export function titleName(title: string): string {
  return title
    .replace(/\.[a-z][a-z\d]{1,4}$/i, '')
    .replace(/\s*\([^)]*\)\s*$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
}
