import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SensegraphError } from '../../../errors.ts';

const Settings = z.object({
  version: z.string(),
  layers: z.number().int().positive(),
  kvHeads: z.number().int().positive(),
  headDim: z.number().int().positive(),
  vocabulary: z.number().int().positive(),
  /** The token that closes a text. */
  eosId: z.number().int().min(0),
  /** In the model's chat format, up to where its answer begins; `{question}` stands for the words asked. */
  prompts: z.object({ caption: z.string(), question: z.string(), choose: z.string(), statement: z.string() }),
  /** How it says yes and no. */
  answers: z.object({ yes: z.string(), no: z.string() }),
  vision: z.object({
    /** Numbers of a vision token. */
    dimension: z.number().int().positive(),
    mostThings: z.number().int().min(0),
    /** Things below this score are not shown to it. */
    leastThing: z.number(),
    /** How a thing is put into words; `{name}` stands for its name. */
    thingText: z.string(),
  }),
});

/** `config.json` of the vision-language model, as its recipe writes it. */
export type LookingSettings = z.infer<typeof Settings>;

/** MODEL_MISSING | MODEL_CORRUPT name the file. */
export function readLookingSettings(folder: string): LookingSettings {
  const path = join(folder, 'config.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SensegraphError('MODEL_MISSING', `${path} is missing. Get the model pack again.`, { cause });
  }
  try {
    return Settings.parse(JSON.parse(text));
  } catch (cause) {
    throw new SensegraphError('MODEL_CORRUPT', `${path} is damaged: ${String(cause)}. Get the model pack again.`, {
      cause,
    });
  }
}

/** A prompt with its words; marks of the chat format in them are taken out, so that nobody's words end their own turn. */
export function fillPrompt(template: string, question: string): string {
  return template.replace('{question}', () => plainWords(question));
}

/** Words without marks of the chat format. */
export function plainWords(text: string): string {
  return text.replaceAll(/<\|[^|]*\|>/g, ' ').trim();
}
