import { defineCommand } from 'citty';
import { asSensegraphError } from '../errors.ts';
import { openStores } from '../open-stores.ts';
import { analyse } from './graph-analyse.ts';
import { placeOf } from './doctor-stores.ts';
import { configure, dataOptions, interruption, logger, STOPPED } from './options.ts';

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
      const total = { changes: 0, nodes: 0, edges: 0 };
      // All tenants', unless one is named.
      const names = args.tenant === undefined ? (await stores.tenants.list()).map(({ name }) => name) : [config.tenant];
      for (const name of names) {
        const { audit, graph: rebuilt } = await stores.forTenant(name);
        total.changes += await audit.rebuild({
          signal,
          onProgress: ({ phase, nodes, changes }) => {
            if (!args.json)
              process.stderr.write(`${name}, ${phase}: ${nodes} nodes looked at, ${changes} changes written\n`);
          },
        });
        const counts = await rebuilt.counts();
        total.nodes += counts.nodes;
        total.edges += counts.edges;
      }
      if (args.json) console.log(JSON.stringify({ state: 'DONE', ...total }));
      else
        console.log(
          `${placeOf(config)}: ${total.nodes} nodes and ${total.edges} edges, ${total.changes} changes written.`,
        );
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
