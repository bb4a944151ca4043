import type { EntityKind } from '../domain.ts';

/** A question for all that stand in a relation to one thing: "list the people who were born in Westbrook". */
export interface RelationQuestion {
  /** Told to list, where "which people" may also mean one. */
  readonly isTold: boolean;
  /** "people", as the question says it. */
  readonly noun: string;
  /** Kinds the answers may have. */
  readonly kinds: readonly EntityKind[];
  readonly verb: string;
  /** "in" of "born in"; empty without. */
  readonly preposition: string;
  /** "Westbrook". */
  readonly thing: string;
  /** Whether the thing is the one that does it: "the books that she wrote", "built by". */
  readonly thingActs: boolean;
}

const NOUNS: readonly (readonly [noun: string, kinds: readonly EntityKind[]])[] = [
  ['people|persons|men|women|everyone|everybody', ['PERSON', 'NAME']],
  ['places|towns|cities|villages|countries|islands|rivers', ['PLACE', 'NAME']],
  ['organi[sz]ations|companies|firms|bands|schools|universities|clubs|teams', ['ORGANISATION', 'NAME']],
  ['books|films|songs|albums|works|novels|poems|plays|paintings', ['WORK', 'NAME']],
];
const PREPOSITION = 'to|by|in|on|at|of|for|from|with|as|into|under|near';
const BE = 'was|were|is|are|has been|have been|had been|has|have|had|did|do|does';
const TOLD = '(?:list|name|give me|tell me)(?: me)?(?: all)?(?: of)?(?: the)?';
const ASKED = '(?:which|what|who are the|what are the)';
/** Words of a name, at most. */
const LONGEST = 6;

/**
 * Reads a question as one for all that stand in a relation; undefined for any other. English. "How many people live in
 * Paris" is none: a text says that in a number, and the graph does not name them all.
 */
export function relationQuestion(text: string): RelationQuestion | undefined {
  const words = text
    .trim()
    .replace(/[?.!\s]+$/, '')
    .replace(/\s+/g, ' ');
  for (const [nouns, kinds] of NOUNS)
    for (const start of [TOLD, ASKED]) {
      const found = acting(words, `${start} (${nouns})`) ?? acted(words, `${start} (${nouns})`);
      // Only something that has a name is known well enough to list what stands to it.
      if (found && /^\p{Lu}|\d/u.test(found.thing) && found.thing.split(' ').length <= LONGEST)
        return { ...found, isTold: start === TOLD, kinds };
    }
  return undefined;
}

type Read = Omit<RelationQuestion, 'isTold' | 'kinds'>;

/** "… which did she write", "… that the yard built": the thing comes before what it does. */
function acting(words: string, start: string): Read | undefined {
  const form = `^${start} (?:(?:that |which |who |whom )?(?:did|does|do)|that|which|whom) (.+?) (\\p{Ll}+)(?: (${PREPOSITION}))?$`;
  const match = new RegExp(form, 'iu').exec(words);
  if (!match) return undefined;
  const [, noun = '', thing = '', verb = '', preposition = ''] = match;
  return { noun, verb, preposition, thing: plain(thing), thingActs: true };
}

/** "… who were born in Westbrook", "… founded by her": the thing comes last. */
function acted(words: string, start: string): Read | undefined {
  const form = `^${start} (?:that |which |who )?(?:(?:${BE}) )?(\\p{Ll}+)(?: (${PREPOSITION}))? (.+)$`;
  const match = new RegExp(form, 'u').exec(words.replace(/^\p{Lu}/u, (letter) => letter.toLowerCase()));
  if (!match) return undefined;
  const [, noun = '', verb = '', preposition = '', thing = ''] = match;
  const isBy = preposition === 'by';
  return { noun, verb, preposition: isBy ? '' : preposition, thing: plain(thing), thingActs: isBy };
}

function plain(thing: string): string {
  return thing.replace(/^(?:an?|the)\s+/i, '').trim();
}
