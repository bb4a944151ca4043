import type { EntityKind, Evidence, Modality, SegmentKind } from './domain.ts';

/** Questions that follow one another. Its id is `Conversation:` and a number of its own. */
export interface Conversation {
  readonly id: string;
  /** The first question; '' until it is asked. */
  readonly title: string;
  readonly createdAt: string;
  readonly turns: number;
  /** The turn, of another conversation, up to which this one is a copy. */
  readonly forkedFrom?: string;
}

/** Something that a turn spoke of, as later turns may point back at it. */
export interface Referent {
  /** `Entity:…` or `Asset:…`; null for a name that the graph does not know. */
  readonly id: string | null;
  readonly name: string;
  readonly kind: EntityKind | Modality;
  /** ASSET: the question was about it. SHOWN: a picture or recording that the answer rests on. */
  readonly role: 'QUESTION' | 'ANSWER' | 'ASSET' | 'SHOWN';
  /** Stem of the noun it was asked for by: "ship" of "which ship …". */
  readonly noun?: string;
  /** Its name goes with an article: "the Morning Star". */
  readonly takesThe?: boolean;
  /** How the texts speak of the person; absent where they don't tell. */
  readonly pronoun?: 'HE' | 'SHE';
  /** Of a recording or film: the stretches of it that the answer rests on, in its order. */
  readonly moments?: readonly ReferentMoment[];
}

/** A stretch of a recording or film: "that sound", "that scene". */
export interface ReferentMoment {
  readonly segmentId: string;
  readonly kind: SegmentKind;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A phrase of a question and what it was taken for. */
export interface Reference {
  readonly phrase: string;
  /** Null for a name that the graph does not know. */
  readonly id: string | null;
  readonly name: string;
}

/** NO_REFERENT: nothing it could mean was spoken of. SEVERAL_REFERENTS: more than one thing was. SEVERAL_ENTITIES: more than one answers to the name. NO_ASSET: "this picture" without one. */
export type ClarificationReason = 'NO_REFERENT' | 'SEVERAL_REFERENTS' | 'SEVERAL_ENTITIES' | 'NO_ASSET';

/** One thing that may have been meant. */
export interface ClarificationCandidate {
  readonly id: string;
  readonly caption: string;
  readonly kind: EntityKind | Modality;
  /** Where it is seen, heard or named; null where nothing shows it. */
  readonly evidence: Evidence | null;
}

/** A question back, instead of a guess. */
export interface Clarification {
  readonly reason: ClarificationReason;
  /** The question back, in words. */
  readonly text: string;
  /** The words that are unclear, and their place in `question`. */
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
  /** The question with everything else resolved: the reply goes on with it. */
  readonly question: string;
  readonly candidates: readonly ClarificationCandidate[];
}

/** One question of a conversation with what came of it: an answer or a clarification. */
export interface Turn {
  /** `Turn:` and a number of its own. */
  readonly id: string;
  readonly conversationId: string;
  /** From 1. */
  readonly number: number;
  /** As it was asked. */
  readonly question: string;
  /** The question as one that stands alone; null when it was clarified instead. */
  readonly understoodAs: string | null;
  readonly references: readonly Reference[];
  readonly assetId?: string;
  readonly answerId?: string;
  readonly clarification?: Clarification;
  readonly referents: readonly Referent[];
  /** Segments that the answer rests on. */
  readonly cites: readonly string[];
  readonly createdAt: string;
}

/** A conversation with all of its turns, in order: what an export holds of it. */
export interface WholeConversation extends Omit<Conversation, 'turns'> {
  readonly turns: readonly WholeTurn[];
}

export interface WholeTurn extends Turn {
  /** Ids of the entities and segments that the graph has it about: those that it named, as far as they are there, after entities were joined. */
  readonly about: readonly string[];
}
