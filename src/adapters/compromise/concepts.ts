import type { Lexicon } from '../../ports/extractor.ts';
import type { RawName } from './raw-name.ts';
import { GENERIC_NOUNS, NOT_A_NAME } from './patterns.ts';
import type { Term } from './terms.ts';

/** Most different concepts of one text. */
const MOST = 16;

/**
 * Kinds of things named in lower case, by their singular: the longest run of nouns that the lexicon knows ("hunting
 * dog"), or the last noun of the run, known or not (a rare word joins better than a common one).
 */
export function findConcepts(terms: readonly Term[], lexicon: Lexicon): RawName[] {
  const names: RawName[] = [];
  const different = new Set<string>();
  for (let i = 0; i < terms.length; i++) {
    const term = terms[i];
    if (!term || !isNoun(term)) continue;
    let last = i;
    while (isNoun(terms[last + 1]) && !/[,;:.()!?"”]/.test(terms[last]?.after ?? '')) last += 1;
    const before = terms[i - 1];
    const found = longestKnown(
      terms.slice(i, last + 1),
      before && !/[,;:.()!?"”]/.test(before.after) ? before : undefined,
      lexicon,
    );
    i = last;
    if (!found || GENERIC_NOUNS.has(found.name)) continue;
    if (!different.has(found.name) && different.size >= MOST) continue;
    different.add(found.name);
    names.push(found);
  }
  return names;
}

function isNoun(term: Term | undefined): boolean {
  if (!term || !/^\p{Ll}[\p{L}-]{2,}$/u.test(term.text) || NOT_A_NAME.has(term.text)) return false;
  const { tags } = term;
  return (
    tags.has('Noun') &&
    !tags.has('Pronoun') &&
    !tags.has('Value') &&
    !tags.has('Date') &&
    !tags.has('Possessive') &&
    !tags.has('Verb')
  );
}

function longestKnown(run: readonly Term[], before: Term | undefined, lexicon: Lexicon): RawName | undefined {
  const last = run.at(-1);
  if (!last) return undefined;
  // "Egyptian cat", "red panda": an adjective that makes another kind of thing.
  const wide = before && run.length <= 2 ? [before, ...run] : [];
  const kind = before && wide.length > 0 ? lexicon.lemma(wide.map((term) => term.text).join(' ')) : undefined;
  if (before && kind?.includes(' '))
    return { start: before.start, end: last.end, name: kind, kind: 'CONCEPT', score: 0.7 };
  for (let from = Math.max(0, run.length - 3); from < run.length; from++) {
    const part = run.slice(from);
    const lemma = lexicon.lemma(part.map((term) => term.text).join(' '));
    if (lemma !== undefined)
      return { start: part[0]?.start ?? last.start, end: last.end, name: lemma, kind: 'CONCEPT', score: 0.6 };
  }
  // An unknown word that may be a verb or a plural of nothing names nothing.
  if (last.text.endsWith('s')) return undefined;
  return { start: last.start, end: last.end, name: last.text.toLowerCase(), kind: 'CONCEPT', score: 0.5 };
}
