import type { Clarification, ClarificationCandidate } from '../conversation.ts';
import { AUXILIARY, WH } from '../reason/function-words.ts';
import { normalName, wordsOf } from '../reason/words.ts';

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];
const LEAD = /^(?:(?:i|we)\s+mean(?:t)?|no|yes|ok(?:ay)?|it(?:['’]s|\s+is)|that\s+is|that['’]s|the\s+one\s+(?:called|named|in|of)|about|of)[\s,:]+/i;
/** Words of a reply that only names what was meant. */
const LONGEST = 8;

/** The candidate that a reply in words names ("Ellen Carew", "the second one", "I mean Ellen"); undefined for anything else, such as another question. */
export function chosenInWords(reply: string, { candidates }: Clarification): ClarificationCandidate | undefined {
  let bare = reply.trim().replace(/[?.!\s]+$/, '');
  for (let i = 0; i < 2; i++) bare = bare.replace(LEAD, '');
  const words = wordsOf(bare);
  const first = words[0]?.text ?? '';
  if (words.length === 0 || words.length > LONGEST || WH.test(first) || AUXILIARY.test(first)) return undefined;
  const ordinal = /^the\s+(\p{L}+)(?:\s+(?:one|picture|photo|person|man|woman|recording))?$/iu.exec(bare)?.[1]?.toLowerCase();
  if (ordinal === 'last') return candidates.at(-1);
  const at = ORDINALS.indexOf(ordinal ?? '');
  if (at >= 0) return candidates[at];
  const said = normalName(bare).split(' ');
  const fitting = candidates.filter(({ caption }) => {
    const own = normalName(caption.replace(/\.[a-z\d]{2,5}$/i, '')).split(' ');
    return said.every((word) => own.includes(word));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}
