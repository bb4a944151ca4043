import type { Referent, ReferentMoment } from '../conversation.ts';
import type { Modality } from '../domain.ts';
import { clock } from '../time.ts';
import { namesSomething } from './pronouns.ts';
import { unique, type Resolution, type Talk } from './talk.ts';

const SOUND = 'sound|noise';
const SCENE = 'scene|shot';
const MOMENT = 'moment';
const NOUNS: readonly (readonly [Modality, string, string])[] = [
  ['IMAGE', 'picture|photo|photograph|image|drawing', 'this picture'],
  ['AUDIO', 'recording|audio', 'this recording'],
  ['AUDIO', SOUND, 'the sound in this recording'],
  ['VIDEO', 'video|film|movie|clip', 'this film'],
  ['VIDEO', SCENE, 'this film'],
  ['AUDIO', MOMENT, 'this recording'],
  ['DOCUMENT', 'document', 'this document'],
];
const NOUN = NOUNS.map(([, nouns]) => nouns).join('|');
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const ORDINAL = `${ORDINALS.join('|')}|\\d+(?:st|nd|rd|th)|last|previous|other|earlier`;
const POINTS = new RegExp(
  `\\b(?:(?<pointer>this|that|these|those)\\s+|the\\s+(?<ordinal>${ORDINAL})\\s+|(?<=\\b(?:in|on|of)\\s)(?<the>the)\\s+)(?<noun>${NOUN})\\b(?!\\s+(?:of|called|named|by|that|which|where|in\\s+which)\\b)`,
  'i',
);
/** "That sound" and "that scene" are a stretch of a recording or film; what stands before them may only say that something is at that time. */
const STRETCH = new RegExp(`^(?:${SOUND}|${SCENE}|${MOMENT})$`, 'i');
const AT_THE_TIME = /\b(?:during|at|in|while\s+there\s+is|when\s+(?:there\s+is|one\s+hears))\s+$/i;
/** "What is this?" and nothing else. */
const BARE = /^(?:what|who|where)(?:['’]s|\s+is|\s+are|\s+was)\s+(?<bare>this|that|these)\s*\??$/i;

/** What a phrase for something shown or heard was taken for. */
type Pointed =
  | {
      readonly start: number;
      readonly end: number;
      readonly words: string;
      readonly asset: Referent;
      readonly moment?: ReferentMoment;
    }
  | Extract<Resolution, { readonly kind: 'UNCLEAR' }>;

/** "This picture", "that sound", "the second photo": which of those shown or heard before; undefined where nothing points, or what it points at comes with the question. */
export function pointedAsset(text: string, talk: Talk): Pointed | undefined {
  if (talk.asset) return undefined;
  const bare = BARE.exec(text);
  const match = bare ?? POINTS.exec(text);
  if (!match) return undefined;
  const { pointer, ordinal, noun, the } = match.groups ?? {};
  const phrase = bare?.groups?.['bare'] ?? match[0];
  const start = bare ? text.lastIndexOf(phrase) : match.index;
  const place = { start, end: start + phrase.length };
  const kind = NOUNS.find(([, nouns]) => noun !== undefined && new RegExp(`^(?:${nouns})$`, 'i').test(noun));
  const shown = assetsOf(talk).filter((one) => !kind || fits(one, kind[0]));
  const unclear = (reason: 'NO_ASSET' | 'SEVERAL_REFERENTS', candidates: readonly Referent[]): Pointed => ({
    kind: 'UNCLEAR',
    reason,
    text,
    ...place,
    wanted: kind?.[0] ?? 'IMAGE',
    candidates,
    references: [],
  });
  const take = (asset: Referent): Pointed =>
    (noun !== undefined && STRETCH.test(noun) ? stretchOf(asset, noun, { text, ...place }) : undefined) ?? {
      ...place,
      words: kind?.[2] ?? wordsFor(asset),
      asset,
    };
  if (shown.length === 0) {
    // "Her second film" and "that film" speak of works; so does "this film" after a name.
    // "At this moment" may be now.
    const isTime = new RegExp(`^(?:${SCENE}|${MOMENT})$`, 'i').test(noun ?? '');
    const isMissing =
      !isTime && (bare ?? /^th(?:is|ese)$/i.test(pointer ?? '')) && !namesSomething(text.slice(0, start));
    return isMissing ? unclear('NO_ASSET', []) : undefined;
  }
  if (ordinal !== undefined) {
    const chosen = nth(shown, ordinal.toLowerCase());
    return chosen ? take(chosen) : unclear('SEVERAL_REFERENTS', shown);
  }
  const last = shown.at(-1);
  if (!last || (the !== undefined && last.role !== 'ASSET')) return undefined;
  return take(last);
}

/** The stretch that the turn's answer rested on, as words with its time; undefined where it rested on none. */
function stretchOf(
  asset: Referent,
  noun: string,
  { text, start, end }: { readonly text: string; readonly start: number; readonly end: number },
): Pointed | undefined {
  const isHeard = new RegExp(`^(?:${SOUND})$`, 'i').test(noun);
  const all = asset.moments ?? [];
  const isSeen = new RegExp(`^(?:${SCENE})$`, 'i').test(noun);
  const moment = all.find(({ kind }) => (kind === 'SHOT' ? isSeen : isHeard)) ?? all[0];
  if (!moment) return undefined;
  // Its middle: what only touches it is another.
  const at = `at ${clock((moment.startSeconds + moment.endSeconds) / 2)} in ${asset.kind === 'VIDEO' ? 'this film' : 'this recording'}`;
  const lead = AT_THE_TIME.exec(text.slice(0, start));
  if (lead) return { start: lead.index, end, words: at, asset, moment };
  return { start, end, words: `the ${noun.toLowerCase()} ${at}`, asset, moment };
}

/** Pictures, recordings, films and documents in the order in which they came up; one that comes up again is not the last for that. */
function assetsOf(talk: Talk): Referent[] {
  return unique(
    talk.turns.flatMap(({ referents }) =>
      [...referents].filter(({ role }) => role === 'ASSET' || role === 'SHOWN').toSorted((a, b) => rank(a) - rank(b)),
    ),
  );
}

function rank({ role }: Referent): number {
  return role === 'ASSET' ? 0 : 1;
}

function fits({ kind }: Referent, wanted: Modality): boolean {
  return kind === wanted || (wanted === 'AUDIO' && kind === 'VIDEO') || (wanted === 'DOCUMENT' && kind === 'TEXT');
}

function wordsFor({ kind }: Referent): string {
  return NOUNS.find(([modality]) => modality === kind)?.[2] ?? 'this document';
}

function nth(shown: readonly Referent[], ordinal: string): Referent | undefined {
  if (ordinal === 'last') return shown.at(-1);
  if (ordinal === 'previous' || ordinal === 'earlier') return shown.at(-2);
  if (ordinal === 'other') return shown.length === 2 ? shown[0] : undefined;
  const number = ORDINALS.indexOf(ordinal) + 1 || Number.parseInt(ordinal, 10);
  return shown[number - 1];
}
