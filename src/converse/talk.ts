import type { ClarificationReason, Reference, Referent, Turn } from '../conversation.ts';
import type { Asset, EntityKind, Modality } from '../domain.ts';

/** What was said before, as far as later questions point back at it. */
export interface Talk {
  /** In their order. */
  readonly turns: readonly Pick<Turn, 'question' | 'understoodAs' | 'referents' | 'assetId'>[];
  /** What comes with the question itself. */
  readonly asset?: Pick<Asset, 'id' | 'modality' | 'title'>;
}

/** What a pointing phrase asks for. */
export type Wanted = 'PERSON' | 'THING' | 'PLACE' | Modality;

/** A question that stands alone, or the words of it that don't. */
export type Resolution =
  | {
      readonly kind: 'CLEAR';
      readonly text: string;
      readonly references: readonly Reference[];
      /** What it is about, where its words pointed at something shown or heard before. */
      readonly assetId?: string;
    }
  | {
      readonly kind: 'UNCLEAR';
      readonly reason: ClarificationReason;
      /** The question with what came before the phrase resolved, and the phrase's place in it. */
      readonly text: string;
      readonly start: number;
      readonly end: number;
      readonly wanted: Wanted;
      readonly candidates: readonly Referent[];
      readonly references: readonly Reference[];
    };

/** Turns that a question points back over. */
export const REACH = 10;

/** The last turns, the latest first. */
export function backwards(talk: Talk): Talk['turns'] {
  return talk.turns.slice(-REACH).toReversed();
}

/** A referent as words of a question. */
export function spoken({ name, kind, takesThe }: Referent, isPossessive = false): string {
  const bare = (takesThe || kind === 'CONCEPT') && !/^(?:the|an?)\s/i.test(name) ? `the ${name}` : name;
  return isPossessive ? `${bare}'s` : bare;
}

/** Each thing once, by id or name. */
export function unique(referents: readonly Referent[]): Referent[] {
  return [...new Map(referents.map((one) => [one.id ?? one.name.toLowerCase(), one])).values()];
}

const MADE: readonly (EntityKind | Modality)[] = ['ORGANISATION', 'WORK', 'EVENT', 'NAME'];

/** A thing with a name of its own, that is neither a person nor a place. */
export function isNamedThing({ kind }: Referent): boolean {
  return MADE.includes(kind);
}
