import type { Lexicon } from '../ports/extractor.ts';
import type { QuestionAnalysis } from './question-type.ts';
import { singular } from './sight.ts';

/** A question whose answer is to be seen in the picture at hand. `thing`: a noun that WordNet knows, singular. */
export type VisualQuestion =
  | { readonly kind: 'PRESENCE' | 'COUNT'; readonly thing: string }
  /** `YES_NO` is asked as a question, `STATEMENT` said as a sentence that may be true. */
  | { readonly kind: 'YES_NO' | 'STATEMENT' | 'CHOICE' | 'CAPTION' | 'DESCRIBE' | 'OPEN' };

const PICTURE = '(?:this|the)\\s+(?:picture|photo|photograph|image|scene)';
const ARTICLE = '(?:an?\\s+|any\\s+|some\\s+|the\\s+|one\\s+)?';
/** What may stand behind the thing without saying more of it. */
const HERE = new RegExp(
  `(?:\\s+(?:visible|shown|seen|depicted|there|to be seen|anywhere))*(?:\\s+(?:in|on)\\s+${PICTURE}|\\s+here)?\\s*[?.]*$`,
  'i',
);
const POINTS = new RegExp(`\\b${PICTURE}\\b`, 'i');

const PRESENCE = [
  `^(?:(?:is|are)\\s+there|there\\s+(?:is|are))\\s+${ARTICLE}(.+)$`,
  `^do(?:es)?\\s+${PICTURE}\\s+(?:show|contain|depict|have|include)\\s+${ARTICLE}(.+)$`,
  `^(?:can|do)\\s+(?:you|one|we)\\s+see\\s+${ARTICLE}(.+)$`,
  `^(?:is|are)\\s+(?:an?\\s+|any\\s+|some\\s+)(.+?)\\s+(?:(?:visible|shown|seen|depicted)\\s+)?(?:in|on)\\s+${PICTURE}\\s*[?.]*$`,
  `^(?:is|are)\\s+(?:this|it|these)\\s+(?:(?:a|the)\\s+(?:picture|photo|photograph|image)s?\\s+of\\s+)?(?:an?\\s+)?(.+)$`,
].map((pattern) => new RegExp(pattern, 'i'));
const COUNT = new RegExp(
  `^how\\s+many\\s+(.+?)(?:\\s+(?:are|is)(?:\\s+there)?|\\s+(?:can|do)\\s+(?:you|one|we)\\s+see|\\s+does\\s+${PICTURE}\\s+show)${HERE.source}`,
  'i',
);
const DESCRIBE = new RegExp(
  `^(?:please\\s+)?(?:describe|caption)\\b|^what(?:['’]s|\\s+is)\\s+(?:happening|going on)\\b|^what\\s+does\\s+(?:${PICTURE}|this|it)\\s+show\\b`,
  'i',
);
/** Which of the given answers is the picture's caption. */
const CAPTION = new RegExp(
  `^which\\s+(?:of\\s+these\\s+)?(?:caption|sentence|description)s?\\s+(?:fits|describes|is\\s+true\\s+of)\\s+(?:${PICTURE}|it)\\b`,
  'i',
);
/** What a look at the picture answers, in the present. */
const OPEN = [
  /^what\s+colou?rs?\s+(?:is|are)\b/i,
  /^what\s+(?:is|are)\s+(?:the|a|an|this|these)\s+[\w\s]+?\s+\w+ing(?:\s+(?:on|at|in|with|to))?(?:\s+in\s+(?:this|the)\s+\w+)?\s*\?*$/i,
  /^what\s+(?:is|are)\s+(?:on|in|under|behind|beside|above|below|next\s+to|in\s+front\s+of|near|to\s+the\s+(?:left|right)\s+of)\s+(?:the|a|an|this)\s+(?!picture|photo|image)/i,
  new RegExp(`^where\\s+(?:is|are)\\s+(?:the|a|an)\\s+[\\w\\s]+?\\s+in\\s+${PICTURE}\\s*\\?*$`, 'i'),
];
/** How two things stand, in the present: to be seen, whether or not they were. */
const PLACED = new RegExp(
  '^(?:is|are)\\s+(?:the|an?|this|that)\\s+[\\w\\s]+?\\s+(?:(?:to\\s+the\\s+|on\\s+the\\s+)?(?:left|right)\\s+of|above|below|under|beneath|behind|in\\s+front\\s+of|next\\s+to|beside|on\\s+top\\s+of|touching)\\s+(?:the|an?|this|that)\\s+[\\w\\s]+[?.]*$',
  'i',
);
/** What happened before or is only known cannot be seen: names, numbers, orders and the past. */
const KNOWN =
  /\d|\b(?:was|were|did|had|has|have|been|ago|ever|still|named|called|built|founded|made|written|found|born|owned|kept|taken|painted|belong)\b/i;

/** What kind of look the question asks for; null where a look would not answer it. `sees` tells whether a word is of something seen. */
export function visualQuestion(
  text: string,
  question: QuestionAnalysis,
  lexicon: Lexicon,
  sees: (word: string) => boolean,
): VisualQuestion | null {
  // Patterns that take words and spaces would try every way to share out a run of spaces.
  const words = text.trim().replace(/\s+/g, ' ');
  if (question.form === 'CHOICE' && CAPTION.test(words)) return { kind: 'CAPTION' };
  if (DESCRIBE.test(words) && (POINTS.test(words) || question.terms.length <= 1)) return { kind: 'DESCRIBE' };
  // Whoever asks for a named thing, or for the greatest or first of several, wants to know more than there is to see.
  if (question.form !== 'CHOICE' && (question.names.length > 0 || question.order !== undefined)) return null;
  for (const pattern of PRESENCE) {
    const thing = thingIn(pattern.exec(words)?.[1], lexicon);
    if (thing !== undefined) return { kind: 'PRESENCE', thing };
  }
  const counted = thingIn(COUNT.exec(words)?.[1], lexicon);
  if (counted !== undefined) return { kind: 'COUNT', thing: counted };
  if (KNOWN.test(words)) return null;
  const isSeen = POINTS.test(words) || PLACED.test(words) || question.terms.some((term) => sees(term.text));
  if (!isSeen) return null;
  if (question.form === 'CHOICE') return question.names.length === 0 ? { kind: 'CHOICE' } : null;
  if (question.form === 'YES_NO') return { kind: 'YES_NO' };
  if (OPEN.some((pattern) => pattern.test(words))) return { kind: 'OPEN' };
  return /^(?:the|an?|there|some|two|three)\b/i.test(words) && !words.endsWith('?') ? { kind: 'STATEMENT' } : null;
}

/** The noun that is asked for, where it says no more than a noun. */
function thingIn(phrase: string | undefined, lexicon: Lexicon): string | undefined {
  const noun = phrase?.replace(HERE, '').trim().toLowerCase();
  if (!noun || noun.split(/\s+/).length > 3) return undefined;
  const thing = singular(noun, lexicon);
  return lexicon.synsets(thing).length > 0 ? thing : undefined;
}
