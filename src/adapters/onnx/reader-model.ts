import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { around } from '../../place.ts';
import { LINES, readingOrder } from '../../reading-order.ts';
import type { ReadLine, RgbImage } from '../../ports/encoders.ts';
import { Batcher } from './batcher.ts';
import { decodeCtc } from './ctc.ts';
import { cutLine, inside, LINE_HEIGHT, raw, splitAtGaps, turnLine, type Line } from './line-cuts.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';
import { turnedBack, type SlantedBox } from './slanted-box.ts';
import { findTextBoxes } from './text-boxes.ts';

/** Pixels, and longer side, of the picture that detection sees. */
const DETECTION_PIXELS = 1280 * 1280;
const DETECTION_SIDE = 2560;
/** Lines below this mean probability are noise. */
const LEAST_SCORE = 0.6;
/** Lines below this are tried upside down, if the classifier says so. */
const DOUBTFUL = 0.9;
/** Columns of one run of lines: eight of usual length. */
const BATCH_COLUMNS = 8 * 480;

export interface ReaderRequest {
  readonly image: RgbImage;
}

/** Columns that a line may be padded by: about one letter's. */
const LINE_PADDING = 32;

/** What recognition gives for one line. */
interface Recognised {
  readonly text: string;
  readonly score: number;
}

interface FoundLine {
  readonly text: string;
  readonly score: number;
  readonly slanted: SlantedBox;
  /** Number of the line as it was found, before it was split at gaps. */
  readonly found: number;
}

/** PP-OCRv4: differentiable binarisation (arXiv 1911.08947) finds lines, slanted ones too, CTC reads them. */
export async function openReaderModel(start: ModelStart): Promise<Model> {
  const { session: detector, device } = await openSession(start, 'det.onnx');
  const { session: classifier } = await openSession(start, 'cls.onnx');
  const { session: recogniser } = await openSession(start, 'rec.onnx');
  const keys = (await readFile(join(start.folder, 'keys.txt'), 'utf8')).split('\n').map((key) => key.replace('\r', ''));
  while (keys.at(-1) === '') keys.pop();
  const alphabet = ['', ...keys, ' '];

  const detection = new Batcher<RgbImage, SlantedBox[]>({
    budget: 1,
    padding: 0,
    sizeOf: () => 1,
    run: (images) => Promise.all(images.map((image) => detect(detector, image))),
  });
  const recognition = new Batcher<Line, Recognised>({
    budget: BATCH_COLUMNS,
    padding: LINE_PADDING,
    sizeOf: ({ width }) => width,
    run: (lines) => recognise(recogniser, lines, alphabet),
  });

  async function recogniseBest(line: Line, found: number, call: number): Promise<FoundLine | null> {
    const one = async (upright: Line) => (await recognition.add({ call, caller: call }, [upright]))[0];
    let best = (await one(line)) ?? { text: '', score: 0 };
    if (best.score < DOUBTFUL && (await isUpsideDown(classifier, line))) {
      const turned = await one(await turnLine(line));
      if (turned && turned.score > best.score) best = turned;
    }
    const text = best.text.trim();
    if (best.score < LEAST_SCORE || !/[\p{L}\p{N}]/u.test(text)) return null;
    return { text, score: best.score, slanted: line.box, found };
  }

  return {
    device,
    async run(call, payload) {
      const { image } = payload as ReaderRequest;
      const [boxes = []] = await detection.add({ call, caller: call }, [image]);
      const lines = (await Promise.all(boxes.map((box) => cutLine(image, box)))).flatMap((line, number) =>
        splitAtGaps(line).map((part) => ({ part, number })),
      );
      const found = await Promise.all(lines.map(({ part, number }) => recogniseBest(part, number, call)));
      return inOrder(
        found.filter((line) => line !== null),
        image,
      );
    },
    cancel(call) {
      detection.cancel(call);
      recognition.cancel(call);
    },
  };
}

