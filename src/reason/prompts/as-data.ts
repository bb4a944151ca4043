/** Marks that some chat formats begin a turn by; those in pointed brackets go with the brackets. */
const CHAT_MARK = /\[(\/?(?:INST|SYS\w*|SYSTEM\w*))\]/gi;
/**
 * What shows nothing: writing directions, zero-width characters, the whole plane of tags, and variation selectors, which can hide a text
 * within a text. Joiners stay between letters of scripts that need them.
 */
const INVISIBLE =
  /(?![\u200c\u200d])\p{Cf}|(?<=\p{ASCII}|^)[\u200c\u200d]|[\u200c\u200d](?=\p{ASCII}|$)|[\ufe00-\ufe0f\u{e0000}-\u{e01ef}]/gu;

/**
 * Somebody's words as they may stand in a prompt: on one line, without pointed brackets (also their wide and small forms),
 * so that they can neither close a block nor open one, without what can't be seen, and of at most `longest` characters.
 */
export function asData(text: string, longest: number): string {
  const line = text
    .replace(INVISIBLE, '')
    .replace(/[<\uff1c\ufe64]/g, '‹')
    .replace(/[>\uff1e\ufe65]/g, '›')
    .replace(CHAT_MARK, '($1)')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest).join('').trimEnd()} …`;
}
