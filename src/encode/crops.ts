import sharp from 'sharp';
import type { Box } from '../domain.ts';
import type { RgbImage } from '../ports/encoders.ts';

/** Side of the middle and corner crops, as a share of the picture. */
const SHARE = 0.66;

/** Where the crops of a picture lie, in its pixels: the whole, its middle and its four corners. */
export function cropBoxes(image: Pick<RgbImage, 'width' | 'height'>): Box[] {
  const width = Math.max(1, Math.round(image.width * SHARE));
  const height = Math.max(1, Math.round(image.height * SHARE));
  const [right, bottom] = [image.width - width, image.height - height];
  const corners = [
    [Math.floor(right / 2), Math.floor(bottom / 2)],
    [0, 0],
    [right, 0],
    [0, bottom],
    [right, bottom],
  ] as const;
  return [
    { x: 0, y: 0, width: image.width, height: image.height },
    ...corners.map(([x, y]) => ({ x, y, width, height })),
  ];
}

/** The whole picture, its middle and its four corners: small things count in the crop they fill. */
export async function cropImage(image: RgbImage): Promise<RgbImage[]> {
  const [, ...boxes] = cropBoxes(image);
  const crops = await Promise.all(
    boxes.map(async ({ x, y, width, height }) => {
      const cut = sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } }).extract({
        left: x,
        top: y,
        width,
        height,
      });
      return { width, height, data: new Uint8Array(await cut.raw().toBuffer()) };
    }),
  );
  return [image, ...crops];
}
