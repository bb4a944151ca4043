import type { Locator, Reading, Span } from '../domain.ts';
import type { ClassifiedImage, DetectedThings, Encoders, PerceivedImage, RgbImage } from '../ports/encoders.ts';
import { meanProbability } from './look.ts';

/** A caption below this is not told of: see the card of the pack's model for what such captions are worth. */
export const LEAST_CAPTION = 0.4;

/** What a model says of a picture, as one sentence. */
export interface SeenCaption {
  readonly text: string;
  /** 0…1: the geometric mean of its tokens' probabilities. */
  readonly score: number;
}

/** The picture's caption; none where nothing writes captions at ingest, or where the writer is not sure enough. */
export async function captionPicture(
  { image, crops, found }: { image: RgbImage; crops: readonly ClassifiedImage[]; found: DetectedThings | undefined },
  { captioner, captions = true }: Encoders,
  signal?: AbortSignal,
): Promise<SeenCaption | undefined> {
  if (!captioner || !captions) return undefined;
  const seen: PerceivedImage | undefined = found && { image, crops, found };
  const written =
    captioner.captionSeen && seen ? await captioner.captionSeen(seen, signal) : await captioner.caption(image, signal);
  const score = meanProbability(written);
  const text = asSentence(written.text);
  return text === '' || score < LEAST_CAPTION ? undefined : { text, score };
}

/** The caption as a reading of the whole picture. */
export function captionReading(
  segmentId: string,
  locator: Locator,
  { text, score }: SeenCaption,
  { captioner }: Encoders,
): Reading[] {
  if (!captioner) return [];
  const { id: model, version: modelVersion } = captioner.info;
  return [{ id: `${segmentId}:caption`, segmentId, kind: 'CAPTION', text, score, locator, model, modelVersion }];
}

/** A picture's words: its caption as a sentence, then its labels and lines as another; without a caption no sentences. */
export function pictureWords(
  caption: SeenCaption | undefined,
  seen: string,
): { readonly text: string; readonly sentences: readonly Span[] } {
  if (!caption) return { text: seen, sentences: [] };
  const { length } = caption.text;
  if (seen === '') return { text: caption.text, sentences: [{ start: 0, end: length }] };
  return {
    text: `${caption.text} ${seen}`,
    sentences: [
      { start: 0, end: length },
      { start: length + 1, end: length + 1 + seen.length },
    ],
  };
}

/** One line that begins with a capital and ends with a full stop. */
export function asSentence(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return '';
  const capital = line.charAt(0).toUpperCase() + line.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
