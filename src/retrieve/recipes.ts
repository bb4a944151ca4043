/** How far semantic bridging goes; the default is LinearRAG's own. */
export interface Bridging {
  /** An entity below this score bridges no further. */
  readonly active: number;
  /** Rounds; three make four hops. */
  readonly rounds: number;
}

/** Which channels a retrieval uses. `default` is what the product does; the others show what each piece is worth. */
export interface Recipe {
  readonly dense: boolean;
  readonly lexical: boolean;
  /** Names of the question, what they lead to, and the walk from them. */
  readonly graph: boolean;
  /** From the question's names over sentences to further ones. */
  readonly bridge: Bridging | false;
  /** Personalised PageRank over the neighbourhood. */
  readonly walk: boolean;
  /** What the walk that knows nothing of bridging starts from: names of the question, or the facts nearest to it. */
  readonly reset: 'NAMES' | 'FACTS';
  /** Order by the learned fusion, or by one channel alone. */
  readonly order: 'FUSION' | 'DENSE' | 'LEXICAL' | 'WALK' | 'BRIDGE';
  /** Rank anew beside the best of the first stage. */
  readonly hops: boolean;
  /** In which the span reader is asked for what has to be found first, and how surely passages answer. */
  readonly reader: boolean;
}

const ALL = {
  dense: true,
  lexical: true,
  graph: true,
  bridge: { active: 0.5, rounds: 3 },
  walk: true,
  reset: 'NAMES',
  order: 'FUSION',
  hops: true,
  reader: true,
} as const;
const ONE_STAGE = { ...ALL, hops: false, reader: false } as const;
const ALONE = { ...ONE_STAGE, graph: false, bridge: false, walk: false } as const;

/**
 * Those beginning with `no-` leave out one piece of the default, whose weights stay as they were fitted with it;
 * `linear-rag` and `hippo-rag` order by a walk alone, in the manner of their papers (names are matched by their spelling).
 */
export const RECIPES = {
  default: ALL,
  'one-stage': ONE_STAGE,
  'no-lexical': { ...ALL, lexical: false },
  'no-names': { ...ALL, graph: false },
  'no-bridge': { ...ALL, bridge: false },
  'no-walk': { ...ALL, walk: false },
  'no-reader': { ...ALL, reader: false },
  /** With HippoRAG 2's start in place of the walk from names. */
  'from-facts': { ...ALL, reset: 'FACTS' },
  'linear-rag': { ...ONE_STAGE, lexical: false, order: 'BRIDGE' },
  'hippo-rag': { ...ONE_STAGE, lexical: false, bridge: false, reset: 'FACTS', order: 'WALK' },
  dense: { ...ALONE, lexical: false, order: 'DENSE' },
  lexical: { ...ALONE, dense: false, order: 'LEXICAL' },
  'dense+lexical': ALONE,
} as const satisfies Record<string, Recipe>;

export type RecipeName = keyof typeof RECIPES;
