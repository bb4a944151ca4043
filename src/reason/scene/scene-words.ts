import type { Level, Place } from './statement.ts';

const COLOURS = 'black white grey red orange yellow green blue purple pink brown';
export const COLOUR_WORDS: ReadonlySet<string> = new Set(COLOURS.split(' '));
export const SIZES: ReadonlyMap<string, 'BIG' | 'MEDIUM' | 'SMALL'> = new Map([
  ['big', 'BIG'],
  ['large', 'BIG'],
  ['medium', 'MEDIUM'],
  ['small', 'SMALL'],
  ['little', 'SMALL'],
  ['tiny', 'SMALL'],
]);
/** Head nouns of drawings: what they speak of, and the name it must have. */
export const HEADS: ReadonlyMap<string, { readonly level: Level; readonly name?: string }> = new Map([
  ...headed('item object thing shape figure element piece one', 'THING'),
  ...headed('square block cube brick', 'THING', 'square'),
  ...headed('circle dot disc ball', 'THING', 'circle'),
  ...headed('triangle', 'THING', 'triangle'),
  ...headed('rectangle', 'THING', 'rectangle'),
  ...headed('tower stack', 'TOWER'),
  ...headed('box', 'BOX'),
  ...headed('color', 'COLOUR'),
]);
export const PLACES: ReadonlyMap<string, Place> = new Map<string, Place>([
  ['top', 'TOP'],
  ['base', 'BASE'],
  ['bottom', 'BASE'],
  ['middle', 'MIDDLE'],
  ['center', 'MIDDLE'],
  ['left', 'LEFT'],
  ['right', 'RIGHT'],
  ['second', 2],
  ['third', 3],
  ['fourth', 4],
]);
export const WALLS: ReadonlySet<string> = new Set(['wall', 'edge', 'side', 'boundary', 'border']);
const NUMBERS = 'zero one two three four five six seven eight nine ten'.split(' ');
/** Words that a slip of the pen is mended to. */
const MENDED = 'square circle triangle tower yellow black touching exactly block object'.split(' ');

/** Turns of phrase made one word, and words that say nothing here left out. In this order. */
const TURNS: readonly (readonly [RegExp, string])[] = [
  [/\bthere['’]s\b/g, 'there is'],
  [/\b(does|do|is|are)n['’]t\b/g, '$1 not'],
  [/[.?!;:"“”]+/g, ' '],
  [/,/g, ' , '],
  [/^\s*ll\b/g, 'all'],
  [/\bcolou?r(ed)?\b/g, 'color$1'],
  [/\bcolou?rs\b/g, 'colors'],
  [/\bgray\b/g, 'grey'],
  [/\bgrey (?:box|square|image|area|panel|background)(?:e?s)?\b/g, 'box'],
  [/\batleast\b/g, 'at least'],
  [/\batmost\b/g, 'at most'],
  [/\b(?:in|on) (?:this|the) (?:picture|image|photo|photograph|drawing|scene)\b/g, ''],
  [/\b(?:closely|directly|immediately|nearly|almost|just|also|total|visible|altogether)\b/g, ''],
  [/\bright (?=(?:on|above|over|below|under|beneath|next)\b)/g, ''],
  [/\bon (?:the )?top of\b/g, 'atop'],
  [/\bon (?:the )?top\b/g, 'at top'],
  [/\b(?:next to|beside|close to|near to|near|adjacent to)\b/g, 'beside'],
  [/\b(?:to|on|at) the (left|right)(?: side)? of\b/g, '$1of'],
  [/\b(left|right) of\b/g, '$1of'],
  [/\b(?:underneath|beneath|under)\b/g, 'below'],
  [/\bover\b/g, 'atop'],
  [/\b(?:touches|touch)\b/g, 'touching'],
  [/\b(?:contains|contain|includes|include|has|have|had)\b/g, 'have'],
  [/\b(?:containing|including|having)\b/g, 'with'],
  [/\bat least\b/g, 'atleast'],
  [/\bat most\b/g, 'atmost'],
  [/\bmore than (?=\w+)/g, 'morethan '],
  [/\b(?:less|fewer) than (?=\w+)/g, 'lessthan '],
];

/** The statement's words in lower case, one form a turn of phrase, numbers as digits, nouns singular, slips mended. */
export function sceneWords(text: string): string[] {
  let line = ` ${text.toLowerCase()} `;
  for (const [turn, instead] of TURNS) line = line.replace(turn, instead);
  const words = line.split(/\s+/).filter(Boolean).map(plainWord);
  return words
    .join(' ')
    .replace(/\b(\d+) square towers?\b|\b(\d+) block tower\b/g, 'high$1$2 tower')
    .split(' ');
}

function plainWord(word: string): string {
  const number = NUMBERS.indexOf(word);
  if (number >= 0) return String(number);
  if (word === 'boxes') return 'box';
  if (word === 'ones') return 'one';
  const single = word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
  if (HEADS.has(single) || PLACES.has(single) || WALLS.has(single) || single === 'corner' || single === 'height')
    return single;
  if (word.length < 5 || COLOUR_WORDS.has(word)) return word;
  return MENDED.find((known) => isSlip(single, known)) ?? word;
}

/** One letter left out, added, changed or two swapped. */
function isSlip(word: string, known: string): boolean {
  if (Math.abs(word.length - known.length) > 1 || word === known) return false;
  let start = 0;
  while (start < word.length && word[start] === known[start]) start++;
  const [rest, own] = [word.slice(start), known.slice(start)];
  return (
    rest.slice(1) === own.slice(1) ||
    rest.slice(1) === own ||
    rest === own.slice(1) ||
    (rest[0] === own[1] && rest[1] === own[0] && rest.slice(2) === own.slice(2))
  );
}

function headed(nouns: string, level: Level, name?: string): [string, { level: Level; name?: string }][] {
  return nouns.split(' ').map((noun) => [noun, { level, ...(name === undefined ? {} : { name }) }]);
}
