import { readFile } from 'node:fs/promises';
import { SensegraphError } from '../errors.ts';
import { decodeAudio } from '../ingest/decode-audio.ts';
import { sniff } from '../ingest/sniff.ts';

const MOST_SECONDS = 3600;

/** A recording's samples: mono, 16 kHz, −1…1. BAD_INPUT where it is no recording, else as decodeAudio. */
export async function readRecording(path: string): Promise<Float32Array> {
  const bytes = await readFile(path);
  const kind = await sniff(bytes);
  if (typeof kind !== 'object' || 'binary' in kind || kind.modality !== 'AUDIO')
    throw new SensegraphError('BAD_INPUT', `${path} is no recording that can be read. Take it off the manifest.`);
  const { samples } = await decodeAudio(bytes, kind.mediaType, { maxAudioSeconds: MOST_SECONDS });
  return samples;
}
