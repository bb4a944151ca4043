import type { Reference, Referent } from '../conversation.ts';
import { antecedentsOf, antecedentsOfNoun } from './antecedents.ts';
import { completed } from './ellipsis.ts';
import { pointedAsset } from './pointing.ts';
import { namesSomebody, namesSomething, openPronouns, type Pronoun } from './pronouns.ts';
import { spoken, unique, type Resolution, type Talk, type Wanted } from './talk.ts';

const WANTED: Readonly<Record<Pronoun['wants'], Wanted>> = {
  HE: 'PERSON',
  SHE: 'PERSON',
  THEY: 'PERSON',
  IT: 'THING',
  THERE: 'PLACE',
};
/** "That ship", "the same town", "this man"; "the bell", unless more is said of it. */
const NOUN_PHRASE =
  /(?<![\p{L}’'-])(?:(?<pointer>this|that|those|these|the\s+same)\s+(?<pointed>\p{Ll}[\p{Ll}-]+)|the\s+(?<noun>\p{Ll}[\p{Ll}-]+)(?=\s*(?:[?,.;!]|$|['’]s\b|\s(?:is|are|was|were|be|been|do|does|did|has|have|had|in|on|at|to|from|by|for|with|and|or|when|while|before|after|during|until|since|last|ever|first|[\p{Ll}-]+(?:ed|en|s|t|ing)|come|go|get|stand|lie|sink|sail|begin|end|cost|weigh|look|run|live)\b)))(?!\p{L})/giu;

/**
 * A question as people go on with one, as a question that stands alone: "it", "she", "there", "that ship", "the second
 * picture", "and in 1920?" are written out with what earlier turns spoke of. No model; English. What the question itself
 * tells is left as it is. UNCLEAR where nothing fits or several things do equally.
 */
export function resolveQuestion(asked: string, talk: Talk): Resolution {
  const whole = completed(asked, talk);
  let text = whole ?? asked;
  const references: Reference[] = [];
  let assetId: string | undefined;
  const previous = talk.turns.findLast(({ understoodAs }) => understoodAs !== null);
  // A question that is asked again with something else in it is about the same picture.
  if (whole !== undefined && !talk.asset && previous?.assetId !== undefined && /\bthis\s+\p{Ll}/u.test(whole))
    assetId = previous.assetId;
  const pointed = assetId === undefined ? pointedAsset(text, talk) : undefined;
  if (pointed && 'kind' in pointed) return pointed;
  if (pointed) {
    const { start, end, words, asset, moment } = pointed;
    references.push({ phrase: text.slice(start, end), id: moment?.segmentId ?? asset.id, name: asset.name });
    text = text.slice(0, start) + words + text.slice(end);
    assetId = asset.id ?? undefined;
  }
  let unclear: (Open & { readonly at: number }) | undefined;
  let moved = 0;
  // All are looked for in the words as they were asked: a name that is written out would seem to be what the next one means.
  for (const open of openPhrases(text, talk, assetId !== undefined)) {
    const [only] = open.candidates;
    const at = open.start + moved;
    if (!only || (open.candidates.length > 1 && !open.isList)) {
      unclear ??= { ...open, at };
      continue;
    }
    const phrase = text.slice(at, open.end + moved);
    references.push(...open.candidates.map(({ id, name }) => ({ phrase, id, name })));
    const before = text.length;
    text = written(text, { ...open, start: at, end: open.end + moved });
    moved += text.length - before;
    if (assetId === undefined && !talk.asset) assetId = shownWith(only, talk);
  }
  if (!unclear) return { kind: 'CLEAR', text, references, ...(assetId === undefined ? {} : { assetId }) };
  const { at, start, end, wanted, candidates } = unclear;
  const reason = candidates.length > 0 ? 'SEVERAL_REFERENTS' : 'NO_REFERENT';
  return { kind: 'UNCLEAR', reason, text, start: at, end: at + end - start, wanted, candidates, references };
}

/** From left to right, without overlap. */
function openPhrases(text: string, talk: Talk, isShown: boolean): Open[] {
  const found: Open[] = [];
  for (const one of [...openNouns(text, talk), ...openPronounsOf(text, talk, isShown)].toSorted(
    (a, b) => a.start - b.start,
  ))
    if (one.start >= (found.at(-1)?.end ?? 0)) found.push(one);
  return found;
}

interface Open {
  readonly start: number;
  readonly end: number;
  readonly wanted: Wanted;
  readonly candidates: readonly Referent[];
  readonly isPossessive: boolean;
  /** All of them are meant, not one. */
  readonly isList: boolean;
}

