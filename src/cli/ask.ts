import { stat } from 'node:fs/promises';
import { defineCommand } from 'citty';
import type { Application } from '../application.ts';
import { MOST_SAMPLES } from '../config.ts';
import { SensegraphError } from '../errors.ts';
import { openSensegraph } from '../main.ts';
import { configure, dataOptions, interruption, logger } from './options.ts';
import { answerJson, answerText } from './print-answer.ts';
import { ingestWithProgress } from './progress.ts';

export const ask = defineCommand({
  meta: { name: 'ask', description: 'Ask a question; the answer comes with its steps and evidence paths' },
  args: {
    ...dataOptions,
    question: { type: 'positional', description: 'The question', required: true },
    asset: {
      type: 'string',
      description: 'Picture, recording or text it is about: an asset id, or a file (ingested first)',
      valueHint: 'ID|FILE',
    },
    choices: { type: 'string', description: 'Given answers to choose among, separated by |', valueHint: 'A|B|…' },
    samples: {
      type: 'string',
      description: `Chains of thought of the language model, 1 to ${MOST_SAMPLES}; what most come to counts`,
      valueHint: 'N',
    },
    'min-confidence': { type: 'string', description: 'Say nothing below this confidence, 0…1', valueHint: 'X' },
  },
  async run({ args }) {
    const minimum = args['min-confidence'] === undefined ? undefined : Number(args['min-confidence']);
    if (minimum !== undefined && !(minimum >= 0 && minimum <= 1))
      throw new SensegraphError('BAD_INPUT', '--min-confidence takes a number from 0 to 1.');
    const samples = args.samples === undefined ? undefined : Number(args.samples);
    if (samples !== undefined && !(Number.isInteger(samples) && samples >= 1 && samples <= MOST_SAMPLES))
      throw new SensegraphError('BAD_INPUT', `--samples takes a whole number from 1 to ${MOST_SAMPLES}.`);
    const config = configure(args);
    const signal = interruption();
    const application = await openSensegraph(config, logger(config, true));
    try {
      const assetId = args.asset === undefined ? undefined : await assetOf(args.asset, application, signal);
      const answer = await application.ask({
        question: args.question,
        signal,
        ...(assetId === undefined ? {} : { assetId }),
        ...(args.choices === undefined ? {} : { choices: args.choices.split('|').map((choice) => choice.trim()) }),
        ...(minimum === undefined ? {} : { minConfidence: minimum }),
        ...(samples === undefined ? {} : { samples }),
      });
      console.log(args.json ? JSON.stringify(answerJson(answer)) : answerText(answer));
    } finally {
      await application.close();
    }
  },
});

/** The asset an option names: an id, or a file, which is ingested if it is new. */
async function assetOf(idOrFile: string, application: Application, signal: AbortSignal): Promise<string> {
  if (idOrFile.startsWith('Asset:')) return idOrFile;
  const there = await stat(idOrFile).catch(() => null);
  if (!there?.isFile()) throw new SensegraphError('BAD_INPUT', `${idOrFile} is neither an asset id nor a file.`);
  const { results } = await ingestWithProgress(application, [{ path: idOrFile }], { quiet: true, signal });
  const error = results[0]?.result.userErrors[0] ?? results[0]?.state?.error;
  if (error) throw new SensegraphError('BAD_INPUT', `${idOrFile}: ${error.message}`);
  return results[0]?.result.assetId ?? '';
}
