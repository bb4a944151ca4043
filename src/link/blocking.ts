/** Most keys of one name. */
const MOST_KEYS = 8;
/** Words inside names that join nothing. */
const JOINING = new Set(['the', 'and', 'for', 'von', 'van', 'del', 'der']);

/** A name as it is compared: NFKC, lower case, no diacritics, no punctuation, one space, no possessive, no leading article. Never '' for a visible name. */
export function normalName(name: string): string {
  const words = name
    .normalize('NFKC')
    .normalize('NFD')
    // Accents fold in alphabets that have them; in other scripts marks are vowels ("हिन्दी", "が").
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/(?<=\p{L})['’]s\b/gu, '')
    .replace(/(?<=\p{L})['’.](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
  return words.replace(/^(?:the|an|a) (?=.)/, '') || name.trim().toLowerCase();
}

/** Keys under which a normalised name is kept: only names that share one are ever compared. Prefixes of its words, and its initials. */
export function blockKeys(normal: string): string[] {
  const words = normal.split(' ');
  const keys = words.filter((word) => word.length >= 3 && !JOINING.has(word)).map((word) => word.slice(0, 4));
  if (words.length > 1) keys.push(`#${words.map((word) => [...word][0]).join('')}`);
  else if (/^\p{L}{2,6}$/u.test(normal)) keys.push(`#${normal}`);
  return [...new Set(keys)].slice(0, MOST_KEYS);
}

/** Share of the trigrams of two normalised names that are the same (Jaccard), 0…1. */
export function trigramSimilarity(a: string, b: string): number {
  const [x, y] = [trigrams(a), trigrams(b)];
  let shared = 0;
  for (const gram of x) if (y.has(gram)) shared += 1;
  const all = x.size + y.size - shared;
  return all === 0 ? 0 : shared / all;
}

function trigrams(text: string): Set<string> {
  const padded = ` ${text} `;
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= padded.length; i++) grams.add(padded.slice(i, i + 3));
  return grams;
}
