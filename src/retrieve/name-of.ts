import { wordsOf } from './passages.ts';

const ARTICLE = /^(?:the|a|an) /;

/** A name as names are compared in texts: its words, without an article. */
export function nameOf(text: string): string {
  return plain(text).replace(ARTICLE, '');
}

/** Words as names are compared: without accents and "'s". */
export function plain(text: string): string {
  return wordsOf(
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/['’]s\b/gu, ''),
  ).join(' ');
}