async function detect(session: InferenceSession, image: RgbImage): Promise<SlantedBox[]> {
  const scale = Math.min(
    1,
    Math.sqrt(DETECTION_PIXELS / (image.width * image.height)),
    DETECTION_SIDE / Math.max(image.width, image.height),
  );
  const width = Math.max(32, Math.round((image.width * scale) / 32) * 32);
  const height = Math.max(32, Math.round((image.height * scale) / 32) * 32);
  const pixels = await raw(image).resize(width, height, { fit: 'fill', kernel: 'linear' }).raw().toBuffer();
  const input = planes(pixels, width, height, width, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
  const output = await session.run({ x: new Tensor('float32', input, [1, 3, height, width]) });
  const map = output[session.outputNames[0] ?? '']?.data as Float32Array;
  const [sx, sy] = [image.width / width, image.height / height];
  // The picture is stretched by the same factor both ways, but for rounding.
  return findTextBoxes(map, width, height).map((box) => ({
    x: box.x * sx,
    y: box.y * sy,
    width: box.width * sx,
    height: box.height * sy,
    angle: box.angle,
  }));
}

async function isUpsideDown(session: InferenceSession, line: Line): Promise<boolean> {
  const width = 192;
  const pixels = await raw({ width: line.width, height: LINE_HEIGHT, data: line.pixels })
    .resize(width, LINE_HEIGHT, { fit: 'fill' })
    .raw()
    .toBuffer();
  const input = planes(pixels, width, LINE_HEIGHT, width, HALF, HALF);
  const output = await session.run({ x: new Tensor('float32', input, [1, 3, LINE_HEIGHT, width]) });
  const scores = output[session.outputNames[0] ?? '']?.data as Float32Array;
  return (scores[1] ?? 0) > 0.9;
}

const HALF = [0.5, 0.5, 0.5] as const;

async function recognise(
  session: InferenceSession,
  lines: readonly Line[],
  alphabet: readonly string[],
): Promise<Recognised[]> {
  const width = Math.max(...lines.map((line) => line.width));
  const input = new Float32Array(lines.length * 3 * LINE_HEIGHT * width);
  for (const [i, line] of lines.entries()) {
    input.set(planes(line.pixels, line.width, LINE_HEIGHT, width, HALF, HALF), i * 3 * LINE_HEIGHT * width);
  }
  const output = await session.run({ x: new Tensor('float32', input, [lines.length, 3, LINE_HEIGHT, width]) });
  const result = output[session.outputNames[0] ?? ''];
  const [, steps = 0, classes = 1] = result?.dims ?? [];
  const data = result?.data as Float32Array;
  return lines.map((_, i) =>
    decodeCtc(data.subarray(i * steps * classes, (i + 1) * steps * classes), steps, classes, alphabet),
  );
}

/** RGB bytes as three float planes, normalised, padded with 0 on the right to `padded` columns. */
function planes(
  pixels: Uint8Array,
  width: number,
  height: number,
  padded: number,
  mean: readonly number[],
  std: readonly number[],
): Float32Array {
  const out = new Float32Array(3 * height * padded);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        out[(c * height + y) * padded + x] =
          ((pixels[(y * width + x) * 3 + c] ?? 0) / 255 - (mean[c] ?? 0)) / (std[c] ?? 1);
      }
    }
  }
  return out;
}

/** In reading order, of the page turned back by the slant that most of its lines have. */
function inOrder(lines: readonly FoundLine[], image: RgbImage): ReadLine[] {
  const wide = lines.filter(({ slanted }) => slanted.width > 2 * slanted.height);
  const byWidth = wide.toSorted((a, b) => a.slanted.angle - b.slanted.angle);
  const slant = byWidth[Math.floor(byWidth.length / 2)]?.slanted.angle ?? 0;
  const level = lines.map((line) => ({ text: line.text, box: turnedBack(line.slanted, slant), line }));
  return readingOrder(level, LINES).flatMap((rows, region) =>
    rows.flatMap((row, number) =>
      // What was split at gaps, and is no column of its own after all, is one line again.
      [...Map.groupBy(row, ({ line }) => line.found).values()].map((parts) => ({
        text: parts.map(({ line }) => line.text).join(' '),
        score: parts.reduce((sum, { line }) => sum + line.score, 0) / parts.length,
        box: { type: 'ImageRegion' as const, ...around(parts.map(({ line }) => inside(image, line.slanted))) },
        region,
        row: number,
      })),
    ),
  );
}
