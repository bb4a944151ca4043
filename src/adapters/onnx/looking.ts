import { join } from 'node:path';
import { asSentence } from '../../encode/caption.ts';
import { cropBoxes, cropImage } from '../../encode/crops.ts';
import { SensegraphError } from '../../errors.ts';
import type { Captioner, ImageTextEncoder, PerceivedImage, RgbImage, WrittenText } from '../../ports/encoders.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import type { Decoding, LookingRequest, LookingText } from './generate/looking-model.ts';
import { fillPrompt, readLookingSettings, type LookingSettings } from './generate/looking-settings.ts';
import { shares, type WeighedTokens } from './generate/weigh.ts';
import type { ImageTextParts } from './image-text.ts';
import { openEmbeddedLanguageModel } from './language-model.ts';
import type { ModelName, ModelPack } from './pack.ts';
import { packVisionTokens, type VisionToken } from './vision-tokens.ts';

export const LOOKING: ModelName = { id: 'smollm2-looking', version: '1.0.0', licence: 'Apache-2.0' };

/** Captions are short; the longest of the COCO captions it learned from has 50 words. */
const MOST_CAPTION_TOKENS = 48;
const MOST_ANSWER_TOKENS = 32;
const CAPTION: Decoding = { way: 'beam', width: 3, lengthPower: 1 };
const ANSWER: Decoding = { way: 'greedy' };

export interface LookingParts extends ImageTextParts {
  /** The heads that the model was trained on, over the very encoders of `ImageTextParts`. */
  readonly imageText: ImageTextEncoder;
}

/**
 * The vision-language model of the pack: SmolLM2-135M looking at what the image encoder, the detector and the
 * image-text heads made of a picture. The same file without a picture is a small language model.
 */
export function openLooking(
  pack: ModelPack,
  parts: LookingParts,
): { readonly captioner: Captioner; readonly languageModel: LanguageModel } {
  const { worker, info } = pack.model('looking', LOOKING);
  const settings = once(() => readLookingSettings(join(pack.modelsDir, LOOKING.id)));
  const look = visionOf(parts, settings);
  const ask = <T>(request: LookingRequest, signal: AbortSignal | undefined) => worker.call<T>(request, { signal });

  async function caption(vision: Float32Array, signal: AbortSignal | undefined): Promise<WrittenText> {
    const { prompts } = settings();
    const request = { prompt: prompts.caption, vision, decoding: CAPTION, mostTokens: MOST_CAPTION_TOKENS };
    return ask<LookingText>(request, signal);
  }
  async function choose(
    image: RgbImage,
    prompt: string,
    choices: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<number[]> {
    if (choices.length === 0) throw new SensegraphError('BAD_INPUT', 'There is nothing to choose from. Give choices.');
    const vision = await look(image, signal);
    const texts = choices.map(asAnswer);
    const weighed = await ask<WeighedTokens[]>({ prompt, vision, texts }, signal);
    return shares(weighed.map(({ logProbability }) => logProbability));
  }

  const captioner: Captioner = {
    info,
    caption: async (image, signal) => caption(await look(image, signal), signal),
    captionSeen: async (seen, signal) => caption(await look.seen(seen, signal), signal),
    async answer(image, question, signal) {
      const vision = await look(image, signal);
      const prompt = fillPrompt(settings().prompts.question, question);
      return ask<LookingText>({ prompt, vision, decoding: ANSWER, mostTokens: MOST_ANSWER_TOKENS }, signal);
    },
    async choose(image, question, choices, signal) {
      const probabilities = await choose(image, fillPrompt(settings().prompts.choose, question), choices, signal);
      return { index: probabilities.indexOf(Math.max(...probabilities)), probabilities };
    },
    async verify(image, statement, signal) {
      const { prompts, answers } = settings();
      const prompt = fillPrompt(prompts.statement, statement);
      const [yes = 0] = await choose(image, prompt, [answers.yes, answers.no], signal);
      return yes;
    },
    async weigh(image, captions, signal) {
      if (captions.length === 0) return [];
      const vision = await look(image, signal);
      const request = { prompt: settings().prompts.caption, vision, texts: captions.map(asSentence) };
      const weighed = await ask<WeighedTokens[]>(request, signal);
      return weighed.map((one, i) => ({ ...one, text: captions[i] ?? '' }));
    },
  };
  return { captioner, languageModel: openEmbeddedLanguageModel(info.id, ask) };
}

/** A picture → its packed vision tokens. What was looked at is remembered for as long as the caller keeps the picture. */
function visionOf(
  { image: encoder, detector, imageText }: LookingParts,
  settings: () => LookingSettings,
): ((image: RgbImage, signal?: AbortSignal) => Promise<Float32Array>) & {
  seen(seen: PerceivedImage, signal?: AbortSignal): Promise<Float32Array>;
} {
  const known = new WeakMap<RgbImage, Float32Array>();
  const names = new Map<string, Float32Array>();

  /** Vectors of things' names, each embedded once a process. */
  async function nameVectors(labels: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
    const missing = [...new Set(labels)].filter((label) => !names.has(label));
    const texts = missing.map((label) => settings().vision.thingText.replace('{name}', label));
    const vectors = await imageText.embedTexts(texts, signal);
    for (const [i, label] of missing.entries()) names.set(label, vectors[i] ?? new Float32Array());
    return labels.map((label) => names.get(label) ?? new Float32Array());
  }

  async function seen({ image, crops, found }: PerceivedImage, signal?: AbortSignal): Promise<Float32Array> {
    const { dimension, mostThings, leastThing } = settings().vision;
    const embedSeen = imageText.embedSeen;
    if (!embedSeen) throw new SensegraphError('INTERNAL', 'The image-text heads of the pack must take what was seen.');
    const nothing = new Float32Array(found.scores.length);
    const boxes = cropBoxes(image);
    const vectors = await Promise.all([
      embedSeen({ crops, objects: found.scores }, signal),
      ...crops.slice(1).map((crop) => embedSeen({ crops: [crop], objects: nothing }, signal)),
    ]);
    const things = found.things.filter(({ score }) => score >= leastThing).slice(0, mostThings);
    const thingVectors = await nameVectors(
      things.map(({ label }) => label.label),
      signal,
    );
    const tokens: VisionToken[] = [
      ...vectors.flatMap((vector, i): VisionToken[] => {
        const box = boxes[i];
        return box ? [{ kind: i === 0 ? 'whole' : 'crop', vector, box, score: 1 }] : [];
      }),
      ...things.map(({ score, box }, i): VisionToken => ({
        kind: 'thing',
        vector: thingVectors[i] ?? new Float32Array(),
        box,
        score,
      })),
    ];
    const packed = packVisionTokens(tokens, image, dimension);
    known.set(image, packed);
    return packed;
  }

  async function look(image: RgbImage, signal?: AbortSignal): Promise<Float32Array> {
    const already = known.get(image);
    if (already) return already;
    const crops = await encoder.classify(await cropImage(image), signal);
    return seen({ image, crops, found: await detector.detect(image, signal) }, signal);
  }
  return Object.assign(look, { seen });
}

/** As the model learned to answer: with a capital. */
function asAnswer(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
