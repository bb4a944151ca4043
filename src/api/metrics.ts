import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { gauge, type Measure } from '../measures.ts';
import type { Context } from './context.ts';

/** Upper bounds of the histogram's buckets, seconds. */
const BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

interface Requests {
  /** By bucket; the last is for all above. */
  readonly buckets: number[];
  seconds: number;
  failed: number;
}

/** Counts GraphQL requests over HTTP by their first field, which the schema bounds. */
export class RequestMeasures {
  readonly #requests = new Map<string, Requests>();

  readonly plugin: ApolloServerPlugin<Context> = {
    requestDidStart: async () => {
      const started = performance.now();
      return {
        willSendResponse: async ({ operation, document, response }) => {
          // What was refused before it ran has no operation that is ours.
          const first = operation?.selectionSet.selections[0];
          if (!document || response.body.kind !== 'single' || first?.kind !== 'Field') return;
          const isFailed = (response.body.singleResult.errors?.length ?? 0) > 0;
          this.#note(first.name.value, (performance.now() - started) / 1000, isFailed);
        },
      };
    },
  };

  /** Lines in Prometheus' text format. */
  render(): string {
    const lines = [
      '# HELP sensegraph_request_seconds Time to answer a GraphQL request, by its first field.',
      '# TYPE sensegraph_request_seconds histogram',
    ];
    for (const [field, { buckets, seconds }] of this.#requests) {
      let sum = 0;
      for (const [i, count] of buckets.entries()) {
        sum += count;
        lines.push(`sensegraph_request_seconds_bucket{field="${field}",le="${BUCKETS[i] ?? '+Inf'}"} ${sum}`);
      }
      lines.push(`sensegraph_request_seconds_sum{field="${field}"} ${seconds}`);
      lines.push(`sensegraph_request_seconds_count{field="${field}"} ${sum}`);
    }
    const failed = Array.from(this.#requests, ([field, { failed }]) => ({ labels: { field }, value: failed }));
    const help = 'GraphQL requests that ended with an error, by their first field.';
    return `${lines.join('\n')}\n${render([{ name: 'sensegraph_requests_failed_total', help, type: 'counter', values: failed }])}`;
  }

  #note(field: string, seconds: number, isFailed: boolean): void {
    let found = this.#requests.get(field);
    if (!found) this.#requests.set(field, (found = { buckets: BUCKETS.map(() => 0).concat(0), seconds: 0, failed: 0 }));
    const bucket = BUCKETS.findIndex((bound) => seconds <= bound);
    const at = bucket === -1 ? BUCKETS.length : bucket;
    found.buckets[at] = (found.buckets[at] ?? 0) + 1;
    found.seconds += seconds;
    if (isFailed) found.failed += 1;
  }
}

/** `GET /metrics`. It answers also while the stores are away, with what this process knows by itself. */
export function metricsRoute(
  measures: () => Promise<readonly Measure[]>,
  requests: RequestMeasures,
  log: Logger,
): RequestHandler {
  return async (_, response) => {
    const stores = await measures().catch((error: unknown) => {
      log.warn({ err: error }, 'the stores could not be measured');
      return undefined;
    });
    const own = [
      gauge('sensegraph_up', 'Whether the stores answer: 1 or 0.', stores ? 1 : 0),
      gauge('process_resident_memory_bytes', 'Memory of this process.', process.memoryUsage.rss()),
      gauge('process_uptime_seconds', 'How long this process runs.', process.uptime()),
    ];
    response.type('text/plain; version=0.0.4').send(render([...own, ...(stores ?? [])]) + requests.render());
  };
}

/** Prometheus' text format. */
function render(measures: readonly Measure[]): string {
  return measures
    .filter(({ values }) => values.length > 0)
    .map(({ name, help, type, values }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...values.map(({ labels = {}, value }) => {
          const pairs = Object.entries(labels).map(([key, text]) => `${key}="${text.replaceAll(/["\\\n]/g, '_')}"`);
          return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
        }),
        '',
      ].join('\n'),
    )
    .join('');
}
