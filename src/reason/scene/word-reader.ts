import { COLOUR_WORDS, SIZES } from './scene-words.ts';
import type { Condition, Quantity } from './statement.ts';

/** Reads words from left to right: single ones, quantities, attributes. */
export class WordReader {
  at = 0;
  readonly words: readonly string[];

  constructor(words: readonly string[]) {
    this.words = words;
  }

  get word(): string {
    return this.words[this.at] ?? '';
  }

  get atEnd(): boolean {
    return this.at >= this.words.length;
  }

  /** Takes one of these words. */
  take(...wanted: readonly string[]): boolean {
    if (this.atEnd || !wanted.includes(this.word)) return false;
    this.at++;
    return true;
  }

  /** Takes these words one after the other, or none. */
  takeAll(...wanted: readonly string[]): boolean {
    if (!wanted.every((word, i) => this.words[this.at + i] === word)) return false;
    this.at += wanted.length;
    return true;
  }

  /** What `read` gives; where that is null, nothing was taken. */
  attempt<T>(read: () => T | null): T | null {
    const start = this.at;
    const found = read();
    if (found === null) this.at = start;
    return found;
  }

  /** "3". */
  number(): number | null {
    return /^\d+$/.test(this.word) ? Number(this.words[this.at++]) : null;
  }

  /** "Exactly two", "at least a", "all 3", "two of the three"; BARE where there is none. */
  quantity(): Quantity {
    const only = this.take('only');
    const bound = this.take('exactly')
      ? 'EQ'
      : this.take('atleast')
        ? 'GE'
        : this.take('atmost')
          ? 'LE'
          : this.take('morethan')
            ? 'MORE'
            : this.take('lessthan')
              ? 'LESS'
              : undefined;
    if (this.take('no', 'none', '0')) return this.#ofThe({ op: 'EQ', n: 0 });
    if (!bound && this.take('all', 'every', 'each', 'both')) {
      this.#skipThe();
      return { op: 'ALL', n: this.number() ?? 0 };
    }
    const article = this.take('a', 'an', 'some', 'any');
    const n = this.number() ?? (article ? 1 : null);
    if (bound === 'MORE') return { op: 'GE', n: (n ?? 1) + 1 };
    if (bound === 'LESS') return { op: 'LE', n: (n ?? 1) - 1 };
    if (bound) return this.#ofThe({ op: bound, n: n ?? 1 });
    if (n !== null) return this.#ofThe(article && !only ? { op: 'GE', n } : { op: 'EQ', n });
    if (this.take('the', 'it')) return { op: 'THE', n: this.number() ?? 0 };
    return { op: 'BARE', n: 1, ...(only ? { only } : {}) };
  }

  /** "Of the three towers": which ones are counted says their name. */
  #ofThe(quantity: Quantity): Quantity {
    this.attempt(() => (this.take('of') && this.take('the', 'all') ? (this.number(), true) : null));
    return quantity;
  }

  #skipThe(): void {
    this.take('of');
    this.take('the');
  }

  /** What stands before a noun or after "is": colours, sizes, places. */
  attributes(): Condition[] {
    const conditions: Condition[] = [];
    const colours: string[] = [];
    for (;;) {
      const { word } = this;
      const next = this.words[this.at + 1] ?? '';
      const size = SIZES.get(word);
      const high = /^high(\d+)$/.exec(word);
      if (COLOUR_WORDS.has(word)) colours.push(word);
      else if (size) conditions.push({ is: 'SIZED', size });
      else if (high) conditions.push({ is: 'HIGH', blocks: Number(high[1]) });
      else if (colours.length > 0 && (word === 'and' || word === 'or' || word === ',') && COLOUR_WORDS.has(next)) {
        // Nothing of its own: the next colour counts as well.
      } else if (word !== 'different') break;
      this.at++;
    }
    if (colours.length > 0) conditions.unshift({ is: 'COLOURED', colours });
    if (colours.length > 0) this.take('color', 'colored');
    return conditions;
  }
}
