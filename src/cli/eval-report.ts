/** What an evaluation found. */
export interface Measured {
  /** Figures by source. */
  readonly sources: Readonly<Record<string, unknown>>;
  /** Source → why lines of it were passed over. */
  readonly skipped: ReadonlyMap<string, string>;
  /** Files left out because they can't be read. */
  readonly unreadable?: number;
  /** What else it was measured with. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export type Report = { readonly sources: Record<string, unknown> } & Record<string, unknown>;

/** The one shape of all evaluations but that of retrieval. `started`: as performance.now() gave it. */
export function evalReport(
  name: string,
  model: string | undefined,
  { seed, profile }: { readonly seed: number; readonly profile?: string | undefined },
  started: number,
  { sources, skipped, unreadable = 0, settings }: Measured,
): Report {
  return {
    eval: name,
    model,
    ...settings,
    ...(profile === undefined ? {} : { profile }),
    seed,
    wall_s: Number(((performance.now() - started) / 1000).toFixed(1)),
    peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    ...(unreadable > 0 ? { unreadable } : {}),
    sources: {
      ...sources,
      ...Object.fromEntries([...skipped].map(([source, why]) => [`${source} (skipped)`, { skipped: why }])),
    },
  };
}
