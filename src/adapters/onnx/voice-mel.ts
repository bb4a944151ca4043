/** The front end of the voice encoder: 25 ms windows every 10 ms, 40 mel bands, as librosa computes them (no logarithm). */

const RATE = 16_000;
const WINDOW = 400;
export const MEL_HOP = 160;
export const MELS = 40;
const BINS = WINDOW / 2 + 1;
/** Slaney's scale: linear below 1,000 Hz, logarithmic above (Auditory Toolbox, 1998). */
const LINEAR_STEP = 200 / 3;
const KNEE = 1_000;
const LOG_STEP = Math.log(6.4) / 27;

/** Frames of so many samples: their middles are at 0, 160, 320, … */
export function melFrames(length: number): number {
  return Math.floor(length / MEL_HOP) + 1;
}

/** Mel spectrogram of mono 16 kHz samples: [melFrames × 40], power by Slaney-normalised triangles; zeros beyond the ends. */
export function melSpectrogram(samples: Float32Array): Float32Array {
  const frames = melFrames(samples.length);
  const mels = new Float32Array(frames * MELS);
  const padded = new Float32Array(samples.length + WINDOW);
  padded.set(samples, WINDOW / 2);
  const power = new Float32Array(BINS);
  for (let frame = 0; frame < frames; frame++) {
    powerOf(padded, frame * MEL_HOP, power);
    for (const [mel, { first, weights }] of filters().entries()) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += (weights[i] ?? 0) * (power[first + i] ?? 0);
      mels[frame * MELS + mel] = sum;
    }
  }
  return mels;
}

/** Squared magnitudes of the Fourier transform of a Hann-windowed frame, into `power` [201]. */
function powerOf(samples: Float32Array, start: number, power: Float32Array): void {
  const { hann, cosines, sines } = tables();
  const half = WINDOW / 2;
  // The window is real: what lies symmetrically about its middle goes through one product.
  const even = new Float32Array(half + 1);
  const odd = new Float32Array(half + 1);
  for (let n = 0; n <= half; n++) {
    const a = (samples[start + n] ?? 0) * (hann[n] ?? 0);
    const mirrored = n === 0 || n === half ? 0 : (samples[start + WINDOW - n] ?? 0) * (hann[WINDOW - n] ?? 0);
    even[n] = a + mirrored;
    odd[n] = a - mirrored;
  }
  for (let bin = 0; bin < BINS; bin++) {
    let real = 0;
    let imaginary = 0;
    const row = bin * (half + 1);
    for (let n = 0; n <= half; n++) {
      real += even[n]! * cosines[row + n]!;
      imaginary += odd[n]! * sines[row + n]!;
    }
    power[bin] = real * real + imaginary * imaginary;
  }
}

interface Tables {
  readonly hann: Float32Array;
  /** [201 × 201]: of bin and sample. */
  readonly cosines: Float32Array;
  readonly sines: Float32Array;
}
let madeTables: Tables | undefined;

function tables(): Tables {
  if (madeTables) return madeTables;
  const half = WINDOW / 2;
  const angle = (i: number) => (2 * Math.PI * i) / WINDOW;
  const row = (wave: (radians: number) => number) =>
    Float32Array.from({ length: BINS * (half + 1) }, (_, i) =>
      wave(angle((Math.floor(i / (half + 1)) * (i % (half + 1))) % WINDOW)),
    );
  madeTables = {
    hann: Float32Array.from({ length: WINDOW }, (_, n) => 0.5 - 0.5 * Math.cos(angle(n))),
    cosines: row(Math.cos),
    sines: row(Math.sin),
  };
  return madeTables;
}

interface Filter {
  readonly first: number;
  readonly weights: Float32Array;
}
let madeFilters: Filter[] | undefined;

/** Triangles between 0 and 8,000 Hz, each of area 1. */
function filters(): readonly Filter[] {
  if (madeFilters) return madeFilters;
  const top = toMel(RATE / 2);
  const edges = Array.from({ length: MELS + 2 }, (_, i) => toHertz((i / (MELS + 1)) * top));
  madeFilters = Array.from({ length: MELS }, (_, mel) => {
    const [low = 0, middle = 0, high = 0] = edges.slice(mel, mel + 3);
    const weights = Array.from({ length: BINS }, (_, bin) => {
      const hertz = (bin * RATE) / WINDOW;
      const height = Math.min((hertz - low) / (middle - low), (high - hertz) / (high - middle));
      return (Math.max(0, height) * 2) / (high - low);
    });
    const first = Math.max(
      0,
      weights.findIndex((weight) => weight > 0),
    );
    const end = weights.findLastIndex((weight) => weight > 0) + 1;
    return { first, weights: Float32Array.from(weights.slice(first, end)) };
  });
  return madeFilters;
}

function toMel(hertz: number): number {
  return hertz < KNEE ? hertz / LINEAR_STEP : KNEE / LINEAR_STEP + Math.log(hertz / KNEE) / LOG_STEP;
}

function toHertz(mel: number): number {
  const knee = KNEE / LINEAR_STEP;
  return mel < knee ? mel * LINEAR_STEP : KNEE * Math.exp(LOG_STEP * (mel - knee));
}
