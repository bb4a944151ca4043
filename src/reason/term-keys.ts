import { isThing } from '../domain.ts';
import type { Retrieval } from '../retrieve/retrieval.ts';
import { kindsOfHead } from './answer-types.ts';
import type { Fact } from './facts.ts';
import type { QuestionAnalysis } from './question-type.ts';
import { normalName, wordsOf, type Word } from './words.ts';

/**
 * Keys by which a question's term is found in a text, with how surely each means it, 0…1. A key that begins with "="
 * is a whole phrase.
 */
export type TermKeys = ReadonlyMap<Word, ReadonlyMap<string, number>>;

/** Most levels of kinds below a word ("animal" → "cat" → "tabby") that are taken for it. */
const LEVELS = 6;
/** A word that points at the asset means what the asset shows, rather than any such thing. */
const POINTING_SELF = 0.4;
/** Each further label of a picture is less likely; a kind of the label is less than the label itself. */
const LABEL_DECAY = 0.85;
const KIND_DECAY = 0.6;
const KIND_BELOW = 0.9;
/** A line of one word. */
const LINE_WORD = 0.6;
const POINTS_BACK =
  /^(?:picture|photo|photograph|image|drawing|painting|poster|recording|audio|clip|video|film|document|text|file)$/i;

/**
 * Keys of each term: its stem and ideas; the kinds of it that the graph knows (a "cat" is an "animal"); and for the words
 * that point at the asset ("the animal in this picture", "this bridge") what the asset shows.
 */
export function termKeys(question: QuestionAnalysis, retrieval: Retrieval, facts: readonly Fact[]): TermKeys {
  const kindsBelow = kindIndex(retrieval);
  const pointing = retrieval.question.asset ? pointingTerms(question) : new Set<Word>();
  const shown = shownKeys(retrieval, facts);
  const hasLines = facts.some((fact) => fact.atHand && fact.ranked.segment.kind === 'TEXT_LINE');
  const keys = new Map<Word, ReadonlyMap<string, number>>();
  for (const term of question.terms) {
    const own = new Map<string, number>();
    const add = (key: string, share: number) => own.set(key, Math.max(share, own.get(key) ?? 0));
    // A picture's labels tell no persons; a line read in it may be anybody's name.
    const points = pointing.has(term) && shown.size > 0 && (hasLines || kindsOfHead(term.stem)[0] !== 'PERSON');
    for (const key of term.keys) add(key, points ? POINTING_SELF : 1);
    for (const key of kindsBelow(term.stem)) add(key, points ? POINTING_SELF : KIND_BELOW);
    if (points) for (const [key, share] of shown) add(key, share);
    keys.set(term, own);
  }
  return keys;
}

/** How surely a fact says a term, 0…1: in its own words, and in its topic's. */
export function saidIn(fact: Fact, keys: ReadonlyMap<string, number>): { own: number; topic: number } {
  let [own, topic] = [0, 0];
  for (const [key, share] of keys) {
    if (key.startsWith('=') ? fact.normal.includes(` ${key.slice(1)} `) : fact.keys.has(key))
      own = Math.max(own, share);
    else if (fact.topicKeys.has(key)) topic = Math.max(topic, share);
  }
  return { own, topic };
}

/** The noun before "in this picture", or after "this". */
function pointingTerms(question: QuestionAnalysis): Set<Word> {
  const pointing = new Set<Word>();
  for (const [i, word] of question.words.entries()) {
    if (POINTS_BACK.test(word.text)) {
      const before = question.words.slice(Math.max(0, i - 4), i).findLast((w) => question.terms.includes(w));
      if (before && !/(?:ed|ing)$/.test(before.text)) pointing.add(before);
    }
    const next = question.words[i + 1];
    if (/^(?:this|these|that)$/i.test(word.text) && next && question.terms.includes(next)) pointing.add(next);
  }
  return pointing;
}

