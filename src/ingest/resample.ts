/** Half width of the windowed sinc, in zero crossings. */
const LOBES = 16;

/**
 * Samples at another rate by a Hann-windowed sinc whose cut-off is the lower of the two Nyquist frequencies
 * (Smith, "Digital Audio Resampling", CCRMA). Gives round(n · to / from) samples.
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const ratio = to / from;
  const cutoff = Math.min(1, ratio);
  const half = LOBES / cutoff;
  const out = new Float32Array(Math.round(samples.length * ratio));
  const table = kernel(half, cutoff);
  const perSample = (table.length - 1) / half;
  for (let i = 0; i < out.length; i++) {
    const centre = i / ratio;
    const first = Math.max(0, Math.ceil(centre - half));
    const last = Math.min(samples.length - 1, Math.floor(centre + half));
    let sum = 0;
    for (let j = first; j <= last; j++)
      sum += (samples[j] ?? 0) * (table[Math.round(Math.abs(j - centre) * perSample)] ?? 0);
    out[i] = sum;
  }
  return out;
}

/** One side of the kernel, finely sampled so that the nearest entry is good enough for speech (< −80 dB error). */
function kernel(half: number, cutoff: number): Float32Array {
  const steps = Math.ceil(half * 512);
  const table = new Float32Array(steps + 1);
  for (let i = 0; i <= steps; i++) {
    const x = (i / steps) * half;
    const angle = Math.PI * x * cutoff;
    const sinc = x === 0 ? 1 : Math.sin(angle) / angle;
    table[i] = cutoff * sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / half));
  }
  return table;
}
