import { defineCommand } from 'citty';
import { analyseGraph } from '../analyse-graph.ts';
import { openStores } from '../open-stores.ts';
import { placeOf } from './doctor-stores.ts';
import { configure, dataOptions, interruption, logger } from './options.ts';

export const analyse = defineCommand({
  meta: {
    name: 'analyse',
    description:
      'Measure the whole graph: how central each node is (PageRank), which belong together (Leiden, Louvain), which entities are alike. By Graph Data Science where Neo4j has it; kept as properties for Neo4j Browser',
  },
  args: dataOptions,
  async run({ args }) {
    const config = configure(args);
    const signal = interruption();
    const stores = await openStores(config, logger(config, true));
    try {
      await stores.projector.project();
      const found = await analyseGraph(stores, {
        signal,
        onProgress: (text) => {
          if (!args.json) process.stderr.write(`${text}\n`);
        },
      });
      if (args.json) {
        console.log(JSON.stringify(found));
        return;
      }
      const sizes = found.largest.map(({ size }) => size).join(', ');
      console.log(
        `${placeOf(config)}: ${found.nodes} nodes, ${found.edges} edges, analysed by ${found.engine}.
${found.communities} communities, the largest of ${sizes} nodes.
Most central: ${found.central.map(({ caption }) => caption.replaceAll(/\s+/g, ' ')).join('; ')}.
${found.isKept ? 'Each node keeps its measures: pageRank, community, similar. Saved queries for Neo4j Browser are in graph/browser.' : 'Nothing was kept: the measures of single nodes are for Neo4j Browser (SENSEGRAPH_NEO4J_URL).'}`,
      );
    } finally {
      await stores.close();
    }
  },
});
