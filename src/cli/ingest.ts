import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import type { IngestInput } from '../application.ts';
import { SensegraphError } from '../errors.ts';
import { KNOWN_EXTENSIONS } from '../ingest/sniff.ts';
import { openSensegraph } from '../main.ts';
import { configure, dataOptions, interruption, logger } from './options.ts';
import { ingestWithProgress, type IngestReport } from './progress.ts';

export const ingest = defineCommand({
  meta: {
    name: 'ingest',
    description: 'Ingest files and folders (text, Markdown, HTML, CSV, Word, PDF, pictures, recordings, films)',
  },
  args: {
    ...dataOptions,
    path: {
      type: 'positional',
      description: 'Files or folders; folders are walked',
      required: true,
      valueHint: 'PATH…',
    },
  },
  async run({ args }) {
    const config = configure(args);
    const inputs = await collect(args._);
    if (inputs.length === 0)
      throw new SensegraphError('BAD_INPUT', `No file to ingest there. Taken are: ${KNOWN_EXTENSIONS.join(', ')}.`);
    const signal = interruption();
    const application = await openSensegraph(config, logger(config, true));
    try {
      const report = await ingestWithProgress(application, inputs, { quiet: args.json === true, signal });
      print(report, args.json === true);
    } finally {
      await application.close();
    }
  },
});

/** Files as they are; folders walked in name order for endings that are known, hidden ones left out. */
export async function collect(paths: readonly string[]): Promise<IngestInput[]> {
  const inputs: IngestInput[] = [];
  for (const path of paths) {
    const found = await stat(path).catch((cause: unknown) => {
      throw new SensegraphError('BAD_INPUT', `${path} is not there. Check the path.`, { cause });
    });
    if (!found.isDirectory()) {
      inputs.push({ path });
      continue;
    }
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) inputs.push(...(await collect([join(path, entry.name)])));
      else if (KNOWN_EXTENSIONS.includes(entry.name.split('.').at(-1)?.toLowerCase() ?? ''))
        inputs.push({ path: join(path, entry.name) });
    }
  }
  return inputs;
}

function print({ jobs, results, seconds, cancelled }: IngestReport, json: boolean): void {
  const items = results.map(({ input, result, state }) => {
    const errors = [...result.userErrors, ...(state?.error ? [state.error] : [])];
    const status =
      errors.length > 0 ? 'failed' : result.duplicate ? 'known' : state?.state === 'DONE' ? 'ingested' : 'waiting';
    return { path: input.path, asset: result.assetId ?? null, status, errors };
  });
  const count = (status: string) => items.filter((item) => item.status === status).length;
  if (json) {
    console.log(
      JSON.stringify({ items, jobs: jobs.map((job) => job.id), seconds: Number(seconds.toFixed(2)), cancelled }),
    );
  } else {
    for (const item of items)
      for (const error of item.errors) console.error(`${item.path}: ${error.code}: ${error.message}`);
    console.log(
      `${count('ingested')} ingested, ${count('known')} known already, ${count('failed')} failed, ${count('waiting')} waiting, in ${seconds.toFixed(1)} s.`,
    );
    if (cancelled) console.log('Stopped. The rest is queued: the next command on this data directory goes on with it.');
  }
  if (count('failed') > 0) process.exitCode = 1;
}
