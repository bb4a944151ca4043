import { stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { defineCommand } from 'citty';
import { encodeWav } from '../adapters/speaking/wav.ts';
import { SensegraphError } from '../errors.ts';
import { openProfile } from '../open-profile.ts';
import { configure, interruption, logger } from './options.ts';

const milliseconds = (seconds: number) => Number(seconds.toFixed(3));

export const speak = defineCommand({
  meta: { name: 'speak', description: 'Speak an English text into a WAV file, with the time of each word' },
  args: {
    text: { type: 'positional', description: 'The text; - reads it from standard input', required: true },
    out: { type: 'string', description: 'The WAV file to write', required: true, valueHint: 'FILE' },
    json: { type: 'boolean', description: 'Print the words with their times as JSON on standard output' },
  },
  async run({ args }) {
    const folder = await stat(dirname(resolve(args.out))).catch(() => null);
    if (!folder?.isDirectory())
      throw new SensegraphError('BAD_INPUT', `There is no folder for ${args.out}. Make it, or name another.`);
    const text = args.text === '-' ? await readAll(process.stdin) : args.text;
    const config = configure({});
    const signal = interruption();
    const encoders = await openProfile(config, logger(config, true));
    try {
      const { speaker } = encoders;
      if (!speaker)
        throw new SensegraphError('MODEL_MISSING', 'This profile has no voice. Set SENSEGRAPH_PROFILE to embedded.');
      const { samples, sampleRate, words } = await speaker.speak(text, signal);
      await writeFile(args.out, encodeWav(samples, sampleRate)).catch((cause: unknown) => {
        throw new SensegraphError('BAD_INPUT', `${args.out} can’t be written. Is it writable?`, { cause });
      });
      const seconds = milliseconds(samples.length / sampleRate);
      if (!args.json) {
        console.log(`${args.out}: ${seconds.toFixed(1)} s, ${words.length} words, spoken by ${speaker.info.id}`);
        return;
      }
      const timed = words.map(({ text: word, startSeconds, endSeconds }) => ({
        text: word,
        startSeconds: milliseconds(startSeconds),
        endSeconds: milliseconds(endSeconds),
      }));
      const { id, version, licence } = speaker.info;
      console.log(
        JSON.stringify({ file: args.out, seconds, sampleRate, model: { id, version, licence }, words: timed }),
      );
    } finally {
      await encoders.close();
    }
  },
});
