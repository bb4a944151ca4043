import type { z } from 'zod';

/** Draws instead of taking the likeliest, for several answers to one question. */
export interface Sampling {
  /** Above 0; 1 draws as the model thinks. */
  readonly temperature: number;
  /** The same seed draws the same, where the model keeps to seeds. */
  readonly seed: number;
}

export interface ObjectRequest<T> {
  readonly system: string;
  readonly prompt: string;
  readonly schema: z.ZodType<T>;
  /** Without it, the likeliest. */
  readonly sampling?: Sampling;
  readonly signal?: AbortSignal;
}

/** A language model that gives JSON of a schema. Optional: nothing needs it. */
export interface LanguageModel {
  readonly id: string;
  /**
   * So small that its answer counts only where it is sure of it and the evidence it cites says it in the same words. It
   * works on this machine: several answers are better asked for one after another.
   */
  readonly isSmall?: boolean;
  /** Throws LANGUAGE_MODEL_FAILED on transport failure or when the answer does not fit the schema after one repair. */
  generateObject<T>(request: ObjectRequest<T>): Promise<T>;
}
