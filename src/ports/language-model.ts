import type { z } from 'zod';

/** A language model that gives JSON of a schema. Optional: nothing needs it. */
export interface LanguageModel {
  readonly id: string;
  /** So small that its answer counts only where it is sure of it and the evidence it cites says it in the same words. */
  readonly isSmall?: boolean;
  /** Throws LANGUAGE_MODEL_FAILED on transport failure or when the answer does not fit the schema after one repair. */
  generateObject<T>(request: {
    system: string;
    prompt: string;
    schema: z.ZodType<T>;
    signal?: AbortSignal;
  }): Promise<T>;
}
