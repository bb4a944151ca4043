import type { Relation, Side } from './scene.ts';

export type Level = 'THING' | 'TOWER' | 'BOX' | 'COLOUR';
/** Where in its tower (counted from the base), or else in its field, a thing stands. */
export type Place = 'TOP' | 'BASE' | 'MIDDLE' | 'LEFT' | 'RIGHT' | 2 | 3 | 4;

/** How many. THE: the ones there are, at least one (or `n`). BARE: a plural without a number. SELF: "it", of what is spoken about. */
export interface Quantity {
  readonly op: 'EQ' | 'GE' | 'LE' | 'ALL' | 'THE' | 'BARE' | 'SELF';
  readonly n: number;
  /** "Only": nothing else is there. */
  readonly only?: boolean;
}

/** What is said of a thing, a tower, a box or a colour. */
export type Condition =
  | { readonly is: 'COLOURED'; readonly colours: readonly string[] }
  | { readonly is: 'NAMED'; readonly name: string }
  | { readonly is: 'SIZED'; readonly size: 'BIG' | 'MEDIUM' | 'SMALL' }
  | { readonly is: 'AT'; readonly place: Place }
  | { readonly is: 'AT_ANY'; readonly places: readonly Place[] }
  | { readonly is: 'AT_WALL'; readonly side: Side | 'ANY' | 'CORNER' }
  | { readonly is: 'HAS'; readonly parts: readonly Phrase[] }
  | { readonly is: 'IN'; readonly whole: Phrase }
  | { readonly is: 'RELATED'; readonly relation: Relation; readonly to: Phrase }
  | { readonly is: 'HIGH'; readonly blocks: number }
  /** Of all that the phrase means together: how many colours they have. */
  | { readonly is: 'HUES'; readonly quantity: Quantity }
  /** Of all that the phrase means: as high as another. */
  | { readonly is: 'AS_HIGH' }
  /** Not all of these. */
  | { readonly is: 'NOT'; readonly conditions: readonly Condition[] };

/** A noun phrase: so many of a kind with these conditions. */
export interface Phrase {
  readonly quantity: Quantity;
  readonly level: Level;
  readonly conditions: readonly Condition[];
  /** Its words without how many. */
  readonly text: string;
}

export type Statement =
  /** So many of the subject fulfil the conditions; without any, so many are there. */
  | { readonly kind: 'IS'; readonly subject: Phrase; readonly conditions: readonly Condition[] }
  | { readonly kind: 'COMPARE'; readonly op: 'MORE' | 'FEWER' | 'SAME'; readonly a: Phrase; readonly b: Phrase }
  /** All of the subject are in one box. */
  | { readonly kind: 'TOGETHER'; readonly subject: Phrase }
  | { readonly kind: 'AND'; readonly all: readonly Statement[] }
  | { readonly kind: 'COUNT' | 'COLOUR_OF'; readonly subject: Phrase };
