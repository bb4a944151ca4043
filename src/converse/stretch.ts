import type { ClarificationCandidate, Referent, ReferentMoment } from '../conversation.ts';
import { clock } from '../time.ts';

/** Nouns that mean a stretch of a recording or film rather than all of it. */
export const SOUND = 'sound|noise';
export const SCENE = 'scene|shot';
export const MOMENT = 'moment';

const is = (nouns: string, noun: string): boolean => new RegExp(`^(?:${nouns})$`, 'i').test(noun);
export const isScene = (noun: string): boolean => is(SCENE, noun);
export const isStretch = (noun: string): boolean => is(`${SOUND}|${SCENE}|${MOMENT}`, noun);
/** "At this moment" may be now, and "this scene" one of a play. */
export const isVague = (noun: string): boolean => is(`${SCENE}|${MOMENT}`, noun);

/** Before the phrase: that something is at that time, and that it is before or after it. */
const AT_THE_TIME = /\b(?:during|at|in|while\s+there\s+is|when\s+(?:there\s+is|one\s+hears))\s+$/i;
const BESIDE = /\b(?:before|after|until|till|since)\s+$/i;
/** "That sound advice" speaks of no sound. */
const SOUND_AS_SUCH =
  /^\s+(?:advice|arguments?|basis|business|choice|decisions?|designs?|effects?|engineers?|engineering|financial|footing|ideas?|investments?|judge?ments?|logic|minds?|plans?|polic(?:y|ies)|practices?|principles?|reason(?:ing|s)?|science|sleep|strateg(?:y|ies)|systems?|theor(?:y|ies)|tracks?|understanding|waves?)\b/i;

/** Whether the noun is one here: "that sound", not "that sound advice". */
export function isNoun(noun: string, behind: string): boolean {
  return !is(SOUND, noun) || !SOUND_AS_SUCH.test(behind);
}

interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What "that sound" or "that scene" may be: stretches of the recording or film, as referents with the place of the words that they stand for. */
export interface Stretches {
  readonly start: number;
  readonly end: number;
  readonly all: readonly { readonly words: string; readonly moment: ReferentMoment; readonly referent: Referent }[];
}

/** The stretches that the last answer about the asset rested on, of the wanted kind; undefined where it rested on none, and for what is before or after them. */
export function stretchesOf(asset: Referent, noun: string, { text, start, end }: Place): Stretches | undefined {
  const before = text.slice(0, start);
  if (BESIDE.test(before)) return undefined;
  const found = asset.moments ?? [];
  const own = found.filter(({ kind }) => (kind === 'SHOT' ? isScene(noun) : is(SOUND, noun)));
  const lead = AT_THE_TIME.exec(before);
  const all = (own.length > 0 ? own : found.slice(0, 1)).map((moment) => ({
    words: wordsFor(lead ? '' : noun.toLowerCase(), moment, asset.kind === 'VIDEO'),
    moment,
    referent: { ...asset, id: moment.segmentId, name: `${asset.name}, ${span(moment)}`, moments: [moment] },
  }));
  return all.length > 0 ? { start: lead?.index ?? start, end, all } : undefined;
}

/** A stretch that was chosen, as words of the question. `phrase`: what they stand for. */
export function chosenStretch(phrase: string, { kind, evidence }: ClarificationCandidate): string | undefined {
  const locator = evidence?.locator;
  if (!locator || (locator.type !== 'TimeSpan' && locator.type !== 'VideoSpan')) return undefined;
  const noun = new RegExp(`^(?:th\\w+)\\s+(${SOUND}|${SCENE}|${MOMENT})$`, 'i').exec(phrase)?.[1] ?? '';
  return wordsFor(noun.toLowerCase(), locator, kind === 'VIDEO');
}

type Time = Pick<ReferentMoment, 'startSeconds' | 'endSeconds'>;

/** Its middle: what only touches it is another. */
function wordsFor(noun: string, { startSeconds, endSeconds }: Time, isFilm: boolean): string {
  const at = `at ${clock((startSeconds + endSeconds) / 2)} in ${isFilm ? 'this film' : 'this recording'}`;
  return noun === '' ? at : `the ${noun} ${at}`;
}

function span({ startSeconds, endSeconds }: Time): string {
  return `${clock(startSeconds)}–${clock(endSeconds)}`;
}
