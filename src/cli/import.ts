import { defineCommand } from 'citty';
import { asSensegraphError } from '../errors.ts';
import { openTransfer } from '../main.ts';
import { importLedger } from '../transfer/import-ledger.ts';
import { readLines } from '../transfer/line-file.ts';
import { placeOf } from './doctor-stores.ts';
import { configure, dataOptions, interruption, logger, STOPPED } from './options.ts';

export const importAll = defineCommand({
  meta: {
    name: 'import',
    description:
      'Take in what export wrote, into an empty or used data directory or servers. What is there stays; stopped, the same command goes on',
  },
  args: {
    ...dataOptions,
    from: {
      type: 'positional',
      description: 'File of JSON lines, also compressed (.gz); - for standard input',
      required: true,
      valueHint: 'FILE',
    },
    vectors: {
      type: 'boolean',
      description: 'With the embeddings',
      negativeDescription: 'Without the embeddings',
      default: true,
    },
    bytes: { type: 'string', description: 'Take the bytes of the assets from this folder', valueHint: 'DIR' },
    'dry-run': { type: 'boolean', description: 'Check every line and write nothing' },
  },
  async run({ args }) {
    const config = configure(args);
    const signal = interruption();
    const stores = await openTransfer(config, logger(config, true));
    const isQuiet = args.json === true;
    const dryRun = args['dry-run'] === true;
    try {
      const counts = await importLedger(readLines(args.from), stores, {
        vectors: args.vectors,
        dryRun,
        ...(args.bytes === undefined ? {} : { bytes: args.bytes }),
        signal,
        onProgress: ({ assets, known }) => {
          if (!isQuiet) process.stderr.write(`${assets} assets, ${known} of them known\n`);
        },
      });
      const { assets, known, merges, answers, conversations } = counts;
      if (isQuiet) console.log(JSON.stringify({ state: dryRun ? 'CHECKED' : 'DONE', ...counts }));
      else if (dryRun)
        console.log(
          `${args.from} is whole: ${assets} assets, ${assets - known} of them new here, ${conversations} new conversations.`,
        );
      else
        console.log(
          `${placeOf(config)}: ${assets - known} new assets of ${assets}, ${merges} new merges, ${answers} answers, ${conversations} new conversations.`,
        );
    } catch (error) {
      if (asSensegraphError(error).code !== 'CANCELLED') throw error;
      process.exitCode = STOPPED;
      if (isQuiet) console.log(JSON.stringify({ state: 'STOPPED' }));
      else console.log(asSensegraphError(error).message);
    } finally {
      await stores.close();
    }
  },
});
