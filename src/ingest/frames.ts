/** An animation's frames one by one: compared small, given whole. */
export interface Frames {
  /** Milliseconds that each is shown. */
  readonly delays: readonly number[];
  /** Number of frames in the file; more than `delays` has where the limits cut it short. */
  readonly total: number;
  /** All frames as `side` × `side` RGB, one after the other. */
  small(side: number): Promise<Uint8Array>;
  /** These frames, in order, as PNG on white, at most `longest` pixels a side. */
  whole(indices: readonly number[], longest: number): Promise<Uint8Array[]>;
}

/** Options for a picture scaled down to `longest` pixels a side. */
export function inside(longest: number) {
  return { width: longest, height: longest, fit: 'inside', withoutEnlargement: true } as const;
}
