import { readFile, stat, writeFile } from 'node:fs/promises';
import { defineCommand } from 'citty';
import type { Application } from '../application.ts';
import type { Answer } from '../domain.ts';
import { groundingOf } from '../draw/grounding.ts';
import { MOST_SAMPLES } from '../config.ts';
import { SensegraphError } from '../errors.ts';
import { openSensegraph } from '../main.ts';
import { configure, dataOptions, interruption, logger, wholeNumberWithin } from './options.ts';
import { conversedJson, conversedText } from './print-conversed.ts';
import { ingestWithProgress } from './progress.ts';

export const ask = defineCommand({
  meta: { name: 'ask', description: 'Ask a question; the answer comes with its steps and evidence paths' },
  args: {
    ...dataOptions,
    question: { type: 'positional', description: 'The question', required: false },
    spoken: {
      type: 'string',
      description: 'A recording of the question instead, 60 seconds at most',
      valueHint: 'FILE',
    },
    asset: {
      type: 'string',
      description: 'Picture, recording or text it is about: an asset id, or a file (ingested first)',
      valueHint: 'ID|FILE',
    },
    choices: { type: 'string', description: 'Given answers to choose among, separated by |', valueHint: 'A|B|…' },
    draw: {
      type: 'string',
      description: 'Write the picture that the answer rests on, with its boxes drawn and numbered, to this PNG',
      valueHint: 'FILE',
    },
    conversation: { type: 'string', description: 'Go on with this conversation', valueHint: 'ID' },
    'new-conversation': { type: 'boolean', description: 'Start a conversation with this question' },
    candidate: {
      type: 'string',
      description: 'What was meant, of those that were asked back for; needs --conversation, and no question',
      valueHint: 'ID',
    },
    samples: {
      type: 'string',
      description: `Chains of thought of the language model, 1 to ${MOST_SAMPLES}; what most come to counts`,
      valueHint: 'N',
    },
    'min-confidence': { type: 'string', description: 'Say nothing below this confidence, 0…1', valueHint: 'X' },
  },
  async run({ args }) {
    const given = [args.question, args.spoken, args.candidate].filter((one) => one !== undefined).length;
    if (given > 1 || (given === 0 && args.asset === undefined))
      throw new SensegraphError(
        'BAD_INPUT',
        'Give one of the question in words, --spoken FILE, or --candidate ID as a reply; --asset can stand alone.',
      );
    if (args.candidate !== undefined && (args.conversation === undefined || args.asset !== undefined))
      throw new SensegraphError(
        'BAD_INPUT',
        'Give the --conversation that asked back, and no --asset, with --candidate.',
      );
    const minimum = args['min-confidence'] === undefined ? undefined : Number(args['min-confidence']);
    if (minimum !== undefined && !(minimum >= 0 && minimum <= 1))
      throw new SensegraphError('BAD_INPUT', '--min-confidence takes a number from 0 to 1.');
    if (args.conversation !== undefined && args['new-conversation'])
      throw new SensegraphError('BAD_INPUT', 'Give either --conversation or --new-conversation.');
    const samples =
      args.samples === undefined ? undefined : wholeNumberWithin('--samples', args.samples, 1, MOST_SAMPLES);
    const config = configure(args);
    const signal = interruption();
    const application = await openSensegraph(config, logger(config, true));
    try {
      const assetId = args.asset === undefined ? undefined : await assetOf(args.asset, application, signal);
      const conversation = args['new-conversation'] ? (await application.startConversation()).id : args.conversation;
      const conversed = await application.converse({
        question: args.spoken === undefined ? (args.question ?? '') : await heardIn(args.spoken, application, signal),
        signal,
        ...(assetId === undefined ? {} : { assetId }),
        ...(args.choices === undefined ? {} : { choices: args.choices.split('|').map((choice) => choice.trim()) }),
        ...(conversation === undefined ? {} : { conversationId: conversation }),
        ...(args.candidate === undefined ? {} : { candidateId: args.candidate }),
        ...(minimum === undefined ? {} : { minConfidence: minimum }),
        ...(samples === undefined ? {} : { samples }),
      });
      console.log(args.json ? JSON.stringify(conversedJson(conversed)) : conversedText(conversed));
      if (args.draw !== undefined) {
        if (!conversed.answer)
          throw new SensegraphError('BAD_INPUT', 'There is no answer to draw: say which is meant first.');
        await drawTo(args.draw, conversed.answer, application);
      }
    } finally {
      await application.close();
    }
  },
});

/** Draws the first picture that the answer rests on; what each number is goes to standard error. */
async function drawTo(path: string, answer: Answer, application: Application): Promise<void> {
  const [grounding] = groundingOf(answer);
  if (!grounding) return console.error('The answer rests on no picture: nothing was drawn.');
  const { asset, boxes } = grounding;
  const regions = boxes.map(({ region }) => region);
  await writeFile(path, await application.drawing(asset.id, regions));
  console.error(`${path}: ${asset.title}`);
  for (const { number, caption, colour } of boxes) console.error(`  ${number}  ${caption}  (${colour})`);
}

/** The words of a recorded question; they are shown too, as they may be misheard. */
async function heardIn(file: string, application: Application, signal: AbortSignal): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new SensegraphError('BAD_INPUT', `${file} can’t be read. Is it there?`, { cause });
  });
  const { text } = await application.hearQuestion({ bytes }, signal);
  console.error(`Heard: ${text}`);
  return text;
}

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