/** What the asked asset shows: its labels' head words and their kinds, and the lines read in it as whole phrases. */
function shownKeys(retrieval: Retrieval, facts: readonly Fact[]): Map<string, number> {
  const shown = new Map<string, number>();
  const add = (key: string | undefined, share: number) => {
    if (key !== undefined && share > (shown.get(key) ?? 0)) shown.set(key, share);
  };
  const atHand = facts.filter((fact) => fact.atHand);
  const lines = atHand
    .filter((fact) => fact.ranked.segment.kind === 'TEXT_LINE')
    .toSorted((a, b) => a.ranked.segment.ordinal - b.ranked.segment.ordinal)
    .map((fact) => normalName(fact.text));
  for (const [i, line] of lines.entries()) {
    // A name may be written over two lines; a word alone may be any part of one.
    const next = lines[i + 1];
    add(`=${line}`, line.includes(' ') ? 1 : LINE_WORD);
    if (next !== undefined) add(`=${line} ${next}`, 1);
  }
  for (const fact of atHand) {
    const { readings } = fact.ranked;
    const labels = readings.filter(({ kind }) => kind === 'LABEL').toSorted((a, b) => b.score - a.score);
    // A thing with a box has a general name ("cat"): it points no better than the last word of a special one.
    const [ofWhole, ofThings] = [true, false].map((whole) => labels.filter((label) => isThing(label) !== whole));
    for (const [i, label] of (ofThings ?? []).entries())
      add(headOf(label.text), LABEL_DECAY ** i * (ofWhole?.length ? POINTING_SELF : 1));
    for (const [i, label] of (ofWhole ?? []).entries()) {
      const share = LABEL_DECAY ** i;
      add(`=${normalName(label.text)}`, share);
      // The last word of "Egyptian cat" is any cat; "maraca" is itself.
      add(headOf(label.text), /\s/.test(label.text.trim()) ? share * POINTING_SELF : share);
    }
  }
  const read = [...shown.keys()].some((key) => key.startsWith('='));
  for (const { entity } of read ? [] : retrieval.entities.filter(({ surface }) => surface === ''))
    add(headOf(entity.name), KIND_DECAY);
  const kinds = retrieval.edges.filter((edge) => edge.type === 'IS_A');
  for (let level = 0; level < LEVELS; level += 1) {
    const size = shown.size;
    for (const edge of kinds) {
      const head = headOf(retrieval.nodes.get(edge.from)?.caption);
      const share = head === undefined ? undefined : shown.get(head);
      if (share !== undefined) add(headOf(retrieval.nodes.get(edge.to)?.caption), share * KIND_DECAY);
    }
    if (shown.size === size) break;
  }
  return shown;
}

function kindIndex(retrieval: Retrieval): (stem: string) => Set<string> {
  const below = new Map<string, string[]>();
  for (const edge of retrieval.edges) {
    if (edge.type !== 'IS_A') continue;
    const [lower, upper] = [retrieval.nodes.get(edge.from)?.caption, retrieval.nodes.get(edge.to)?.caption];
    if (lower === undefined || upper === undefined) continue;
    below.set(upper.toLowerCase(), [...(below.get(upper.toLowerCase()) ?? []), lower.toLowerCase()]);
  }
  return (stem) => {
    const found = new Set<string>();
    let level = [...below.keys()].filter((name) => headOf(name) === stem && !name.includes(' '));
    for (let i = 0; i < LEVELS && level.length > 0; i += 1) {
      const next = level.flatMap((name) => below.get(name) ?? []).filter((name) => !found.has(headOf(name) ?? ''));
      for (const name of next) {
        const head = headOf(name);
        if (head) found.add(head);
      }
      level = next;
    }
    return found;
  };
}

/** Stem of a caption's last word: "Egyptian cat" is found as "cat". */
function headOf(caption: string | undefined): string | undefined {
  return caption === undefined ? undefined : wordsOf(caption).at(-1)?.stem;
}
