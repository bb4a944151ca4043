import { SensegraphError } from './errors.ts';
import { decode } from './ingest/decode.ts';
import type { DecodeWorker } from './ingest/decode-worker.ts';
import type { Films } from './ingest/film.ts';
import type { Limits } from './ingest/limits.ts';
import { sniff } from './ingest/sniff.ts';
import type { Encoders, ModelInfo } from './ports/encoders.ts';

/** The longest spoken question. */
const MOST_SPOKEN_SECONDS = 60;

/** An upload, or the bytes themselves. */
export type SpokenQuestion = { readonly uploadId: string } | { readonly bytes: Uint8Array };

/** What was said in a recording that is a question, not something to know. */
export interface HeardQuestion {
  readonly text: string;
  readonly model: ModelInfo;
}

export interface HearDeps {
  readonly decodeWorker: DecodeWorker;
  readonly limits: Limits;
  readonly films?: Films;
}

/**
 * The words of a spoken question. Nothing of it is kept. UNSUPPORTED_TYPE where the bytes are no recording, EMPTY where
 * nobody is heard to speak, else as the decoders.
 */
export async function hearQuestion(
  bytes: Uint8Array,
  transcribing: <T>(work: (encoders: Encoders) => Promise<T>) => Promise<T>,
  { decodeWorker, limits, films }: HearDeps,
  signal?: AbortSignal,
): Promise<HeardQuestion> {
  const kind = await sniff(bytes);
  if (typeof kind !== 'object' || 'binary' in kind || (kind.modality !== 'AUDIO' && kind.modality !== 'VIDEO'))
    throw new SensegraphError(
      'UNSUPPORTED_TYPE',
      'That is no recording. A question is spoken in WAV, MP3, Opus, FLAC, M4A or WebM.',
    );
  const recording = { bytes, blobKey: '', modality: 'AUDIO', mediaType: kind.mediaType, fileName: '' } as const;
  const within = { ...limits, maxAudioSeconds: Math.min(limits.maxAudioSeconds, MOST_SPOKEN_SECONDS) };
  const { content } = await decode(recording, decodeWorker, within, films, signal);
  const samples = content.type === 'audio' || content.type === 'film' ? content.samples : undefined;
  // Decoding may wait for that of what is ingested: nothing is held meanwhile.
  const heard = await transcribing(async ({ transcriber }) => {
    const spans = samples ? await transcriber.transcribe(samples, signal) : [];
    const words = spans.map(({ text }) => text.trim());
    return { text: words.join(' ').trim(), model: transcriber.info };
  });
  if (heard.text === '')
    throw new SensegraphError(
      'EMPTY',
      'Nobody is heard to speak. Come nearer to the microphone, or write the question.',
    );
  return heard;
}
