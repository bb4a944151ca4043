import type { Relation, Side } from './scene.ts';
import { PLACES, WALLS } from './scene-words.ts';
import type { Condition, Level, Phrase, Place, Quantity } from './statement.ts';
import { WordReader } from './word-reader.ts';

const RELATIONS: ReadonlyMap<string, Relation> = new Map(
  Object.entries({
    above: 'ABOVE',
    below: 'BELOW',
    atop: 'ATOP',
    on: 'ATOP',
    leftof: 'LEFT_OF',
    rightof: 'RIGHT_OF',
    beside: 'BESIDE',
    touching: 'TOUCHING',
  }),
);
const SIDES: ReadonlyMap<string, Side> = new Map(
  Object.entries({
    left: 'LEFT',
    right: 'RIGHT',
    top: 'TOP',
    base: 'BOTTOM',
    bottom: 'BOTTOM',
  }),
);
const WALL_PLACES: ReadonlyMap<string, Side> = new Map([...SIDES, ['floor', 'BOTTOM'], ['ground', 'BOTTOM']]);

/** Reads where things stand: at a place, at an edge, within something, beside another thing; and how many colours they have. */
export abstract class PlaceReader extends WordReader {
  /** A noun phrase; without `posts` no more than the noun and what stands before it. */
  abstract phrase(posts?: boolean): Phrase | null;

  /** Place, edge or relation: what stands behind "is" as well. */
  said(level: Level): Condition[] | null {
    return this.attempt(() => {
      if (this.take('as', 'at')) return this.#places();
      if (this.take('in')) return this.#middle() ?? this.inside();
      if (this.word === 'on') {
        const side = this.attempt(() => (this.take('on') && this.take('the', 'its') ? this.#places() : null));
        if (side) return side;
      }
      const relation = RELATIONS.get(this.word);
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

  /** "Only one color", "all 3 colors", "the same color". */
  protected hues(): Condition | null {
    return this.attempt(() => {
      const same = this.takeAll('the', 'same') || this.take('same');
      const quantity: Quantity = same ? { op: 'EQ', n: 1 } : this.quantity();
      const different = this.take('different');
      if (!this.take('color') && !this.take('colors')) return null;
      const { n } = quantity;
      if (n === 0) return null;
      if (quantity.op === 'BARE' || (quantity.op === 'GE' && n === 1))
        return different ? { is: 'HUES', quantity: { op: 'GE', n: 2 } } : null;
      return { is: 'HUES', quantity: quantity.op === 'GE' || quantity.op === 'LE' ? quantity : { op: 'EQ', n } };
    });
  }

  protected inside(): Condition[] | null {
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
    for (let place = PLACES.get(this.word); place !== undefined; place = PLACES.get(this.word)) {
      places.push(place);
      this.at++;
      if (this.word === 'and' && PLACES.get(this.words[this.at + 1] ?? '') !== undefined) this.at++;
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
      const side = SIDES.get(this.word);
      if (side && (WALLS.has(this.words[this.at + 1] ?? '') || this.words[this.at + 1] === 'corner')) this.at++;
      const found = WALLS.has(this.word)
        ? (side ?? 'ANY')
        : this.word === 'corner'
          ? 'CORNER'
          : WALL_PLACES.get(this.word);
      if (!found) return null;
      this.at++;
      this.attempt(() => (this.take('of') && this.phrase(false)?.level === 'BOX' ? true : null));
      return { is: 'AT_WALL', side: found };
    });
  }
}
