import { describe, expect, it } from 'vitest';
import { melFrames, MELS, melSpectrogram } from '../../../src/adapters/onnx/voice-mel.ts';
import { partStarts, VOICE_FRAMES } from '../../../src/adapters/onnx/voice-model.ts';

/** librosa 0.11's melspectrogram(sr=16000, n_fft=400, hop_length=160, n_mels=40) of the signal below: frames 0 and 20. */
const EDGE = [
  0.132412, 0.155776, 0.214156, 0.414748, 2.10393, 4.84464, 1.28942, 0.085535, 0.0100268, 0.00211062, 0.0172269,
  0.114894, 1.14513, 1.87924, 0.41177, 0.0599719, 0.0248264, 0.0143594, 0.00826926, 0.00530612,
];
const MIDDLE = [
  0, 0, 0, 0, 1.95812, 14.788, 1.60373, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3.47878e-5, 0.225202, 3.92729, 0.66983,
  7.17961e-5,
];
const signal = Float32Array.from({ length: 6400 }, (_, n) => {
  const turn = (2 * Math.PI * n) / 16_000;
  return 0.3 * Math.sin(440 * turn) + 0.2 * Math.sin((1000 + 0.1 * n) * turn);
});

describe('melSpectrogram', () => {
  it('gives what librosa gives', () => {
    const mels = melSpectrogram(signal);
    expect(melFrames(signal.length)).toBe(41);
    expect(mels).toHaveLength(41 * MELS);
    for (const [i, value] of EDGE.entries()) expect(mels[i]).toBeCloseTo(value, 3);
    for (const [i, value] of MIDDLE.entries()) expect(mels[20 * MELS + i]).toBeCloseTo(value, 3);
  });

  it('gives silence as zeros', () => {
    expect(Math.max(...melSpectrogram(new Float32Array(1600)))).toBe(0);
  });
});

describe('partStarts', () => {
  it('covers speech by overlapping parts of 1.6 s, without one that is mostly silence', () => {
    expect(partStarts(8_000)).toEqual([0]);
    expect(partStarts(25_600)).toEqual([0]);
    expect(partStarts(32_000)).toEqual([0, 77]);
    for (const length of [30_000, 48_000, 100_000, 320_000]) {
      const starts = partStarts(length);
      const last = (starts.at(-1) ?? 0) * 160;
      expect(length - last).toBeGreaterThanOrEqual(0.75 * VOICE_FRAMES * 160);
      expect(length - last).toBeLessThan(2 * VOICE_FRAMES * 160);
    }
  });
});
