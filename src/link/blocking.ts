/** A name as it is compared: NFKC, lower case, no diacritics, no punctuation, one space, no leading article. */
export function normalName(name: string): string {
  const words = name
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return words.replace(/^(?:the|an|a) (?=.)/, '') || name.trim().toLowerCase();
}

/** Keys under which a normalised name is kept: only names that share one are ever compared. */
export function blockKeys(normal: string): string[] {
  const words = normal.split(' ');
  const keys = words.filter((word) => word.length >= 4).map((word) => word.slice(0, 4));
  if (words.length > 1) keys.push(`#${words.map((word) => word[0]).join('')}`);
  return [...new Set(keys)];
}
