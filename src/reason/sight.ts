import type { Lexicon } from '../ports/extractor.ts';
import type { Box } from '../domain.ts';
import type { Scene } from './scene/scene.ts';

/** Words with how sure the model is of them, 0…1. */
export interface SeenWords {
  readonly text: string;
  readonly score: number;
}

/** The eyes for the picture that a question is about: what could have been seen in it, and a model to ask about it. */
export interface Sight {
  readonly lexicon: Lexicon;
  /**
   * Name in lower case → WordNet synset of all that would have been told of where it is seen: `boxed` with a box a
   * thing, so that they can be counted; `named` for the picture as a whole.
   */
  readonly boxed: ReadonlyMap<string, number>;
  readonly named: ReadonlyMap<string, number>;
  /** The shapes of a flat drawing, in pixels of the upright original; null for any other picture. Reads the picture. */
  readonly drawing?: () => Promise<Scene | null>;
  /** Colours of a thing in its box, in pixels of the upright original, with their shares of it, most first. Reads the picture. */
  readonly colours?: (box: Box) => Promise<readonly { readonly colour: string; readonly share: number }[]>;
  /** Where the profile has a model that looks at pictures. */
  readonly looker?: Looker;
}

export interface Looker {
  answer(question: string): Promise<SeenWords>;
  /** Probabilities of the choices, in their order. */
  choose(question: string, choices: readonly string[]): Promise<readonly number[]>;
  /** Probabilities that these are what the picture shows, in their order: of captions, which answer no question. */
  fits(captions: readonly string[]): Promise<readonly number[]>;
  /** Probability that the statement is true. */
  verify(statement: string): Promise<number>;
}

/**
 * Whether what was seen is what was asked for: the same word, or a kind of it ("a beagle" for "a dog"), by the commonest
 * sense of the word asked for ("a mouse" is the animal, unless the very word was seen).
 */
export function isKindOf(seen: string, asked: string, { lexicon, boxed, named }: Sight): boolean {
  const [name, wanted] = [seen.toLowerCase(), singular(asked, lexicon)];
  if (name === wanted) return true;
  const synset = boxed.get(name) ?? named.get(name);
  const [sense] = lexicon.synsets(wanted);
  return synset !== undefined && sense !== undefined && (synset === sense || lexicon.hypernyms(synset).includes(sense));
}

/** Whether the thing, or a kind of it, is among the names. */
export function knows(names: ReadonlyMap<string, number>, asked: string, sight: Sight): boolean {
  return [...names.keys()].some((name) => isKindOf(name, asked, sight));
}

/** "People" as one of them: WordNet's people are a nation. */
export function singular(noun: string, lexicon: Lexicon): string {
  const word = noun.trim().toLowerCase();
  return word === 'people' ? 'person' : (lexicon.lemma(word) ?? word);
}
