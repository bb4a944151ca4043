import { SensegraphError } from '../../errors.ts';
import { userErrors } from '../errors.ts';
import type { Resolvers } from '../generated.ts';

/** The end of a file's name: its ending counts, and nothing longer is a name. */
const name = (fileName: string) => fileName.slice(-255);

export const jobResolvers: Resolvers = {
  Query: {
    job: (_, { id }, { application }) => application.job(id),
  },
  Mutation: {
    createUpload: async (_, { fileName, byteSize, mediaType }, { application }) => {
      try {
        const { id, path, expiresAt } = await application.createUpload({
          fileName: name(fileName),
          byteSize,
          ...(mediaType ? { mediaType } : {}),
        });
        return { upload: { id, url: path, expiresAt }, userErrors: [] };
      } catch (error) {
        return { upload: null, userErrors: userErrors(error, 'byteSize') };
      }
    },
    ingest: async (_, { items }, { application }) => {
      try {
        const inputs = items.map(({ text, uploadId, title, fileName }) => ({
          ...(text == null ? {} : { text }),
          ...(uploadId == null ? {} : { uploadId }),
          ...(title == null ? {} : { title }),
          ...(fileName == null ? {} : { fileName: name(fileName) }),
        }));
        const { job, items: results } = await application.ingest(inputs);
        return { job, items: results, userErrors: [] };
      } catch (error) {
        return { job: null, items: [], userErrors: userErrors(error, 'items') };
      }
    },
    cancelJob: async (_, { id }, { application }) => {
      try {
        const job = await application.cancelJob(id);
        if (!job) throw new SensegraphError('NOT_FOUND', `There is no job ${id}.`);
        return { job, userErrors: [] };
      } catch (error) {
        return { job: null, userErrors: userErrors(error, 'id') };
      }
    },
  },
  Subscription: {
    jobProgress: {
      subscribe: async function* (_, { id }, { application, signal }) {
        for await (const job of application.jobProgress(id, signal)) yield { jobProgress: { job } };
      },
    },
  },
  Job: {
    items: ({ id }, _, { application }) => application.jobItems(id),
  },
  JobItem: {
    asset: ({ assetId }, _, context) => (assetId ? context.assets.load(assetId) : null),
    userErrors: ({ error }) => (error ? [error] : []),
  },
};