function openPronounsOf(text: string, talk: Talk, isShown: boolean): Open[] {
  const found: Open[] = [];
  const meant: { HE?: string; SHE?: string } = {};
  for (const { start, end, wants, isPossessive } of openPronouns(text)) {
    // What comes with the question is what "it" is.
    if (talk.asset && wants !== 'HE' && wants !== 'SHE') continue;
    // Nobody is he and she in one question.
    const other = wants === 'HE' ? meant.SHE : wants === 'SHE' ? meant.HE : undefined;
    let candidates = unique(antecedentsOf(wants, talk)).filter(({ name }) => name !== other);
    if (wants === 'THEY' && candidates.length === 0) candidates = unique(antecedentsOf('IT', talk));
    // Whoever the picture shows may be meant as well, and the question says no more.
    if (candidates.length === 0 && (talk.asset || isShown)) continue;
    if (candidates.length === 0 && !isMissed(wants, text, talk)) continue;
    // A picture itself goes by no name that would say more than "it".
    if (candidates[0]?.role === 'ASSET') continue;
    const [only] = candidates;
    if ((wants === 'HE' || wants === 'SHE') && only && candidates.length === 1) meant[wants] = only.name;
    found.push({ start, end, wanted: WANTED[wants], candidates, isPossessive, isList: wants === 'THEY' });
  }
  return found;
}

/** Words of a question that is short enough to make no sense without what its pronoun stands for. */
const SHORT = 8;

/** Whether to ask back for what a pronoun stands for. Nobody is asked who may have meant a name further on, or "they" as people in general. */
function isMissed(wants: Pronoun['wants'], text: string, { turns }: Talk): boolean {
  if (wants === 'THERE' || wants === 'THEY') return false;
  if (turns.length > 0 && wants !== 'IT') return true;
  // Without a capital letter a name can't be told from other words.
  if (text === text.toLowerCase() || text.split(/\s+/).length > SHORT) return false;
  return wants === 'IT' ? !namesSomething(text) : !namesSomebody(text);
}

function openNouns(text: string, talk: Talk): Open[] {
  const open: Open[] = [];
  if (talk.turns.length === 0) return open;
  for (const match of text.matchAll(NOUN_PHRASE)) {
    const { pointer, pointed, noun = pointed ?? '' } = match.groups ?? {};
    const found = unique(antecedentsOfNoun(noun, pointer !== undefined, talk));
    // "The bell" needs no reply where two were spoken of: the question is asked as it stands.
    if (found.length === 0 || (found.length > 1 && pointer === undefined)) continue;
    const end = match.index + match[0].length;
    if (found.some(({ name }) => name.toLowerCase() === noun.toLowerCase())) continue;
    open.push({
      start: match.index,
      end,
      wanted: wantedOf(found),
      candidates: found,
      isPossessive: false,
      isList: false,
    });
  }
  return open;
}

function wantedOf([first]: readonly Referent[]): Wanted {
  return first?.kind === 'PERSON' || first?.kind === 'PLACE' ? first.kind : 'THING';
}

function inWords(candidates: readonly Referent[], isPossessive: boolean): string {
  const parts = candidates.map((one, i) => spoken(one, isPossessive && i === candidates.length - 1));
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** The phrase written out; "there" needs a preposition of its own. */
function written(text: string, { start, end, wanted, candidates, isPossessive }: Open): string {
  const words = inWords(candidates, isPossessive);
  const [before, phrase] = [text.slice(0, start), text.slice(start, end)];
  const isThere = wanted === 'PLACE' && /^there$/i.test(phrase);
  const preposition = isThere && !/\b(?:from|in|near|to|around|through|over|by|of)\s+$/i.test(before);
  const said = preposition ? `in ${words}` : words;
  return before + (start === 0 ? said.charAt(0).toUpperCase() + said.slice(1) : said) + text.slice(end);
}

/** A kind of thing that was seen in a picture is meant as it is there: the question stays about that picture. */
function shownWith({ id, kind }: Referent, talk: Talk): string | undefined {
  if (kind !== 'CONCEPT') return undefined;
  const turn = talk.turns.findLast(({ referents }) => referents.some((one) => one.id === id));
  return turn?.assetId;
}

/** The question with the unclear words written out as what was chosen. */
export function withChosen(
  {
    question,
    start,
    end,
    phrase,
  }: { readonly question: string; readonly start: number; readonly end: number; readonly phrase: string },
  words: string,
): string {
  const isPossessive =
    /^(?:his|its|their)$/i.test(phrase) || (/^her$/i.test(phrase) && /^\s+\p{Ll}/u.test(question.slice(end)));
  const said = isPossessive ? `${words}'s` : words;
  const there = /^there$/i.test(phrase) ? `in ${said}` : said;
  return (
    question.slice(0, start) +
    (start === 0 ? there.charAt(0).toUpperCase() + there.slice(1) : there) +
    question.slice(end)
  );
}
