import { readFile, stat } from 'node:fs/promises';
import { defineCommand } from 'citty';
import { look as lookAt, type Looked, type LookRequest } from '../encode/look.ts';
import { SensegraphError } from '../errors.ts';
import { decodeImage } from '../ingest/decode-image.ts';
import { openSensegraph } from '../main.ts';
import { openProfile } from '../open-profile.ts';
import { configure, dataOptions, interruption, logger } from './options.ts';

export const look = defineCommand({
  meta: { name: 'look', description: 'Look at one picture: a caption, or an answer to a question about it' },
  args: {
    ...dataOptions,
    picture: {
      type: 'positional',
      description: 'A picture file, or the id of an ingested one',
      required: true,
      valueHint: 'FILE|ID',
    },
    question: { type: 'positional', description: 'The question; a caption without it', required: false },
    choices: { type: 'string', description: 'Given answers to choose among, separated by |', valueHint: 'A|B|…' },
  },
  async run({ args }) {
    const signal = interruption();
    const request: LookRequest = {
      signal,
      ...(args.question === undefined ? {} : { question: args.question }),
      ...(args.choices === undefined ? {} : { choices: args.choices.split('|').map((choice) => choice.trim()) }),
    };
    const looked = await (args.picture.startsWith('Asset:')
      ? lookAtIngested(args.picture, request, args.data)
      : lookAtFile(args.picture, request));
    console.log(args.json ? JSON.stringify(looked) : lookText(looked));
  },
});

async function lookAtIngested(assetId: string, request: LookRequest, data: string | undefined): Promise<Looked> {
  const config = configure({ data });
  const application = await openSensegraph(config, logger(config, true));
  try {
    return plain(await application.look({ ...request, assetId }));
  } finally {
    await application.close();
  }
}

/** A file is looked at and not ingested. */
async function lookAtFile(path: string, request: LookRequest): Promise<Looked> {
  const config = configure({});
  const there = await stat(path).catch(() => null);
  if (!there?.isFile()) throw new SensegraphError('BAD_INPUT', `${path} is neither an asset id nor a file.`);
  const encoders = await openProfile(config, logger(config, true));
  try {
    const { image } = await decodeImage(await readFile(path), config);
    return plain(await lookAt(image, request, encoders));
  } finally {
    await encoders.close();
  }
}

/** As it is now: a model's device is told by a getter, which does not outlive the model. */
function plain(looked: Looked): Looked {
  const { id, version, licence, device } = looked.model;
  return { ...looked, model: { id, version, licence, device } };
}

function lookText({ text, probability, choices, model }: Looked): string {
  const others = choices.map((choice) => `  ${choice.probability.toFixed(2)}  ${choice.text}`);
  return [`${text}  (probability ${probability.toFixed(2)}, ${model.id})`, ...others].join('\n');
}
