import sharp, { type Sharp } from 'sharp';
import type { RgbImage } from '../../ports/encoders.ts';
import { uprightAround, type SlantedBox } from './slanted-box.ts';

/** Height of a line in pixels, as recognition takes it. */
export const LINE_HEIGHT = 48;
const WIDEST = 2400;

/** White space within a line from which on it is two, in its heights: more than between words, less than between columns. */
const WIDE_GAP = 0.55;
/** Contrast of a column of pixels below which it is white, as a share of the line's. */
const WHITE = 0.15;

/** A line cut out of a picture, upright, 48 pixels high. */
export interface Line {
  /** Where it is in the picture. */
  readonly box: SlantedBox;
  readonly width: number;
  /** RGB. */
  readonly pixels: Buffer;
}

/** The line level at the height that recognition takes; a column of text is turned a quarter. */
export async function cutLine(image: RgbImage, box: SlantedBox): Promise<Line> {
  const column = box.height > box.width * 2;
  const ratio = column ? box.height / box.width : box.width / box.height;
  const width = Math.min(WIDEST, Math.max(LINE_HEIGHT, Math.ceil(LINE_HEIGHT * ratio)));
  if (box.angle !== 0) return { box, width, pixels: cutSlanted(image, box, column, width) };
  const { x, y, width: w, height: h } = inside(image, box);
  let cut = raw(image).extract({ left: x, top: y, width: w, height: h });
  if (column) cut = raw({ width: w, height: h, data: await cut.raw().toBuffer() }).rotate(-90);
  return {
    box,
    width,
    pixels: await cut.resize(width, LINE_HEIGHT, { fit: 'fill', kernel: 'linear' }).raw().toBuffer(),
  };
}

/** A line at wide white gaps in several: two columns that stand close are found as one. */
export function splitAtGaps(line: Line): Line[] {
  const { box, width, pixels } = line;
  if (box.height > box.width * 2) return [line];
  const contrast = Array.from({ length: width }, (_, x) => contrastAt(pixels, width, x));
  const white = WHITE * (contrast.toSorted((a, b) => a - b)[Math.floor(width * 0.9)] ?? 0);
  const parts: { from: number; to: number }[] = [];
  for (const [x, value] of contrast.entries()) {
    if (value <= white) continue;
    const last = parts.at(-1);
    if (last && x - last.to < WIDE_GAP * LINE_HEIGHT) last.to = x + 1;
    else parts.push({ from: x, to: x + 1 });
  }
  if (parts.length < 2) return [line];
  const margin = Math.round(LINE_HEIGHT / 6);
  return parts.map(({ from, to }) => part(line, Math.max(0, from - margin), Math.min(width, to + margin)));
}

/** The line upside down. */
export async function turnLine(line: Line): Promise<Line> {
  const pixels = await raw({ width: line.width, height: LINE_HEIGHT, data: line.pixels }).rotate(180).raw().toBuffer();
  return { ...line, pixels };
}

export function raw(image: { width: number; height: number; data: Uint8Array }): Sharp {
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } });
}

function part({ box, width, pixels }: Line, from: number, to: number): Line {
  const scale = box.width / width;
  const shift = ((from + to) / 2 - width / 2) * scale;
  const own = Buffer.alloc((to - from) * LINE_HEIGHT * 3);
  for (let y = 0; y < LINE_HEIGHT; y++)
    pixels.copy(own, y * (to - from) * 3, (y * width + from) * 3, (y * width + to) * 3);
  return {
    box: {
      ...box,
      x: box.x + shift * Math.cos(box.angle),
      y: box.y + shift * Math.sin(box.angle),
      width: (to - from) * scale,
    },
    width: to - from,
    pixels: own,
  };
}

function contrastAt(pixels: Buffer, width: number, x: number): number {
  let [least, most] = [255, 0];
  // The rows at the top and bottom may show the lines above and below.
  for (let y = LINE_HEIGHT / 6; y < (LINE_HEIGHT * 5) / 6; y++) {
    const value = pixels[(y * width + x) * 3 + 1] ?? 0;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least;
}

/** Bilinear samples along the slant; several a pixel where the line is shrunk. */
function cutSlanted(image: RgbImage, box: SlantedBox, column: boolean, width: number): Buffer {
  const [long, short] = column ? [box.height, box.width] : [box.width, box.height];
  // A column is read upwards: its lines run from the bottom to the top.
  const angle = column ? box.angle - Math.PI / 2 : box.angle;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const fine = Math.max(1, Math.min(4, Math.round(short / LINE_HEIGHT)));
  const out = Buffer.alloc(width * LINE_HEIGHT * 3);
  for (let y = 0; y < LINE_HEIGHT; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let k = 0; k < fine * fine; k++) {
          const along = ((x + ((k % fine) + 0.5) / fine) / width - 0.5) * long;
          const across = ((y + (Math.floor(k / fine) + 0.5) / fine) / LINE_HEIGHT - 0.5) * short;
          sum += sample(image, box.x + along * cos - across * sin, box.y + along * sin + across * cos, c);
        }
        out[(y * width + x) * 3 + c] = sum / (fine * fine);
      }
    }
  }
  return out;
}

function sample({ width, height, data }: RgbImage, x: number, y: number, c: number): number {
  const left = Math.max(0, Math.min(width - 2, Math.floor(x - 0.5)));
  const top = Math.max(0, Math.min(height - 2, Math.floor(y - 0.5)));
  const [fx, fy] = [Math.max(0, Math.min(1, x - 0.5 - left)), Math.max(0, Math.min(1, y - 0.5 - top))];
  const at = (dx: number, dy: number) => data[((top + dy) * width + left + dx) * 3 + c] ?? 255;
  return (at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy;
}

/** The upright box in whole pixels of the picture. */
export function inside(image: RgbImage, box: SlantedBox): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = uprightAround(box);
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  return {
    x: Math.min(left, image.width - 1),
    y: Math.min(top, image.height - 1),
    width: Math.max(1, Math.min(image.width, Math.ceil(x + width)) - left),
    height: Math.max(1, Math.min(image.height, Math.ceil(y + height)) - top),
  };
}
