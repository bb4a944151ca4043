import type { EntityKind } from '../../domain.ts';

/** A name before it is given its sentence. */
export interface RawName {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly kind: EntityKind;
  readonly score: number;
}
