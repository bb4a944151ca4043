import type { EncoderLoad } from './encoder-load.ts';
import type { Ledger, Projector } from './ports/ledger.ts';
import type { ConnectionCounts } from './ports/stores.ts';

/** A figure that the product shows of itself, as Prometheus has it. It never holds anything of what was ingested or asked. */
export interface Measure {
  /** `sensegraph_…`, with its unit last. */
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  /** What several tenants' make together; absent: it is of the whole process, the same for each. */
  readonly join?: 'sum' | 'max';
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

/** One list of several tenants' lists. */
export function joinMeasures([first = [], ...others]: readonly (readonly Measure[])[]): Measure[] {
  return first.map((measure, i) => {
    const { join, values } = measure;
    if (!join) return measure;
    const joined = values.map(({ value, ...rest }, k) => {
      const all = [value, ...others.map((list) => list[i]?.values[k]?.value ?? 0)];
      return { ...rest, value: join === 'max' ? Math.max(...all) : all.reduce((sum, one) => sum + one, 0) };
    });
    return { ...measure, values: joined };
  });
}

/** How far behind and how busy the stores and this process are. */
export async function measureStores({
  ledger,
  projector,
  load,
  connections,
}: {
  readonly ledger: Pick<Ledger, 'jobCounts'>;
  readonly projector: Pick<Projector, 'state'>;
  readonly load: EncoderLoad;
  readonly connections: (() => ConnectionCounts) | undefined;
}): Promise<Measure[]> {
  const [{ pending, lagSeconds, parked }, { queued, running, items }] = await Promise.all([
    projector.state(),
    ledger.jobCounts(),
  ]);
  const counts = connections?.();
  return [
    {
      ...gauge('sensegraph_outbox_lag_seconds', 'How long the oldest change has waited for the graph.', lagSeconds),
      join: 'max',
    },
    { ...gauge('sensegraph_outbox_pending', 'Changes that wait for the graph.', pending), join: 'sum' },
    { ...gauge('sensegraph_outbox_parked', 'Changes that the graph refused, put aside.', parked), join: 'sum' },
    { ...gauges('sensegraph_jobs', 'Jobs that have not ended.', 'state', { queued, running }), join: 'sum' },
    { ...gauge('sensegraph_items_waiting', 'Items of these jobs that are not done.', items), join: 'sum' },
    gauge('sensegraph_encoding', 'Parts of jobs in the encoders of this process, or waiting for them.', load.open),
    ...(counts
      ? [gauges('sensegraph_postgres_connections', 'Connections of this process.', 'state', { ...counts })]
      : []),
  ];
}
