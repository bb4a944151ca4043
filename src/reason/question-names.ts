import { AUXILIARY, WH } from './function-words.ts';
import { normalName, type Word } from './words.ts';

export type Order = 'FIRST' | 'LAST' | 'MOST' | 'LEAST';

/** Capitalised runs and quotations of the question, normal. */
export function namesIn(text: string, words: readonly Word[]): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(/["“]([^"”]+)["”]/gu)) names.push(normalName(match[1] ?? ''));
  for (const match of text.matchAll(
    /\p{Lu}[\p{L}\p{M}\d'’.-]*(?:\s+(?:(?:of|the|de|la|le|von|van|and|&|in|for)\s+)*(?:\p{Lu}[\p{L}\p{M}\d'’.-]*|\d+))*/gu,
  )) {
    const first = words.find((word) => word.start === match.index);
    const run = first && (first.stop || WH.test(first.text)) ? match[0].replace(/^\S+\s*/, '') : match[0];
    const name = normalName(run);
    if (name.length > 1) names.push(name);
  }
  return [...new Set(names)];
}

/** The two sides of "…, A or B?", "between A and B". */
export function optionsIn(text: string): string[] {
  const bare = text
    .trim()
    .replace(/\?+\s*$/, '')
    .trim();
  const between = /^between\s+(\p{L}.*?)\s+(?:and|or)\s+(\p{L}.*?),\s+(?:which|who)\b/iu.exec(bare);
  // "Between London and Paris, which stations …" asks for neither.
  if (between?.[1] && between[2] && orderOf(bare) !== undefined)
    return [bareOption(between[1]), bareOption(between[2])];
  const after =
    /(?:,|:|\bfirst\b|\bearlier\b|\blater\b|\bolder\b|\byounger\b|\bbetween\b|\blarger\b|\boldest\b|\bmore\s+\w+|^\s*(?:is|are|was|were|did|does|do)\b)\s*([^,:]+?),?\s+or\s+([^,]+)$/i.exec(
      bare,
    );
  if (after?.[1] && after[2]) {
    const sides: [string, string] = [bareOption(after[1]), bareOption(after[2])];
    return AUXILIARY.test(after[0].split(' ')[0] ?? '') ? alike(...sides) : sides;
  }
  // "What do A and B have" asks for neither.
  const which = /^(?:(?:which|who)\b.*?[,:]\s*(.+?)\s+(?:or|and)|what\b.*?[,:]\s*(.+?)\s+or)\s+(.+)$/i.exec(bare);
  const [first, second] = [which?.[1] ?? which?.[2], which?.[3]];
  const isName = (option: string) => /^["“]?(?:the\s+)?["“]?[\p{Lu}\d]/u.test(option);
  if (first && second && isName(first) && isName(second)) return [first.trim(), second.trim()];
  const plain = /\b((?:the\s+)?\p{Lu}[^,]*?)\s+or\s+((?:the\s+)?\p{Lu}[^,]*)$/u.exec(
    bare.replace(/^\s*(?:which|who|what|is|are|was|were|did|does|do|between)\s+/i, ''),
  );
  return plain?.[1] && plain[2] && plain[1].split(' ').length < 7 ? [plain[1].trim(), plain[2].trim()] : [];
}

/** "the Courage older" → "the Courage". */
function bareOption(option: string): string {
  return (
    option
      .trim()
      .replace(/^the\s+\p{Ll}+\s+(?=[\p{Lu}"“])/u, '')
      // "a painter", "in winter": no comparative.
      .replace(
        /(?<!\b(?:an?|the|in|by|of|with|for))\s+(?:\p{Ll}+er|first|more\s+\p{Ll}+|born|built|founded|formed)$/u,
        '',
      )
  );
}

const PREPOSITION =
  /^(?:in|on|at|with|for|by|to|from|of|under|over|during|about|into|through|behind|without|between)$/i;

/**
 * The first of two behind the rest of its question ("was Star Wars a book or a movie"), without that: "a book"; "more
 * pronounced with nearby stars" beside "with distant stars" → "nearby stars" and "distant stars".
 */
function alike(first: string, second: string): [string, string] {
  const own = first.split(' ');
  const [lead = '', ...rest] = second.split(' ');
  const isArticle = /^an?$/i.test(lead);
  const at = own.findLastIndex((word) => (isArticle ? /^an?$/i.test(word) : word === lead));
  if (at < 0 || at === own.length - 1 || rest.length === 0) return [first, second];
  if (PREPOSITION.test(lead)) return [own.slice(at + 1).join(' '), rest.join(' ')];
  // "A mate of a ship or a captain": one noun phrase.
  return isArticle && !PREPOSITION.test(own[at - 1] ?? '') ? [own.slice(at).join(' '), second] : [first, second];
}

/** What is looked for among things that are compared. */
export function orderOf(text: string): Order | undefined {
  if (/\b(?:first|earlier|earliest|older|oldest|elder|before|longer ago)\b/i.test(text)) return 'FIRST';
  if (/\b(?:later|latest|last|younger|youngest|newer|newest|more recent(?:ly)?|most recent(?:ly)?|after)\b/i.test(text))
    return 'LAST';
  if (
    /\b(?:more|most|larger|largest|bigger|biggest|higher|highest|taller|tallest|longer|longest|greater|greatest|heavier|heaviest|deeper|wider|farther)\b/i.test(
      text,
    )
  )
    return 'MOST';
  if (/\b(?:fewer|fewest|less|least|smaller|smallest|lower|lowest|shorter|shortest|lighter)\b/i.test(text))
    return 'LEAST';
  return undefined;
}
