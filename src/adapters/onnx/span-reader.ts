import type { PassageReading, SpanReader } from '../../ports/span-reader.ts';
import type { ModelPack } from './pack.ts';
import type { SpanRequest } from './span-reader-model.ts';

/** Folder of the reader in the pack. */
const NAME = { id: 'minilm-l6-span-reader', version: '3', licence: 'Apache-2.0, trained on CC BY-SA texts' } as const;

/** The pack's extractive reader: MiniLM-L6 taught to read (training/reading). */
export function openSpanReader(pack: ModelPack): SpanReader {
  const { worker, info } = pack.model('spanReader', NAME);
  return {
    info,
    async read(question, passages, signal): Promise<PassageReading[]> {
      if (passages.length === 0) return [];
      const request: SpanRequest = { question, passages };
      return worker.call<PassageReading[]>(request, { signal, urgent: true });
    },
  };
}
