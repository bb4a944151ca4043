import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { packageRoot } from '../config.ts';
import { SensegraphError } from '../errors.ts';
import { assetResolvers } from './resolvers/asset.ts';
import { drawingResolvers } from './resolvers/drawing.ts';
import { exploreResolvers } from './resolvers/explore.ts';
import { conversationResolvers } from './resolvers/conversation.ts';
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
  const schema = makeExecutableSchema({
    typeDefs,
    resolvers: [
      rootResolvers,
      assetResolvers,
      graphResolvers,
      jobResolvers,
      reasoningResolvers,
      conversationResolvers,
      exploreResolvers,
      drawingResolvers,
    ],
  });
  guardArguments(schema);
  return schema;
}

/** No store holds U+0000, so nothing of that name is there: BAD_INPUT says so. Items to ingest tell it one by one. */
function guardArguments(schema: GraphQLSchema): void {
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (field.name === 'ingest') continue;
      const way = field.subscribe ? 'subscribe' : 'resolve';
      const answer = field[way] ?? defaultFieldResolver;
      field[way] = (source, args: Record<string, unknown>, context, info) => {
        for (const [name, value] of Object.entries(args)) {
          if (holdsZero(value))
            throw new SensegraphError('BAD_INPUT', `${name} holds the character U+0000. Leave it out.`);
        }
        return answer(source, args, context, info);
      };
    }
  }
}

function holdsZero(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsZero);
}
