import type { ThingLabel } from '../ports/encoders.ts';
import type { Lexicon } from '../ports/extractor.ts';

/** A phrase's own noun stands before these. */
const ENDS_NOUN =
  /^(?:of|in|on|at|by|near|under|over|behind|beside|with|without|from|to|into|that|which|who|is|are|and|or|for|next|[a-z]+ing)$/;
/** "A group of people" is people. */
const COLLECTIVE = /^(?:group|pair|bunch|couple|crowd|herd|flock|pile|row|stack|set|lot|some|number|kind|type)s?$/;
const LONGEST_NAME = 4;
/** Senses of a noun that count, commonest first. */
const SENSES = 2;

/**
 * Those of the labels that a phrase may mean, by WordNet: "the boats in the harbour" the label "boat", "a beagle" the more
 * general "dog", "an animal" every animal. Empty where the labels hold nothing of the kind.
 */
export function kindsOf(phrase: string, labels: readonly ThingLabel[], lexicon: Lexicon): ThingLabel[] {
  const noun = nounOf(phrase);
  for (let length = Math.min(LONGEST_NAME, noun.length); length > 0; length--) {
    const name = noun.slice(-length).join(' ');
    const lemma = lexicon.lemma(name) ?? name;
    const same = labels.filter(({ label }) => label === name || label === lemma);
    if (same.length > 0) return same;
    const senses = lexicon.synsets(name).slice(0, SENSES);
    if (senses.length > 0) return labels.filter((label) => senses.some((sense) => isKind(sense, label, lexicon)));
  }
  return [];
}

function isKind(sense: number, { synset }: ThingLabel, lexicon: Lexicon): boolean {
  return sense === synset || lexicon.hypernyms(sense).includes(synset) || lexicon.hypernyms(synset).includes(sense);
}

/** Words of the phrase up to its own noun: ["red", "traffic", "light"] of "a red traffic light over the street". */
function nounOf(phrase: string): string[] {
  const words = phrase.toLowerCase().match(/[\p{L}\p{N}'-]+/gu) ?? [];
  const end = words.findIndex((word, i) => i > 0 && ENDS_NOUN.test(word) && !COLLECTIVE.test(words[i - 1] ?? ''));
  const own = end < 0 ? words : words.slice(0, end);
  const of = own.lastIndexOf('of');
  return own.slice(of + 1);
}
