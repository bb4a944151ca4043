import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { SensegraphError } from '../errors.ts';
import { inside, type Frames } from './frames.ts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Chunks that every frame needs as the first has them. */
const SHARED: ReadonlySet<string> = new Set(['PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT']);

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  readonly delay: number;
  /** 0: leave; 1: clear; 2: put back what was before. */
  readonly dispose: number;
  /** 0: replace; 1: lay over. */
  readonly blend: number;
  readonly data: Buffer[];
}

/**
 * Frames of an animated PNG (PNG, third edition, W3C 2025, "fcTL", "fdAT"): each is put into a PNG of its own, decoded by
 * libvips as any picture, and laid onto the canvas.
 */
export class ApngReader implements Frames {
  readonly total: number;
  readonly #header: Buffer;
  readonly #shared: readonly Chunk[];
  readonly #frames: readonly Frame[];

  private constructor(header: Buffer, shared: readonly Chunk[], frames: readonly Frame[], total: number) {
    this.#header = header;
    this.#shared = shared;
    this.#frames = frames;
    this.total = total;
  }

  /** At most so many frames, and pixels of all of them. Null for a PNG that isn't animated; CORRUPT where a frame lies outside the picture. */
  static open(
    bytes: Uint8Array,
    { maxFrames, maxPixels }: { readonly maxFrames: number; readonly maxPixels: number },
  ): ApngReader | null {
    const chunks = readChunks(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const header = chunks.find(({ type }) => type === 'IHDR')?.data;
    if (!header || header.length < 13 || !chunks.some(({ type }) => type === 'acTL')) return null;
    const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
    const frames: Frame[] = [];
    for (const { type, data } of chunks) {
      if (type === 'fcTL' && data.length >= 26) frames.push(readControl(data, width, height));
      else if (type === 'IDAT') frames.at(-1)?.data.push(data);
      else if (type === 'fdAT') frames.at(-1)?.data.push(data.subarray(4));
    }
    const most = Math.min(maxFrames, Math.floor(maxPixels / (width * height)));
    const whole = frames.filter(({ data }) => data.length > 0);
    const shared = chunks
      .slice(
        0,
        chunks.findIndex(({ type }) => type === 'IDAT'),
      )
      .filter(({ type }) => SHARED.has(type));
    return new ApngReader(header, shared, whole.slice(0, most), whole.length);
  }

  get delays(): readonly number[] {
    return this.#frames.map(({ delay }) => delay);
  }

  async small(side: number): Promise<Uint8Array> {
    const size = side * side * 3;
    const all = new Uint8Array(this.#frames.length * size);
    let i = 0;
    for await (const canvas of this.#canvases()) {
      const small = canvas.resize({ width: side, height: side, fit: 'fill' }).raw({ depth: 'uchar' });
      all.set((await small.toBuffer()).subarray(0, size), i++ * size);
    }
    return all;
  }

  async whole(indices: readonly number[], longest: number): Promise<Uint8Array[]> {
    const found: Uint8Array[] = [];
    let i = 0;
    for await (const canvas of this.#canvases())
      if (indices.includes(i++)) found.push(new Uint8Array(await canvas.resize(inside(longest)).png().toBuffer()));
    return found;
  }

  /** The whole picture as it is at each frame, on white. */
  async *#canvases() {
    const [width, height] = [this.#header.readUInt32BE(0), this.#header.readUInt32BE(4)];
    const canvas = Buffer.alloc(width * height * 4);
    for (const frame of this.#frames) {
      const before = frame.dispose === 2 ? Buffer.from(canvas) : undefined;
      lay(await this.#decode(frame), frame, canvas, width);
      yield sharp(canvas, { raw: { width, height, channels: 4 } }).flatten({ background: '#ffffff' });
      if (before) before.copy(canvas);
      else if (frame.dispose === 1)
        for (let y = 0; y < frame.height; y++) {
          const from = ((frame.y + y) * width + frame.x) * 4;
          canvas.fill(0, from, from + frame.width * 4);
        }
    }
  }

  /** RGBA of one frame by itself. */
  async #decode({ width, height, data }: Frame): Promise<Buffer> {
    const header = Buffer.from(this.#header);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    const png = Buffer.concat([
      SIGNATURE,
      chunk('IHDR', header),
      ...this.#shared.map((one) => chunk(one.type, one.data)),
      chunk('IDAT', Buffer.concat(data)),
      chunk('IEND', Buffer.alloc(0)),
    ]);
    return sharp(png, { limitInputPixels: width * height, failOn: 'truncated' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer()
      .catch((cause: unknown) => {
        throw new SensegraphError(
          'CORRUPT',
          'A frame of the animated picture can’t be decoded: it is damaged or cut off. Send the whole file.',
          { cause },
        );
      });
  }
}

function readControl(data: Buffer, canvasWidth: number, canvasHeight: number): Frame {
  const [width, height, x, y] = [4, 8, 12, 16].map((at) => data.readUInt32BE(at)) as [number, number, number, number];
  if (width === 0 || height === 0 || x + width > canvasWidth || y + height > canvasHeight)
    throw new SensegraphError('CORRUPT', 'A frame of the animated picture lies outside of it: the file is damaged.');
  const delay = (1000 * data.readUInt16BE(20)) / (data.readUInt16BE(22) || 100);
  return { width, height, x, y, delay, dispose: data[24] ?? 0, blend: data[25] ?? 0, data: [] };
}

function readChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) break;
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Puts a frame's RGBA onto the canvas, replacing or over what is there. */
function lay(pixels: Buffer, frame: Frame, canvas: Buffer, canvasWidth: number): void {
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      const from = (y * frame.width + x) * 4;
      const to = ((frame.y + y) * canvasWidth + frame.x + x) * 4;
      const alpha = (pixels[from + 3] ?? 255) / 255;
      const below = frame.blend === 1 ? ((canvas[to + 3] ?? 0) / 255) * (1 - alpha) : 0;
      const out = alpha + below;
      for (let c = 0; c < 3; c++)
        canvas[to + c] =
          out === 0 ? 0 : Math.round(((pixels[from + c] ?? 0) * alpha + (canvas[to + c] ?? 0) * below) / out);
      canvas[to + 3] = Math.round(out * 255);
    }
  }
}
