import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { packageRoot } from '../config.ts';
import { assetResolvers } from './resolvers/asset.ts';
import { graphResolvers } from './resolvers/graph.ts';
import { jobResolvers } from './resolvers/job.ts';
import { reasoningResolvers } from './resolvers/reasoning.ts';
import { rootResolvers } from './resolvers/root.ts';

/** The contract of `schema/` with its resolvers. */
export function buildApiSchema(): GraphQLSchema {
  const folder = join(packageRoot, 'schema');
  const typeDefs = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return makeExecutableSchema({
    typeDefs,
    resolvers: [rootResolvers, assetResolvers, graphResolvers, jobResolvers, reasoningResolvers],
  });
}
