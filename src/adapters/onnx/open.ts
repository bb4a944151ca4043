import type { Encoders } from '../../ports/encoders.ts';
import { openImage } from './image.ts';
import { ModelPack, type PackOptions } from './pack.ts';
import { openReader } from './reader.ts';
import { openSound } from './sound.ts';
import { openText } from './text.ts';
import { openTranscriber } from './transcriber.ts';

/** The embedded pack. Nothing is loaded before its first use; then each model runs in a thread of its own. */
export function openEncoders(options: PackOptions): Encoders {
  const pack = new ModelPack(options);
  return {
    text: openText(pack, options.textModel),
    image: openImage(pack),
    reader: openReader(pack),
    transcriber: openTranscriber(pack),
    sound: openSound(pack),
    close: () => pack.close(),
  };
}
