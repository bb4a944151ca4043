import type { Extractor } from '../ports/extractor.ts';
import type { NameToResolve } from './resolve.ts';

const LONGEST_WORDS = 8;

/** The entity that an asset's title names; undefined for a file name, an id, or words that go on ("In the year …"). */
export function titleName(title: string, extractor: Extractor): NameToResolve | undefined {
  const text = title.trim();
  const words = text.split(/\s+/);
  if (
    text === '' ||
    words.length > LONGEST_WORDS ||
    /…$|\.[a-z0-9]{2,5}$|[_/\\]|^\S*\d\S*-\S*$/i.test(text) ||
    !/\p{L}/u.test(text)
  )
    return undefined;
  // "Mercury (planet)": the name, and the whole as an alias, which tells it from its namesakes.
  const bare = text.replace(/\s*\([^)]*\)\s*$/, '').trim() || text;
  const [only] = extractor
    .extract({ text: bare, sentences: [{ start: 0, end: bare.length }] })
    .names.filter((name) => name.surface === bare && name.kind !== 'CONCEPT');
  return { name: bare, kind: only?.kind ?? 'NAME', ...(bare === text ? {} : { aliases: [text] }) };
}
