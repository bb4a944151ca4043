import type { Clarification, ClarificationCandidate } from '../conversation.ts';
import { AUXILIARY, WH } from '../reason/function-words.ts';
import { SensegraphError } from '../errors.ts';
import { normalName, wordsOf } from '../reason/words.ts';
import { withChosen } from './resolve.ts';
import { chosenStretch } from './stretch.ts';

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];
const LEAD =
  /^(?:(?:i|we)\s+mean(?:t)?|no|yes|ok(?:ay)?|it(?:['’]s|\s+is)|that\s+is|that['’]s|the\s+one\s+(?:called|named|in|of)|about|of)[\s,:]+/i;
/** Words of a reply that only names what was meant. */
const LONGEST = 8;

/** The candidate that a reply in words names ("Ellen Carew", "the second one", "I mean Ellen"); undefined for anything else, such as another question. */
export function chosenInWords(reply: string, { candidates }: Clarification): ClarificationCandidate | undefined {
  let bare = reply.trim().replace(/[?.!\s]+$/, '');
  for (let i = 0; i < 2; i++) bare = bare.replace(LEAD, '');
  const words = wordsOf(bare);
  const first = words[0]?.text ?? '';
  if (words.length === 0 || words.length > LONGEST || WH.test(first) || AUXILIARY.test(first)) return undefined;
  const ordinal = /^the\s+(\p{L}+)(?:\s+(?:one|picture|photo|person|man|woman|recording))?$/iu
    .exec(bare)?.[1]
    ?.toLowerCase();
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

/** Another question, rather than "here it is". */
const WHOLE =
  /^(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have|can|tell|describe|name)\b/i;

/** What a question is as a reply to the one that was asked back. */
export interface Reply {
  /** Absent where the picture that was missing came instead. */
  readonly candidate?: ClarificationCandidate;
  readonly phrase: string;
  readonly question: string;
}

interface Given {
  readonly question: string;
  readonly candidateId?: string;
  /** What came with it. */
  readonly assetId?: string;
}

/** The question that waits for a reply, with what was chosen written out. BAD_INPUT for a candidate that was not offered. */
export function replyTo(open: Clarification | undefined, { question, candidateId, assetId }: Given): Reply | undefined {
  const candidate =
    candidateId === undefined
      ? open && chosenInWords(question, open)
      : open?.candidates.find(({ id }) => id === candidateId);
  if (candidateId !== undefined && !candidate)
    throw new SensegraphError(
      'BAD_INPUT',
      open
        ? `${candidateId} is none of the candidates of the last turn: give the id of one of them, or ask another question.`
        : 'The last turn of the conversation asked nothing back: ask without a candidate.',
    );
  if (!open) return undefined;
  const { phrase } = open;
  if (assetId !== undefined && open.reason === 'NO_ASSET' && !candidate && !WHOLE.test(question.trim()))
    return { phrase, question: open.question };
  if (!candidate || assetId !== undefined) return undefined;
  const isAsset = candidate.id.startsWith('Asset:');
  const stretch = candidate.id.startsWith('Segment:') ? chosenStretch(phrase, candidate) : undefined;
  const said = /\b(?:recording|sound|noise|audio)\b/i.test(phrase)
    ? 'this recording'
    : /\b(?:film|video|movie|clip)\b/i.test(phrase)
      ? 'this film'
      : 'this picture';
  return { candidate, phrase, question: withChosen(open, stretch ?? (isAsset ? said : candidate.caption)) };
}
