/** Which channels a retrieval uses. `default` is what the product does; the others show what each piece is worth. */
export interface Recipe {
  readonly dense: boolean;
  readonly lexical: boolean;
  /** Names of the question, bridging and the walk over the graph. */
  readonly graph: boolean;
  /** Order by the learned fusion; otherwise by the one channel that is on. */
  readonly fused: boolean;
  /** Rank anew beside the best of the first stage. */
  readonly hops: boolean;
}

export const RECIPES = {
  default: { dense: true, lexical: true, graph: true, fused: true, hops: true },
  'one-stage': { dense: true, lexical: true, graph: true, fused: true, hops: false },
  dense: { dense: true, lexical: false, graph: false, fused: false, hops: false },
  lexical: { dense: false, lexical: true, graph: false, fused: false, hops: false },
  'dense+lexical': { dense: true, lexical: true, graph: false, fused: true, hops: false },
} as const satisfies Record<string, Recipe>;

export type RecipeName = keyof typeof RECIPES;
