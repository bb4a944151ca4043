import { AUXILIARY, WH } from '../reason/function-words.ts';
import { wordsOf } from '../reason/words.ts';
import type { Talk } from './talk.ts';

const ABOUT = /^(?:(?:and|but|so|ok|okay)[\s,]+)?(?:what|how)\s+about\s+(.+)$/i;
const AND = /^(?:and|or|but)[\s,]+(.+)$/i;
const PREPOSITION = '(?:in|on|at|by|for|with|from|to|before|after|during|since|until|around|near)';
const FRAGMENT = new RegExp(`^${PREPOSITION}\\s+(?:the\\s+)?[\\p{L}\\d'’-]+(?:\\s+[\\p{L}\\d'’-]+){0,3}$`, 'iu');
const DATE =
  '(?:the\\s+)?(?:(?:early|mid|late)\\s+)?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\\s+)?(?:\\d{3,4}s?|\\d{1,2}(?:st|nd|rd|th)\\s+century)';
const DATED = new RegExp(`^(?:${PREPOSITION}\\s+)?${DATE}$`, 'i');
const DATE_IN = new RegExp(`\\b(?:in|on|before|after|during|since|until|by|around)\\s+${DATE}\\b`, 'i');
const NAME = /\p{Lu}[\p{L}\p{M}\d'’.-]*(?:\s+(?:(?:of|the|de|von|van)\s+)*\p{Lu}[\p{L}\p{M}\d'’.-]*)*/gu;
const BARE_WH =
  /^(?:and\s+)?(when|where|why|how|who|by\s+whom|since\s+when)(?:\s+(?:exactly|precisely|was\s+that|did\s+(?:that|this|it)\s+happen))?$/i;
const THIS_ONE =
  /^(?:this|that|these|here|in\s+this|on\s+this|this\s+one|(?:in|on)\s+this\s+one|this\s+(?:picture|photo|image|recording|film|video))$/i;

/** A follow-up that leaves out what the question before said ("and in 1920?", "what about Ellen Carew?", "when?") as a whole question; undefined where it is none. */
export function completed(text: string, talk: Talk): string | undefined {
  const before = talk.turns.findLast((turn) => turn.understoodAs !== null);
  if (!before?.understoodAs) return undefined;
  const last = before.understoodAs.trim().replace(/[?.!\s]+$/, '');
  const bare = text.trim().replace(/[?.!\s]+$/, '');
  const wh = BARE_WH.exec(bare)?.[1];
  if (wh) {
    const answer = before.referents.find(({ role }) => role === 'ANSWER');
    return askedOtherwise(wh, last, answer && (answer.takesThe ? `the ${answer.name}` : answer.name));
  }
  const led = ABOUT.exec(bare)?.[1] ?? AND.exec(bare)?.[1];
  const first = wordsOf(led ?? '')[0]?.text ?? '';
  // "And where was he born?" is whole but for its "and".
  if (led !== undefined && !ABOUT.test(bare) && (WH.test(first) || AUXILIARY.test(first))) return `${led}?`;
  const fragment = led ?? (FRAGMENT.test(bare) ? bare : undefined);
  if (fragment === undefined || wordsOf(fragment).length > 6) return undefined;
  const whole = replaced(fragment.trim(), last, talk);
  return whole === undefined ? undefined : `${whole}?`;
}

/** The question with the fragment in the place of what is like it. */
function replaced(fragment: string, last: string, talk: Talk): string | undefined {
  if (THIS_ONE.test(fragment)) return talk.asset ? last : undefined;
  if (DATED.test(fragment)) {
    const dated = new RegExp(`^${PREPOSITION}\\s`, 'i').test(fragment) ? fragment : `in ${fragment}`;
    return DATE_IN.test(last) ? last.replace(DATE_IN, dated) : `${last} ${dated}`;
  }
  const preposition = new RegExp(`^(${PREPOSITION})\\s+(.+)$`, 'i').exec(fragment);
  if (preposition?.[1] && preposition[2]) {
    const same = namesIn(last).find(({ start }) =>
      new RegExp(`\\b${preposition[1]}\\s+(?:the\\s+)?$`, 'i').test(last.slice(0, start)),
    );
    if (!same) return `${last} ${fragment}`;
    const head = last.slice(0, same.start).replace(/\bthe\s+$/i, '');
    return head + preposition[2] + last.slice(same.end);
  }
  // What the question was about is what it names first.
  const [topic] = namesIn(last);
  if (topic) {
    const head = /^(?:the|an?)\s/i.test(fragment)
      ? last.slice(0, topic.start).replace(/\bthe\s+$/i, '')
      : last.slice(0, topic.start);
    return head + fragment + last.slice(topic.end);
  }
  const turn = talk.turns.findLast(({ understoodAs }) => understoodAs !== null);
  for (const { name, role } of turn?.referents ?? []) {
    if (role !== 'QUESTION') continue;
    const at = last.toLowerCase().indexOf(name.toLowerCase());
    if (at < 0) continue;
    const head = last.slice(0, at).replace(/\b(?:the|an?)\s+$/i, '');
    return head + fragment + last.slice(at + name.length);
  }
  return undefined;
}

/** "Where was Ann born" + "when" → "When was Ann born?"; "Who cast the bell" + "when" → "When was it that Thomas Miller cast the bell?". */
function askedOtherwise(wh: string, last: string, answer: string | undefined): string | undefined {
  const asks = capital(wh.replace(/\s+/g, ' ').toLowerCase());
  const adverbial =
    /^(?:where|when|why|how)\s+((?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b.*)$/i.exec(last);
  if (/^who$/i.test(wh))
    return adverbial && /^(?:was|were|is|are)\b/i.test(adverbial[1] ?? '') ? `By whom ${adverbial[1]}?` : undefined;
  if (adverbial) return `${asks} ${adverbial[1]}?`;
  if (answer === undefined) return undefined;
  const object = /^(?:what|whom?|which(?:\s+\p{Ll}+){1,2})\s+((?:did|does|do|had|has|have)\b.+)$/iu.exec(last);
  if (object) return `${asks} ${object[1]} ${answer}?`;
  const copula = /^(?:what|who|which(?:\s+\p{Ll}+){1,2})\s+(is|are|was|were)\s+(.+)$/iu.exec(last);
  if (copula) return `${asks} ${copula[1]} ${answer} ${copula[2]}?`;
  const subject = /^(?:who|what|which(?:\s+\p{Ll}+){1,2}?)\s+(\p{Ll}.+)$/iu.exec(last);
  return subject ? `${asks} was it that ${answer} ${subject[1]}?` : undefined;
}

function namesIn(text: string): { readonly start: number; readonly end: number }[] {
  const words = wordsOf(text);
  return [...text.matchAll(NAME)].flatMap((match) => {
    const first = words.find((word) => word.start === match.index);
    const isFunction = first && (first.stop || WH.test(first.text) || AUXILIARY.test(first.text));
    const skip = isFunction ? (/^\S+\s*/.exec(match[0])?.[0].length ?? 0) : 0;
    const start = match.index + skip;
    const run = match[0].slice(skip).replace(/['’]s$/, '');
    return run === '' ? [] : [{ start, end: start + run.length }];
  });
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
