import type { ReadLine, TextReader } from '../../ports/encoders.ts';
import type { ModelName, ModelPack } from './pack.ts';
import type { ReaderRequest } from './reader-model.ts';

const MODEL: ModelName = { id: 'pp-ocrv4', version: '1.4.2', licence: 'Apache-2.0' };

export function openReader(pack: ModelPack): TextReader {
  const { worker, info } = pack.model('reader', MODEL);
  return {
    info,
    read: (image, signal) => worker.call<ReadLine[]>({ image } satisfies ReaderRequest, { signal }),
  };
}
