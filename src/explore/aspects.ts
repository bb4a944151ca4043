import type { Entity, Evidence } from '../domain.ts';

/** Something that some of the entities have in common, or in which they differ. */
export interface Aspect {
  readonly kind: 'KIND' | 'RELATION' | 'COMPANY' | 'DATE' | 'QUANTITY';
  /** What it is about: "born in". */
  readonly label: string;
  readonly text: string;
  /** Two at least, each with evidence. */
  readonly sides: readonly ComparedSide[];
}

export interface ComparedSide {
  readonly entity: Entity;
  readonly value: string;
  readonly evidence: readonly Evidence[];
}

/** An aspect with its text. */
export function aspectOf(kind: Aspect['kind'], label: string, sides: readonly ComparedSide[]): Aspect {
  const values = [...Map.groupBy(sides, ({ value }) => value)].map(
    ([value, all]) => `${value} (${all.map(({ entity }) => entity.name).join(', ')})`,
  );
  return { kind, label, text: `${label}: ${values.join('; ')}`, sides };
}
