import type { EntityKind } from '../domain.ts';
import { kindsOfHead } from './answer-types.ts';
import { AUXILIARY, PREPOSITION, WH } from './function-words.ts';
import type { Word } from './words.ts';

export type AskedFor = 'PERSON' | 'TIME' | 'PLACE' | 'COUNT' | 'MEASURE' | 'DURATION' | 'THING' | 'REASON' | 'MANNER';

/** Index of the word that asks; relative pronouns further on don't count. */
export function questionWord(words: readonly Word[]): number {
  const isWh = (i: number) => WH.test(words[i]?.text ?? '');
  if (isWh(0)) return 0;
  if (isWh(1) && PREPOSITION.test(words[0]?.text ?? '')) return 1;
  for (let i = 0; i < words.length; i += 1) {
    if (!isWh(i)) continue;
    const [before, wh, after] = [words[i - 1], words[i], words[i + 1]];
    const asksNoun =
      /^(?:what|which|how)$/i.test(wh?.text ?? '') &&
      after !== undefined &&
      !after.stop &&
      !/^(?:is|was)$/i.test(after.text);
    const atEnd = i >= words.length - 1;
    if (
      atEnd ||
      /^(?:what|how|whom|whose)$/i.test(wh?.text ?? '') ||
      (asksNoun && PREPOSITION.test(before?.text ?? '')) ||
      (AUXILIARY.test(after?.text ?? '') && /^(?:when|where|why)$/i.test(wh?.text ?? '') && i > words.length - 4)
    )
      return i;
  }
  return AUXILIARY.test(words[0]?.text ?? '') ? -1 : words.findLastIndex((word) => WH.test(word.text));
}

/** What the question word asks for, and where the noun stands that says it more closely. */
export function askedFor(words: readonly Word[], at: number): { asks: AskedFor; headAt: number } {
  const wh = words[at]?.text.toLowerCase();
  const next = words[at + 1]?.text.toLowerCase() ?? '';
  if (wh === 'who' || wh === 'whom' || wh === 'whose') return { asks: 'PERSON', headAt: -1 };
  if (wh === 'when') return { asks: 'TIME', headAt: -1 };
  if (wh === 'where') return { asks: 'PLACE', headAt: -1 };
  if (wh === 'why') return { asks: 'REASON', headAt: -1 };
  if (wh === 'how') {
    if (next === 'many') return { asks: 'COUNT', headAt: nounAfter(words, at + 2) };
    if (next === 'long' && /^(?:did|do|does|has|have|had|will|was)$/i.test(words[at + 2]?.text ?? ''))
      return { asks: 'DURATION', headAt: -1 };
    if (/^(?:much|long|old|far|tall|high|deep|wide|big|large|heavy|fast|often|hot|cold|late|early)$/.test(next))
      return { asks: 'MEASURE', headAt: -1 };
    return { asks: 'MANNER', headAt: -1 };
  }
  let headAt = nounAfter(words, at + 1);
  // "what is the name of the band": through the copula, and through nouns that only point.
  if (headAt < 0 && AUXILIARY.test(next) && /^(?:is|are|was|were)$/.test(next)) headAt = nounAfter(words, at + 2);
  while (
    headAt >= 0 &&
    /^(?:name|kind|type|sort|title|part|one)$/i.test(words[headAt]?.text ?? '') &&
    /^of$/i.test(words[headAt + 1]?.text ?? '')
  ) {
    const further = nounAfter(words, headAt + 2);
    if (further < 0) break;
    headAt = further;
  }
  return { asks: 'THING', headAt };
}

/** Last word of the run of content words that begins at or (after articles) just behind `from`; -1 when there is none. */
function nounAfter(words: readonly Word[], from: number): number {
  let i = from;
  while (/^(?:the|a|an|of|its|his|her|their|two|most|many|much)$/i.test(words[i]?.text ?? '')) i += 1;
  const start = i;
  while (i < words.length && words[i]?.stop === false && i - start < 4) {
    const known = isKnownHead(words[i]);
    const nextKnown = isKnownHead(words[i + 1]);
    if (known && !nextKnown) return i;
    i += 1;
  }
  if (i === start) return -1;
  // "which plant grew there": without a known noun the first word is the head, unless it describes ("native", "racing").
  return /(?:ive|al|ing|ish|ese|ian|an|ous|first|last|main|big|old|new)$/i.test(words[start]?.text ?? '') &&
    i - start > 1
    ? start + 1
    : start;
}

/** "founded" has the stem of "founder", but is no noun. */
function isKnownHead(word: Word | undefined): boolean {
  return word !== undefined && !word.stop && !/(?:ed|ing)$/i.test(word.text) && kindsOfHead(word.stem).length > 0;
}

/** Kinds of answer that fit. */
export function expectedKinds(asks: AskedFor, head: string | undefined): readonly EntityKind[] {
  if (asks === 'PERSON') return ['PERSON', 'ORGANISATION', 'NAME'];
  if (asks === 'TIME') return ['DATE'];
  if (asks === 'PLACE') return ['PLACE', 'ORGANISATION', 'NAME'];
  if (asks === 'COUNT' || asks === 'MEASURE' || asks === 'DURATION') return ['QUANTITY'];
  const kinds = head === undefined ? [] : kindsOfHead(head);
  return kinds;
}
