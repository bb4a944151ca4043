import { defineCommand } from 'citty';
import { asSensegraphError } from '../errors.ts';
import { openStores } from '../open-stores.ts';
import { analyse } from './graph-analyse.ts';
import { placeOf } from './doctor-stores.ts';
import { configure, dataOptions, interruption, logger } from './options.ts';

/** Exit code after Ctrl-C, as of a shell's command that a signal ended. */
const STOPPED = 130;

const rebuild = defineCommand({
  meta: {
    name: 'rebuild',
    description:
      'Bring the graph to what the ledger says: fills an empty graph database. Servers may run meanwhile; Ctrl-C stops, the same command goes on',
  },
  args: dataOptions,
  async run({ args }) {
    const config = configure(args);
    const signal = interruption();
    const stores = await openStores(config, logger(config, true));
    try {
      const changes = await stores.audit.rebuild({
        signal,
        onProgress: ({ phase, nodes, changes: done }) => {
          if (!args.json) process.stderr.write(`${phase}: ${nodes} nodes looked at, ${done} changes written\n`);
        },
      });
      const counts = await stores.graph.counts();
      if (args.json) console.log(JSON.stringify({ state: 'DONE', changes, ...counts }));
      else
        console.log(`${placeOf(config)}: ${counts.nodes} nodes and ${counts.edges} edges, ${changes} changes written.`);
    } catch (error) {
      if (asSensegraphError(error).code !== 'CANCELLED') throw error;
      process.exitCode = STOPPED;
      if (args.json) console.log(JSON.stringify({ state: 'STOPPED' }));
      else console.log(asSensegraphError(error).message);
    } finally {
      await stores.close();
    }
  },
});

export const graph = defineCommand({
  meta: { name: 'graph', description: 'Look after the graph' },
  subCommands: { rebuild, analyse },
});
