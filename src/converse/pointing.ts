import type { Referent, ReferentMoment } from '../conversation.ts';
import type { Modality } from '../domain.ts';
import { namesSomething } from './pronouns.ts';
import { isNoun, isScene, isStretch, isVague, MOMENT, SCENE, SOUND, stretchesOf } from './stretch.ts';
import { unique, type Resolution, type Talk } from './talk.ts';

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
  if (noun !== undefined && !isNoun(noun, text.slice(match.index + match[0].length))) return undefined;
  const phrase = bare?.groups?.['bare'] ?? match[0];
  const start = bare ? text.lastIndexOf(phrase) : match.index;
  const place = { start, end: start + phrase.length };
  const kind = NOUNS.find(([, nouns]) => noun !== undefined && new RegExp(`^(?:${nouns})$`, 'i').test(noun));
  const shown = assetsOf(talk).filter((one) => !kind || fits(one, kind[0], noun));
  const unclear = (reason: 'NO_ASSET' | 'SEVERAL_REFERENTS', candidates: readonly Referent[]): Pointed => ({
    kind: 'UNCLEAR',
    reason,
    text,
    ...place,
    wanted: kind?.[0] ?? 'IMAGE',
    candidates,
    references: [],
  });
  const take = (asset: Referent): Pointed | undefined => {
    const stretches = noun !== undefined && isStretch(noun) ? stretchesOf(asset, noun, { text, ...place }) : undefined;
    const [only, ...others] = stretches?.all ?? [];
    if (only && others.length === 0) return { ...place, ...stretches, words: only.words, asset, moment: only.moment };
    if (stretches) {
      const candidates = stretches.all.map(({ referent }) => referent);
      return { ...unclear('SEVERAL_REFERENTS', candidates), start: stretches.start, end: stretches.end };
    }
    if (noun !== undefined && isVague(noun))
      return asset.kind === 'IMAGE' ? { ...place, words: 'this picture', asset } : undefined;
    return { ...place, words: kind?.[2] ?? wordsFor(asset), asset };
  };
  if (shown.length === 0) {
    // "Her second film" and "that film" speak of works; so does "this film" after a name.
    const isThis = bare ?? (/^th(?:is|ese)$/i.test(pointer ?? '') && !isVague(noun ?? ''));
    const isMissing = isThis && !namesSomething(text.slice(0, start));
    return isMissing ? unclear('NO_ASSET', []) : undefined;
  }
  // Scenes and moments are not counted: of a film only those are known that an answer rested on.
  if (ordinal !== undefined && isVague(noun ?? '')) return undefined;
  if (ordinal !== undefined) {
    const chosen = nth(shown, ordinal.toLowerCase());
    return chosen ? take(chosen) : unclear('SEVERAL_REFERENTS', shown);
  }
  const last = shown.at(-1);
  if (!last || (the !== undefined && last.role !== 'ASSET')) return undefined;
  // What was shown some turns ago is no longer this moment.
  const isNow = talk.turns.at(-1)?.referents.some(({ id }) => id === last.id);
  if (noun !== undefined && isVague(noun) && !isNow) return undefined;
  return take(last);
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

function fits({ kind }: Referent, wanted: Modality, noun = ''): boolean {
  // A picture is a scene as well.
  if (kind === 'IMAGE' && isScene(noun)) return true;
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
