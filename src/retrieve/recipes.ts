/** Which channels a retrieval uses. `default` is what the product does; the others show what each piece is worth. */
export interface Recipe {
  readonly dense: boolean;
  readonly lexical: boolean;
  /** Names of the question, bridging and the walk over the graph. */
  readonly graph: boolean;
  /** Order by the learned fusion; otherwise by the one channel that is on. */
  readonly fused: boolean;
}

export const RECIPES = {
  default: { dense: true, lexical: true, graph: true, fused: true },
  dense: { dense: true, lexical: false, graph: false, fused: false },
  lexical: { dense: false, lexical: true, graph: false, fused: false },
  'dense+lexical': { dense: true, lexical: true, graph: false, fused: true },
} as const satisfies Record<string, Recipe>;

export type RecipeName = keyof typeof RECIPES;
