import decodeFlac from '@audio/decode-flac';
import decodeMp3 from '@audio/decode-mp3';
import decodeOpus from '@audio/decode-opus';
import decodeVorbis from '@audio/decode-vorbis';
import decodeWav from '@audio/decode-wav';
import { SensegraphError } from '../errors.ts';
import type { Limits } from './limits.ts';
import { resample } from './resample.ts';

/** Rate that transcribers take. */
export const SAMPLE_RATE = 16_000;

/**
 * The recording as mono 16 kHz, −1…1. Blocks its thread: call it through decode-worker.ts.
 * Throws CORRUPT, TOO_LONG, UNSUPPORTED_TYPE.
 */
export async function decodeAudio(
  bytes: Uint8Array,
  mediaType: string,
  limits: Pick<Limits, 'maxAudioSeconds'>,
): Promise<{ samples: Float32Array; durationSeconds: number }> {
  const { channelData, sampleRate } = await decodeChannels(bytes, mediaType);
  const length = channelData[0]?.length ?? 0;
  if (length === 0 || !(sampleRate > 0)) {
    throw new SensegraphError('CORRUPT', 'The recording holds no sound that can be decoded: it is damaged or cut off.');
  }
  const durationSeconds = length / sampleRate;
  if (durationSeconds > limits.maxAudioSeconds) {
    throw new SensegraphError(
      'TOO_LONG',
      `The recording is ${Math.round(durationSeconds)} s long; at most ${limits.maxAudioSeconds} s are taken. Cut it into parts.`,
    );
  }
  return { samples: resample(mixDown(channelData), sampleRate, SAMPLE_RATE), durationSeconds };
}

async function decodeChannels(bytes: Uint8Array, mediaType: string) {
  try {
    return await (
      await decoderFor(bytes, mediaType)
    )(bytes);
  } catch (cause) {
    if (cause instanceof SensegraphError) throw cause;
    throw new SensegraphError(
      'CORRUPT',
      'The recording can’t be decoded: it is damaged or cut off. Send the whole file.',
      { cause },
    );
  }
}

async function decoderFor(bytes: Uint8Array, mediaType: string) {
  if (mediaType === 'audio/wav') return decodeWav;
  if (mediaType === 'audio/mpeg') return decodeMp3;
  if (mediaType === 'audio/flac') return decodeFlac;
  // An Ogg file names its codec in its first page.
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 256)).toString('latin1');
  if (head.includes('OpusHead')) return decodeOpus;
  if (head.includes('vorbis')) return decodeVorbis;
  if (head.includes('FLAC')) return decodeFlac;
  throw new SensegraphError('UNSUPPORTED_TYPE', 'The Ogg file holds neither Vorbis, Opus nor FLAC sound.');
}

function mixDown(channels: readonly Float32Array[]): Float32Array {
  const first = channels[0] ?? new Float32Array();
  if (channels.length === 1) return first;
  const mono = new Float32Array(first.length);
  for (const channel of channels)
    for (let i = 0; i < mono.length; i++) mono[i] = (mono[i] ?? 0) + (channel[i] ?? 0) / channels.length;
  return mono;
}
