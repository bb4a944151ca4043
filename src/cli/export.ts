import { defineCommand } from 'citty';
import { packageVersion } from '../config.ts';
import { asSensegraphError, SensegraphError } from '../errors.ts';
import { openTransfer } from '../main.ts';
import { exportLedger } from '../transfer/export-ledger.ts';
import { LineWriter } from '../transfer/line-file.ts';
import { exportForAdmin } from './export-for-admin.ts';
import { configure, dataOptions, interruption, logger, STOPPED } from './options.ts';

export const exportAll = defineCommand({
  meta: {
    name: 'export',
    description:
      'Write the whole ledger as JSON lines, or the graph for a first load of Neo4j. Servers may run meanwhile (not on an embedded data directory)',
  },
  args: {
    ...dataOptions,
    to: {
      type: 'positional',
      description:
        'File (compressed where its name ends with .gz), - for standard output; a folder with --format neo4j-admin',
      required: true,
      valueHint: 'FILE',
    },
    format: { type: 'string', description: 'jsonl or neo4j-admin', default: 'jsonl', valueHint: 'FORMAT' },
    vectors: {
      type: 'boolean',
      description: 'With the embeddings',
      negativeDescription: 'Without the embeddings',
      default: true,
    },
    answers: {
      type: 'boolean',
      description: 'With the answers that were given and the conversations, which tell what was asked',
    },
    bytes: { type: 'string', description: 'Write the bytes of the assets into this folder', valueHint: 'DIR' },
  },
  async run({ args }) {
    if (args.format !== 'jsonl' && args.format !== 'neo4j-admin')
      throw new SensegraphError('BAD_INPUT', `There is no format ${args.format}: it is jsonl or neo4j-admin.`);
    const config = configure(args);
    const signal = interruption();
    const stores = await openTransfer(config, logger(config, true));
    const isQuiet = args.json === true;
    const tell = (text: string): void => void (isQuiet || process.stderr.write(`${text}\n`));
    try {
      if (args.format === 'neo4j-admin') {
        await exportForAdmin(args.to, config, stores, { signal, tell, json: isQuiet });
        return;
      }
      const writer = await LineWriter.open(args.to);
      try {
        const { vectors, answers = false, bytes } = args;
        const counts = await exportLedger(stores, (line) => writer.write(JSON.stringify(line)), {
          vectors,
          answers,
          ...(bytes === undefined ? {} : { bytes }),
          by: `sensegraph ${packageVersion}`,
          signal,
          onProgress: ({ assets, relations }) => tell(`${assets} assets, ${relations} relations`),
        });
        await writer.close();
        // Standard output may be the export itself.
        if (isQuiet && args.to !== '-') console.log(JSON.stringify({ state: 'DONE', ...counts }));
        else
          tell(
            `${args.to}: ${counts.assets} assets, ${counts.relations} relations, ${counts.merges} merges, ${counts.answers} answers, ${counts.conversations} conversations.`,
          );
      } catch (error) {
        await writer.discard();
        throw error;
      }
    } catch (error) {
      if (asSensegraphError(error).code !== 'CANCELLED') throw error;
      process.exitCode = STOPPED;
      tell(asSensegraphError(error).message);
    } finally {
      await stores.close();
    }
  },
});
