/** Which channels a retrieval uses. `default` is what the product does; the others show what each piece is worth. */
export interface Recipe {
  readonly dense: boolean;
  readonly lexical: boolean;
  /** Names of the question, what they lead to, and the walk from them. */
  readonly graph: boolean;
  /** From the question's names over sentences to further ones. */
  readonly bridge: boolean;
  /** Personalised PageRank over the neighbourhood. */
  readonly walk: boolean;
  /** Order by the learned fusion; otherwise by the one channel that is on. */
  readonly fused: boolean;
  /** Rank anew beside the best of the first stage. */
  readonly hops: boolean;
  /** In which the span reader is asked for what has to be found first, and how surely passages answer. */
  readonly reader: boolean;
}

const ALL = {
  dense: true,
  lexical: true,
  graph: true,
  bridge: true,
  walk: true,
  fused: true,
  hops: true,
  reader: true,
} as const;
const ALONE = { ...ALL, graph: false, bridge: false, walk: false, fused: false, hops: false, reader: false } as const;

/** Those beginning with `no-` leave out one piece of the default, whose weights stay as they were fitted with it. */
export const RECIPES = {
  default: ALL,
  'one-stage': { ...ALL, hops: false },
  'no-lexical': { ...ALL, lexical: false },
  'no-names': { ...ALL, graph: false },
  'no-bridge': { ...ALL, bridge: false },
  'no-walk': { ...ALL, walk: false },
  'no-reader': { ...ALL, reader: false },
  dense: { ...ALONE, lexical: false },
  lexical: { ...ALONE, dense: false },
  'dense+lexical': { ...ALONE, fused: true },
} as const satisfies Record<string, Recipe>;

export type RecipeName = keyof typeof RECIPES;
