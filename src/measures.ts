/** A figure that the product shows of itself, as Prometheus has it. It never holds anything of what was ingested or asked. */
export interface Measure {
  /** `sensegraph_…`, with its unit last. */
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}

export function gauge(name: string, help: string, value: number): Measure {
  return { name, help, type: 'gauge', values: [{ value }] };
}

/** One gauge with a value for each of what `label` may be. */
export function gauges(name: string, help: string, label: string, values: Readonly<Record<string, number>>): Measure {
  return {
    name,
    help,
    type: 'gauge',
    values: Object.entries(values).map(([key, value]) => ({ labels: { [label]: key }, value })),
  };
}
