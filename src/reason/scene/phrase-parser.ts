import { PlaceReader } from './place-reader.ts';
import { HEADS, PLACES } from './scene-words.ts';
import type { Condition, Level, Phrase, Quantity } from './statement.ts';

/** How many of the words, from the one at `at` on, name a thing that can be seen here; 0 for none. */
export type NounAt = (words: readonly string[], at: number) => number;

/** Reads noun phrases and what is said of them off the words, from left to right. Each method gives null and stays where it was if what it reads is not there. */
export class PhraseParser extends PlaceReader {
  readonly #nounAt: NounAt;

  constructor(words: readonly string[], nounAt: NounAt) {
    super(words);
    this.#nounAt = nounAt;
  }

  /** "Two yellow squares touching the wall"; without `posts` no more than "two yellow squares". */
  phrase(posts = true): Phrase | null {
    return this.attempt(() => {
      const start = this.at;
      if (this.take('it', 'them', 'itself')) return this.#made(start, { op: 'SELF', n: 1 }, 'THING', []);
      const quantity = this.quantity();
      const named = this.at;
      const conditions = this.attributes();
      const head = this.#head(conditions);
      if (!head) return null;
      conditions.push(...head.conditions);
      for (let more = posts ? this.post(head.level) : null; more; more = this.post(head.level))
        conditions.push(...more);
      return this.#made(named, quantity, head.level, conditions);
    });
  }

  #made(start: number, quantity: Quantity, level: Level, conditions: readonly Condition[]): Phrase {
    return { quantity, level, conditions, text: this.words.slice(start, this.at).join(' ') };
  }

  #head(before: readonly Condition[]): { level: Level; conditions: Condition[] } | null {
    const { word } = this;
    const nouns = this.#nounAt(this.words, this.at);
    if (nouns > 0) {
      const name = this.words.slice(this.at, this.at + nouns).join(' ');
      this.at += nouns;
      return { level: 'THING', conditions: [{ is: 'NAMED', name }] };
    }
    const place = PLACES.get(word);
    if (place !== undefined) {
      this.at++;
      const of = this.take('of') ? this.phrase() : null;
      const noun = of ? null : this.#noun();
      if (noun && noun.level !== 'THING')
        return { level: noun.level, conditions: [...noun.conditions, { is: 'AT', place }] };
      return {
        level: 'THING',
        conditions: [
          ...(noun?.conditions ?? []),
          { is: 'AT', place },
          ...(of ? [{ is: 'IN' as const, whole: of }] : []),
        ],
      };
    }
    const noun = this.#noun();
    if (noun) return noun;
    if (before.length > 0 && this.take('1')) return { level: 'THING', conditions: [] };
    // "Two yellow and one black item": the noun comes later.
    const later = before.length > 0 && this.word === 'and' ? this.words.slice(this.at + 1, this.at + 5) : [];
    const head = later.map((one) => HEADS.get(one)).find((one) => one?.level === 'THING');
    return head ? { level: 'THING', conditions: named(head.name) } : null;
  }

  #noun(): { level: Level; conditions: Condition[] } | null {
    const head = HEADS.get(this.word);
    if (!head) return null;
    this.at++;
    return { level: head.level, conditions: named(head.name) };
  }

  /** What stands behind a noun: "with two blocks", "touching the wall", "at the top". */
  post(level: Level): Condition[] | null {
    return this.attempt(() => {
      this.take(',');
      const joined = this.take('that', 'which', 'who', 'where');
      if (joined) this.take('is', 'are');
      if (this.take('not')) {
        const conditions = this.said(level) ?? (joined ? this.#predicate() : null);
        return conditions ? [{ is: 'NOT', conditions }] : null;
      }
      if (this.take('without')) {
        const parts = this.#parts();
        return parts.length > 0
          ? parts.map((part) => ({ is: 'NOT', conditions: [{ is: 'HAS', parts: [part] }] }))
          : null;
      }
      if (
        this.takeAll('with', 'the', 'same', 'height') ||
        this.takeAll('with', 'same', 'height') ||
        this.takeAll('of', 'the', 'same', 'height')
      )
        return [{ is: 'AS_HIGH' }];
      if (this.take('with') || (joined && (this.take('have') || this.word !== ''))) {
        const parts = this.#has();
        if (parts.length > 0) return parts;
        return joined ? this.said(level) : null;
      }
      if (this.take('of', 'in')) {
        const hues = this.hues();
        if (hues) return [hues];
        const colours = this.attributes();
        return colours.length > 0 && colours.every(({ is }) => is === 'COLOURED') ? colours : this.inside();
      }
      return this.said(level);
    });
  }

  /** "A red block and two items"; a colour list of a plural means each of them. Empty for nothing of the kind. */
  #parts(): Phrase[] {
    const parts: Phrase[] = [];
    const more = () => this.attempt(() => (this.#joint() ? this.phrase() : null));
    for (let part = this.phrase(); part; part = more()) parts.push(...eachColour(part));
    return parts;
  }

  /** The parts, and "one of which is a circle". */
  #has(): Condition[] {
    const parts = this.#parts();
    if (parts.length === 0) return [];
    const rest = this.attempt(() => {
      this.#joint();
      const n = this.number();
      if (n === null || !this.take('of') || !this.take('which', 'them')) return null;
      this.take('is', 'are');
      const last = parts.at(-1);
      const conditions = this.#predicate();
      return last && conditions
        ? {
            quantity: { op: 'EQ' as const, n },
            level: last.level,
            conditions: [...last.conditions, ...conditions],
            text: '',
          }
        : null;
    });
    return [{ is: 'HAS', parts: rest ? [...parts, rest] : parts }];
  }

  /** What "is" says: a colour, a place, a relation or a kind. */
  #predicate(): Condition[] | null {
    const noun = this.phrase();
    // "Is no circle", "are two circles" say more than what a thing is.
    if (noun) return ['EQ', 'LE', 'ALL', 'SELF'].includes(noun.quantity.op) ? null : [...noun.conditions];
    const attributes = this.attributes();
    return attributes.length > 0 ? attributes : this.said('THING');
  }

  /** The same, or its denial. */
  predicate(): Condition[] | null {
    return this.attempt(() => {
      const denied = this.take('not');
      const conditions = this.#predicate();
      return denied && conditions ? [{ is: 'NOT', conditions }] : conditions;
    });
  }

  /** What "has" is followed by. */
  has(): Condition[] | null {
    const parts = this.#has();
    return parts.length > 0 ? parts : null;
  }

  #joint(): boolean {
    const comma = this.take(',');
    return this.take('and', 'but') || comma;
  }
}

const named = (name: string | undefined): Condition[] => (name === undefined ? [] : [{ is: 'NAMED', name }]);

/** "Blue and yellow blocks" without a number are some of either. */
function eachColour(phrase: Phrase): Phrase[] {
  const [first, ...rest] = phrase.conditions;
  const { op, only } = phrase.quantity;
  if (op !== 'BARE' || only || first?.is !== 'COLOURED' || first.colours.length < 2) return [phrase];
  return first.colours.map((colour) => ({ ...phrase, conditions: [{ is: 'COLOURED', colours: [colour] }, ...rest] }));
}
