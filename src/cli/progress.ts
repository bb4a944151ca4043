import { Listr } from 'listr2';
import type { Application, IngestInput, IngestItemResult } from '../application.ts';
import type { Job } from '../domain.ts';
import type { IngestItemState } from '../ports/ledger.ts';
import { MOST_ITEMS } from '../ingest/intake.ts';

export interface IngestReport {
  readonly jobs: Job[];
  readonly results: {
    readonly input: IngestInput;
    readonly result: IngestItemResult;
    readonly state?: IngestItemState;
  }[];
  readonly seconds: number;
  readonly cancelled: boolean;
}

/** Ingests inputs of any number with a progress bar on standard error. Stopping leaves a job that the next start goes on with. */
export async function ingestWithProgress(
  application: Application,
  inputs: readonly IngestInput[],
  options: { readonly quiet: boolean; readonly signal: AbortSignal },
): Promise<IngestReport> {
  const started = performance.now();
  const report: { jobs: Job[]; results: IngestReport['results'] } = { jobs: [], results: [] };
  let cancelled = false;
  const work = async (show: (text: string) => void): Promise<void> => {
    let before = 0;
    for (let i = 0; i < inputs.length && !cancelled; i += MOST_ITEMS) {
      const part = inputs.slice(i, i + MOST_ITEMS);
      const { job, items } = await application.ingest(part);
      if (job) {
        for await (const state of application.jobProgress(job.id, options.signal)) {
          // Known and refused items count as done from the start.
          const waiting = state.total - state.done - state.failed;
          show(bar(before + part.length - waiting, inputs.length, (performance.now() - started) / 1000));
        }
        cancelled = options.signal.aborted;
        const last = await application.job(job.id);
        if (last) report.jobs.push(last);
      }
      const states = new Map((job ? await application.jobItems(job.id) : []).map((state) => [state.ordinal, state]));
      for (const [k, result] of items.entries()) {
        const state = states.get(result.ordinal);
        const input = part[k];
        if (input) report.results.push({ input, result, ...(state ? { state } : {}) });
      }
      before += part.length;
      show(bar(before, inputs.length, (performance.now() - started) / 1000));
    }
  };
  if (options.quiet) await work(() => {});
  else if (process.stderr.isTTY) {
    await new Listr<object, 'default'>(
      [{ title: `Ingesting ${inputs.length} items`, task: (_, task) => work((text) => (task.output = text)) }],
      {
        renderer: 'default',
      },
    ).run();
  } else await work((text) => process.stderr.write(`${text}\n`));
  return { ...report, seconds: (performance.now() - started) / 1000, cancelled };
}

/** `[######----] 12/20  3.1/s  3 s left`. */
export function bar(done: number, total: number, seconds: number): string {
  const width = 24;
  const filled = total === 0 ? width : Math.round((done / total) * width);
  const rate = seconds > 0 ? done / seconds : 0;
  const left = rate > 0 && done < total ? `  ${Math.ceil((total - done) / rate)} s left` : '';
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${done}/${total}  ${rate.toFixed(1)}/s${left}`;
}
