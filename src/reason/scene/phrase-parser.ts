import type { Relation, Side } from './scene.ts';
import { HEADS, PLACES, WALLS } from './scene-words.ts';
import type { Condition, Level, Phrase, Place, Quantity } from './statement.ts';
import { WordReader } from './word-reader.ts';

/** How many of the words, from the one at `at` on, name a thing that can be seen here; 0 for none. */
export type NounAt = (words: readonly string[], at: number) => number;

const RELATIONS: Readonly<Record<string, Relation>> = {
  above: 'ABOVE',
  below: 'BELOW',
  atop: 'ATOP',
  on: 'ATOP',
  leftof: 'LEFT_OF',
  rightof: 'RIGHT_OF',
  beside: 'BESIDE',
  touching: 'TOUCHING',
};
const SIDES: Readonly<Record<string, Side>> = {
  left: 'LEFT',
  right: 'RIGHT',
  top: 'TOP',
  base: 'BOTTOM',
  bottom: 'BOTTOM',
};
const WALL_PLACES: Readonly<Record<string, Side>> = { ...SIDES, floor: 'BOTTOM', ground: 'BOTTOM' };

/** Reads noun phrases and what is said of them off the words, from left to right. Each method gives null and stays where it was if what it reads is not there. */
export class PhraseParser extends WordReader {
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
    const place = PLACES[word];
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
    const head = later.map((one) => HEADS[one]).find((one) => one?.level === 'THING');
    return head ? { level: 'THING', conditions: named(head.name) } : null;
  }

  #noun(): { level: Level; conditions: Condition[] } | null {
    const head = Object.hasOwn(HEADS, this.word) ? HEADS[this.word] : undefined;
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
        const [condition] = this.said(level) ?? [];
        return condition ? [{ is: 'NOT', condition }] : null;
      }
      if (this.takeAll('without')) return this.#has().map((condition) => ({ is: 'NOT', condition }));
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
        const hues = this.#hues();
        if (hues) return [hues];
        const colours = this.attributes();
        return colours.length > 0 && colours.every(({ is }) => is === 'COLOURED') ? colours : this.#inside();
      }
      return this.said(level);
    });
  }

  /** Place, edge or relation: what stands behind "is" as well. */
  said(level: Level): Condition[] | null {
    return this.attempt(() => {
      if (this.take('as', 'at')) return this.#places();
      if (this.take('in')) return this.#middle() ?? this.#inside();
      if (this.word === 'on') {
        const side = this.attempt(() => (this.take('on') && this.take('the', 'its') ? this.#places() : null));
        if (side) return side;
      }
      const relation = Object.hasOwn(RELATIONS, this.word) ? RELATIONS[this.word] : undefined;
      if (!relation) return null;
      this.at++;
      if (relation === 'TOUCHING' && level !== 'BOX') {
        const wall = this.#wall();
        if (wall) return [wall];
      }
      const to = this.phrase();
      return to ? [{ is: 'RELATED', relation, to }] : null;
    });
  }

  /** "A red block and two items"; a colour list of a plural means each of them. Empty for nothing of the kind. */
  #has(): Condition[] {
    const parts: Phrase[] = [];
    const more = () => this.attempt(() => (this.#joint() ? this.phrase() : null));
    for (let part = this.phrase(); part; part = more()) parts.push(...eachColour(part));
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
    if (noun) return [...noun.conditions];
    const attributes = this.attributes();
    return attributes.length > 0 ? attributes : this.said('THING');
  }
  predicate(): Condition[] | null {
    return this.attempt(() => {
      const denied = this.take('not');
      const conditions = this.#predicate();
      const [first] = conditions ?? [];
      return denied && first ? [{ is: 'NOT', condition: first }] : conditions;
    });
  }

  has(): Condition[] | null {
    const parts = this.#has();
    return parts.length > 0 ? parts : null;
  }

  #joint(): boolean {
    const comma = this.take(',');
    return this.take('and', 'but') || comma;
  }

  #hues(): Condition | null {
    return this.attempt(() => {
      const same = this.takeAll('the', 'same') || this.take('same');
      const quantity: Quantity = same ? { op: 'EQ', n: 1 } : this.quantity();
      const different = this.take('different');
      if (!this.take('color') && !this.take('colors')) return null;
      const n = quantity.op === 'ALL' && quantity.n === 0 ? 3 : quantity.n;
      if (quantity.op === 'BARE' || (quantity.op === 'GE' && n === 1))
        return different ? { is: 'HUES', quantity: { op: 'GE', n: 2 } } : null;
      return { is: 'HUES', quantity: quantity.op === 'GE' || quantity.op === 'LE' ? quantity : { op: 'EQ', n } };
    });
  }

  #inside(): Condition[] | null {
    const whole = this.phrase();
    return whole && whole.level !== 'COLOUR' ? [{ is: 'IN', whole }] : null;
  }

  #middle(): Condition[] | null {
    return this.attempt(() => (this.take('the') && this.word === 'middle' ? this.#places() : null));
  }

  /** "The base and second blocks of a tower". */
  #places(): Condition[] | null {
    this.take('the', 'its', 'a');
    const places: Place[] = [];
    for (let place = PLACES[this.word]; place !== undefined; place = PLACES[this.word]) {
      places.push(place);
      this.at++;
      if (this.word === 'and' && PLACES[this.words[this.at + 1] ?? ''] !== undefined) this.at++;
    }
    const [place] = places;
    if (place === undefined) return null;
    this.take('block', 'square', 'item', 'side', 'position', 'one', '1');
    const whole = this.attempt(() =>
      this.take('of') || (this.word === 'in' && this.take('in')) ? this.phrase() : null,
    );
    const inside: Condition[] = whole ? [{ is: 'IN', whole }] : [];
    return places.length === 1 ? [{ is: 'AT', place }, ...inside] : [{ is: 'AT_ANY', places }, ...inside];
  }

  #wall(): Condition | null {
    return this.attempt(() => {
      this.take('the', 'a', 'an', 'any', 'its', 'one', '1', 'of');
      this.take('the');
      const side = SIDES[this.word];
      if (side && (WALLS.has(this.words[this.at + 1] ?? '') || this.words[this.at + 1] === 'corner')) this.at++;
      const found = WALLS.has(this.word) ? (side ?? 'ANY') : this.word === 'corner' ? 'CORNER' : WALL_PLACES[this.word];
      if (!found) return null;
      this.at++;
      this.attempt(() => (this.take('of') && this.phrase(false)?.level === 'BOX' ? true : null));
      return { is: 'AT_WALL', side: found };
    });
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
