import type { Encoders, ModelInfo, RgbImage } from '../ports/encoders.ts';

export interface TriedModel {
  /** The capability, e.g. `text`. */
  readonly use: string;
  readonly info: ModelInfo;
}

/** Has every encoder do the least that it can do, so that its files are loaded and its device is known. Throws what it throws. */
export async function tryEncoders(encoders: Encoders): Promise<TriedModel[]> {
  const { text, image, reader, transcriber, sound, speechDetector, voice, speaker } = encoders;
  const { imageText, soundText, captioner } = encoders;
  const picture: RgbImage = { width: 32, height: 32, data: new Uint8Array(32 * 32 * 3).fill(255) };
  const silence = new Float32Array(16_000);
  const tried: TriedModel[] = [];
  const attempt = async (use: string, model: { readonly info: ModelInfo } | undefined, work: () => unknown) => {
    if (!model) return;
    await work();
    tried.push({ use, info: model.info });
  };
  await attempt('text', text, () => text.embed([{ text: 'a' }], 'query'));
  await attempt('image', image, () => image.classify([picture]));
  await attempt('reader', reader, () => reader.read(picture));
  await attempt('transcriber', transcriber, () => transcriber.transcribe(silence));
  await attempt('sound', sound, () => sound?.listen(silence));
  await attempt('speech-detector', speechDetector, () => speechDetector?.detectSpeech(silence));
  await attempt('voice', voice, () => voice?.embedVoice(silence, undefined, 0));
  await attempt('speaker', speaker, () => speaker?.speak('one'));
  await attempt('image-text', imageText, async () => {
    await imageText?.embedTexts(['a']);
    await imageText?.embedImages([picture]);
  });
  await attempt('sound-text', soundText, async () => {
    await soundText?.embedTexts(['a']);
    await soundText?.embedSounds([silence]);
  });
  await attempt('captioner', captioner, () => captioner?.caption(picture));
  return tried;
}
