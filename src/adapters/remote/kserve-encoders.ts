import sharp from 'sharp';
import type { ImageTextEncoder, ModelInfo, RgbImage, TextEmbedder } from '../../ports/encoders.ts';
import type { Endpoint } from './endpoint.ts';
import { openKServeModel, rowsOf, type KServeModel } from './kserve-model.ts';
import { checkVectors, embedWithSpans, inBatches } from './vectors.ts';

/** Mean and deviation of CLIP's training pictures, for servers that take floats. */
const MEAN = [0.48145466, 0.4578275, 0.40821073];
const DEVIATION = [0.26862954, 0.26130258, 0.27577711];
const MOST_SIDE = 1024;

/** Text vectors from a model that takes BYTES [n] or [n × 1] and gives [n × dimension]. Throws REMOTE_FAILED. */
export async function openKServeText(
  endpoint: Endpoint,
  options: { readonly model: string; readonly batch: number; readonly queryPrefix?: string },
): Promise<TextEmbedder> {
  const tower = await openTower(endpoint, options.model, options.batch);
  const { info, dimension } = tower;
  requireText(tower.model, endpoint);
  return {
    info,
    space: { name: `${info.id}@${info.version}`, model: info.id, version: info.version, dimension },
    async embed(inputs, role, signal) {
      const prefix = role === 'query' ? (options.queryPrefix ?? '') : '';
      return embedWithSpans(inputs, prefix, (texts) => tower.texts(texts, signal));
    },
  };
}

/**
 * The two towers of one image-text model. The picture tower takes UINT8 (0…255) or FP32 (normalised as CLIP's) in
 * [n × 3 × side × side] or [n × side × side × 3]. Throws REMOTE_FAILED, also where the towers' dimensions differ.
 */
export async function openKServeImageText(
  endpoint: Endpoint,
  options: { readonly image: string; readonly text: string; readonly batch: number },
): Promise<ImageTextEncoder> {
  const [images, texts] = await Promise.all([
    openTower(endpoint, options.image, Math.max(1, Math.floor(options.batch / 4))),
    openTower(endpoint, options.text, options.batch),
  ]);
  requireText(texts.model, endpoint);
  if (images.dimension !== texts.dimension)
    throw endpoint.failed(
      `gives ${images.dimension} numbers for a picture (${options.image}) and ${texts.dimension} for a text ` +
        `(${options.text}): these are not the towers of one model`,
    );
  const { info } = images;
  const version = `${info.version}+${texts.info.version}`;
  return {
    info: { ...info, id: `${info.id}+${texts.info.id}`, version },
    space: {
      name: `${info.id}+${texts.info.id}@${version}`,
      model: `${info.id}+${texts.info.id}`,
      version,
      dimension: images.dimension,
    },
    embedImages: (pictures, signal) => images.images(pictures, signal),
    embedTexts: (words, signal) => texts.texts(words, signal),
  };
}

interface Tower {
  readonly model: KServeModel;
  readonly info: ModelInfo;
  readonly dimension: number;
  texts(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  images(images: readonly RgbImage[], signal?: AbortSignal): Promise<Float32Array[]>;
}

async function openTower(endpoint: Endpoint, name: string, batch: number): Promise<Tower> {
  const model = await openKServeModel(endpoint, name);
  const told = model.output.shape.at(-1) ?? -1;
  const check = (rows: readonly Float32Array[], count: number, dimension: number) =>
    checkVectors(rows, { count, dimension, model: name }, endpoint);
  const askTexts = async (texts: readonly string[], signal?: AbortSignal) => {
    const shape = model.input.shape.length > 1 ? [texts.length, 1] : [texts.length];
    return rowsOf(await model.infer(texts, shape, signal));
  };
  const askImages = async (images: readonly RgbImage[], signal?: AbortSignal) => {
    const { side, planes } = pictureLayout(model, endpoint);
    const pixels = await pack(images, side, planes, model.input.datatype === 'UINT8');
    const shape = planes ? [images.length, 3, side, side] : [images.length, side, side, 3];
    return rowsOf(await model.infer(pixels, shape, signal));
  };
  // Where the metadata leaves the dimension open, the first answer decides it.
  const first = async () =>
    model.input.datatype === 'BYTES'
      ? askTexts(['dimension'])
      : askImages([{ width: 1, height: 1, data: new Uint8Array(3) }]);
  const dimension = told > 0 ? told : ((await first())[0]?.length ?? 0);
  if (dimension === 0) throw endpoint.failed(`gave no vector for ${name}`);
  return {
    model,
    info: { id: name, version: model.version, licence: 'not known', device: 'remote' },
    dimension,
    texts: (texts, signal) =>
      inBatches(texts, batch, async (some) => check(await askTexts(some, signal), some.length, dimension)),
    images: (images, signal) =>
      inBatches(images, batch, async (some) => check(await askImages(some, signal), some.length, dimension)),
  };
}

function requireText({ name, input }: KServeModel, endpoint: Endpoint): void {
  if (input.datatype !== 'BYTES')
    throw endpoint.failed(
      `has a model ${name} that takes ${input.datatype}, not texts (BYTES): put its tokeniser into an ensemble before it`,
    );
}

function pictureLayout({ name, input }: KServeModel, endpoint: Endpoint): { side: number; planes: boolean } {
  const [, first = -1, second = -1, third = -1] = input.shape;
  const planes = first === 3;
  const side = planes ? third : second;
  const floats = input.datatype === 'FP32' || input.datatype === 'UINT8';
  if (!floats || input.shape.length !== 4 || (!planes && third !== 3) || side > MOST_SIDE)
    throw endpoint.failed(
      `has a model ${name} that takes ${input.datatype} [${input.shape.join(', ')}]; ` +
        'a picture is FP32 or UINT8 [-1, 3, side, side] or [-1, side, side, 3]',
    );
  return { side: side > 0 ? side : 224, planes };
}

/** Pictures whole in a square, as bytes 0…255 or normalised floats. */
async function pack(
  images: readonly RgbImage[],
  side: number,
  planes: boolean,
  bytes: boolean,
): Promise<Float32Array | Uint8Array> {
  const area = side * side;
  const out = bytes ? new Uint8Array(images.length * 3 * area) : new Float32Array(images.length * 3 * area);
  for (const [i, { width, height, data }] of images.entries()) {
    const resized = sharp(data, { raw: { width, height, channels: 3 } }).resize(side, side, {
      fit: 'fill',
      kernel: 'cubic',
    });
    const pixels = await resized.raw().toBuffer();
    for (let p = 0; p < area; p++) {
      for (let c = 0; c < 3; c++) {
        const value = pixels[p * 3 + c] ?? 0;
        out[i * 3 * area + (planes ? c * area + p : p * 3 + c)] = bytes
          ? value
          : (value / 255 - (MEAN[c] ?? 0)) / (DEVIATION[c] ?? 1);
      }
    }
  }
  return out;
}
