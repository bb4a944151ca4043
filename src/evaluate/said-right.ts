/** Answers as SQuAD compares them (Rajpurkar et al. 2016): lower case, no articles or punctuation. */
export function normalAnswer(text: string): string {
  return text
    .toLowerCase()
    .replace(/(?<=\d),(?=\d{3})/g, '')
    .replace(/[^\p{L}\p{N}\s.-]|\.(?!\d)|(?<![\p{L}\p{N}])-|-(?![\p{L}\p{N}])/gu, '')
    .replace(/\b(?:a|an|the)\b/gu, ' ')
    .split(/\s+/)
    .filter(Boolean)
    .join(' ');
}

/** Overlap of words with the best of the right answers, 0…1: the harmonic mean of the shares that are right and that were found. */
export function wordF1(said: string, rights: readonly string[]): number {
  const own = normalAnswer(said).split(' ').filter(Boolean);
  return Math.max(
    0,
    ...rights.map((right) => {
      const left = normalAnswer(right).split(' ').filter(Boolean);
      if (own.length === 0 || left.length === 0) return own.length === left.length ? 1 : 0;
      const wanted = left.length;
      let common = 0;
      for (const word of own) {
        const at = left.indexOf(word);
        if (at < 0) continue;
        left.splice(at, 1);
        common += 1;
      }
      return (2 * common) / (own.length + wanted);
    }),
  );
}

export function isExact(said: string, rights: readonly string[]): boolean {
  return rights.some((right) => normalAnswer(right) === normalAnswer(said));
}

/** Every one of the right answers and nothing else, in any order; numbers are equal as numbers (the denotation of Pasupat & Liang 2015). */
export function sameDenotation(said: string, rights: readonly string[]): boolean {
  if (rights.length === 1) return sameValue(said, rights[0] ?? '');
  const parts = said.split(/\s*(?:;|,(?!\d)|\band\b)\s*/).filter(Boolean);
  return parts.length === rights.length && rights.every((right) => parts.some((part) => sameValue(part, right)));
}

function sameValue(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => text.replace(/[,\s$€£%]/g, ''));
  if (x && y && Number.isFinite(Number(x)) && Number.isFinite(Number(y))) return Number(x) === Number(y);
  return normalAnswer(a) === normalAnswer(b);
}
