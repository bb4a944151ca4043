import type { ReadLine, TextReader } from '../../ports/encoders.ts';
import type { ModelName, ModelPack } from './pack.ts';
import type { ReaderRequest } from './reader-model.ts';

const MODEL: ModelName = { id: 'pp-ocrv4', version: '1.4.2', licence: 'Apache-2.0' };

/** Pixels of the pictures under way at once. */
const MOST_PIXELS = 32e6;

export function openReader(pack: ModelPack): TextReader {
  const { worker, info } = pack.model('reader', MODEL, { capacity: MOST_PIXELS });
  return {
    info,
    read: (image, signal) =>
      worker.call<ReadLine[]>({ image } satisfies ReaderRequest, { signal, size: image.width * image.height }),
  };
}
