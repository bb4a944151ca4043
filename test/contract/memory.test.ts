import { MemoryGraphStore } from '../../src/adapters/memory/graph-store.ts';
import { graphStoreContract } from './graph-store.ts';

graphStoreContract('the graph in memory', async () => new MemoryGraphStore());
