import type { Encoders } from '../../ports/encoders.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import type { SpanReader } from '../../ports/span-reader.ts';
import { openDetector } from './detector.ts';
import { openImageText } from './image-text.ts';
import { openImage } from './image.ts';
import { openLooking } from './looking.ts';
import { ModelPack, type PackOptions } from './pack.ts';
import { openReader } from './reader.ts';
import { openSound } from './sound.ts';
import { openSpanReader } from './span-reader.ts';
import { openSpeaker } from './speaker.ts';
import { openSpeechDetector } from './speech-detector.ts';
import { openText } from './text.ts';
import { DEFAULT_TEXT_MODEL } from './text-spec.ts';
import { openTranscriber } from './transcriber.ts';
import { openVoice } from './voice.ts';

/** What the pack holds besides encoders. */
export interface PackEncoders extends Encoders {
  /** The vision-language model without its eyes. */
  readonly languageModel: LanguageModel;
  /** Reads texts for the spans that answer. */
  readonly spanReader: SpanReader;
}

/** The embedded pack. Nothing is loaded before its first use; then each model runs in a thread of its own. */
export function openEncoders(options: PackOptions): PackEncoders {
  const pack = new ModelPack(options);
  const text = openText(pack, options.textModel);
  const image = openImage(pack);
  const detector = openDetector(pack);
  const speechDetector = openSpeechDetector(pack);
  // The heads were fitted to the default text model, whatever text is found by.
  const words = text.info.id === DEFAULT_TEXT_MODEL ? text : openText(pack);
  const imageText = openImageText(pack, { text: words, image, detector });
  return {
    ...openLooking(pack, { text: words, image, detector, imageText }),
    text,
    image,
    detector,
    imageText,
    reader: openReader(pack),
    transcriber: openTranscriber(pack, speechDetector),
    speechDetector,
    voice: openVoice(pack, speechDetector),
    sound: openSound(pack),
    speaker: openSpeaker(pack),
    spanReader: openSpanReader(pack),
    close: () => pack.close(),
  };
}
