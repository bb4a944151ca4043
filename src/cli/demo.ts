import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { z } from 'zod';
import { startServer } from '../api/server.ts';
import { packageRoot } from '../config.ts';
import { openSensegraph } from '../main.ts';
import { collect } from './ingest.ts';
import { configure, interruption, logger } from './options.ts';
import { answerText } from './print-answer.ts';
import { ingestWithProgress } from './progress.ts';

const Questions = z.array(
  z.object({ id: z.string(), question: z.string(), asset: z.string().optional(), answer: z.string().nullable() }),
);
const FOLDERS = ['texts', 'documents', 'images', 'recordings'];

export const demo = defineCommand({
  meta: { name: 'demo', description: 'Ingest the sample collection, ask it three questions, then serve it' },
  args: {
    data: { type: 'string', description: 'Data directory', default: '.sensegraph-demo', valueHint: 'DIR' },
    exit: { type: 'boolean', description: 'End after the questions instead of serving' },
    port: { type: 'string', description: 'Port (default: PORT or 4600; 0 = any free one)', valueHint: 'N' },
    host: { type: 'string', description: 'Address to listen on (default: HOST or 127.0.0.1)', valueHint: 'ADDRESS' },
  },
  async run({ args }) {
    const config = configure(args);
    const log = logger(config, true);
    const signal = interruption();
    const examples = join(packageRoot, 'examples');
    const questions = Questions.parse(JSON.parse(await readFile(join(examples, 'questions.json'), 'utf8'))).slice(0, 3);
    const application = await openSensegraph(config, log);
    try {
      const { results, seconds, cancelled } = await ingestWithProgress(
        application,
        await collect(FOLDERS.map((folder) => join(examples, folder))),
        { quiet: false, signal },
      );
      const known = results.filter(({ result }) => result.duplicate).length;
      for (const { input, result, state } of results) {
        for (const error of [...result.userErrors, ...(state?.error ? [state.error] : [])])
          console.error(`${input.path}: ${error.code}: ${error.message}`);
      }
      const { counts } = await application.health();
      console.log(
        `\n${results.length - known} files ingested${known > 0 ? `, ${known} known already` : ''} in ${seconds.toFixed(1)} s: ` +
          `${counts['segments']} segments, ${counts['entities']} entities, ${counts['mentions']} mentions, ${counts['relations']} relations.`,
      );
      for (const { question, asset } of questions) {
        if (signal.aborted || cancelled) return;
        const about =
          asset === undefined
            ? undefined
            : results.find(({ input }) => input.path === join(examples, asset))?.result.assetId;
        const started = performance.now();
        const answer = await application.ask({ question, signal, ...(about === undefined ? {} : { assetId: about }) });
        console.log(
          `\n${'─'.repeat(80)}\n${asset === undefined ? '' : `About: examples/${asset}\n`}${answerText(answer)}`,
        );
        console.log(`(${Math.round(performance.now() - started)} ms)`);
      }
      if (args.exit || signal.aborted) return;
      const server = await startServer({ application, config, log });
      console.log(`\nGraphQL at ${server.url}  (Ctrl-C ends; the collection stays in ${config.dataDir})`);
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      await server.close();
    } finally {
      await application.close();
    }
  },
});
