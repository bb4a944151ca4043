/** Blocks across and down that a small frame is averaged to. */
export const ACROSS = 32;
export const DOWN = 18;
/** Colours of a histogram: 4 levels of each of red, green and blue. */
const BINS = 64;

/** What is kept of one small frame while cuts near it are looked for. */
export interface FrameFeatures {
  /** Mean colour of each block, 0…255: Float32Array [DOWN × ACROSS × 3]. */
  readonly blocks: Float32Array;
  /** Share of each colour, sums to 1: Float32Array [64]. */
  readonly colours: Float32Array;
  /** Mean square of the Laplacian of the brightness: the higher, the sharper. */
  readonly sharpness: number;
}

/** Reads an 8-bit RGB frame of at least ACROSS × DOWN pixels. */
export function readFrame(data: Uint8Array, width: number, height: number): FrameFeatures {
  const blocks = new Float32Array(ACROSS * DOWN * 3);
  const counts = new Uint16Array(ACROSS * DOWN);
  const colours = new Float32Array(BINS);
  const light = new Float32Array(width * height);
  const share = 1 / (width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor((y * DOWN) / height) * ACROSS;
    for (let x = 0; x < width; x++, at += 3) {
      const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      const block = row + Math.floor((x * ACROSS) / width);
      const i = block * 3;
      blocks[i] = (blocks[i] ?? 0) + r;
      blocks[i + 1] = (blocks[i + 1] ?? 0) + g;
      blocks[i + 2] = (blocks[i + 2] ?? 0) + b;
      counts[block] = (counts[block] ?? 0) + 1;
      const bin = (r >> 6) * 16 + (g >> 6) * 4 + (b >> 6);
      colours[bin] = (colours[bin] ?? 0) + share;
      light[y * width + x] = 0.299 * r + 0.587 * g + 0.114 * b;
    }
  }
  for (let i = 0; i < blocks.length; i++) blocks[i] = (blocks[i] ?? 0) / (counts[Math.floor(i / 3)] || 1);
  return { blocks, colours, sharpness: sharpnessOf(light, width, height) };
}

function sharpnessOf(light: Float32Array, width: number, height: number): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const edge =
        4 * (light[i] ?? 0) -
        (light[i - 1] ?? 0) -
        (light[i + 1] ?? 0) -
        (light[i - width] ?? 0) -
        (light[i + width] ?? 0);
      sum += edge * edge;
    }
  }
  return sum / Math.max(1, (width - 2) * (height - 2));
}

/** Mean distance of two frames' blocks, 0…255. */
export function blockDistance(a: FrameFeatures, b: FrameFeatures): number {
  let sum = 0;
  for (let i = 0; i < a.blocks.length; i++) sum += Math.abs((a.blocks[i] ?? 0) - (b.blocks[i] ?? 0));
  return sum / a.blocks.length;
}

/** Share of the pixels whose colours two frames don't have in common, 0…1. */
export function colourDistance(a: FrameFeatures, b: FrameFeatures): number {
  let sum = 0;
  for (let i = 0; i < BINS; i++) sum += Math.abs((a.colours[i] ?? 0) - (b.colours[i] ?? 0));
  return sum / 2;
}

/** Mean distance of a frame's blocks from those of the two others mixed, `share` of `b`: near 0 within a dissolve. */
export function mixDistance(frame: FrameFeatures, a: FrameFeatures, b: FrameFeatures, share: number): number {
  let sum = 0;
  for (let i = 0; i < frame.blocks.length; i++)
    sum += Math.abs((frame.blocks[i] ?? 0) - (1 - share) * (a.blocks[i] ?? 0) - share * (b.blocks[i] ?? 0));
  return sum / frame.blocks.length;
}
