import type { Box, Locator } from '../domain.ts';
import type { ClassifiedImage, Encoders, RgbImage } from '../ports/encoders.ts';
import type { SeenLabel } from './encoded.ts';

/** From here on a label of the whole picture is right often enough to be given a place. */
const SURE = 0.3;
/** A region of more than this share of the picture says no more than the picture. */
const NEARLY_ALL = 0.8;

/**
 * The labels of the whole picture, each sure one with the region that fits its name most. `crops` with their cells. As
 * they are where the profile's encoder can't tell places.
 */
export async function placeSureLabels(
  labels: readonly SeenLabel[],
  { image, crops, locate }: PictureSeen,
  { imageText }: Encoders,
  signal?: AbortSignal,
): Promise<SeenLabel[]> {
  const sure = labels.filter(({ score }) => score >= SURE);
  if (sure.length === 0 || !imageText?.place) return [...labels];
  const { width, height } = image;
  const names = sure.map(({ label }) => label.toLowerCase());
  const placed = await imageText.place({ width, height, crops }, names, signal);
  const regions = new Map(
    placed.flatMap(({ box }, i) =>
      box.width * box.height > NEARLY_ALL * width * height ? [] : [[sure[i]?.readingId, locate(box)] as const],
    ),
  );
  return labels.map((label) => {
    const region = regions.get(label.readingId);
    return region ? { ...label, region } : label;
  });
}

interface PictureSeen {
  readonly image: Pick<RgbImage, 'width' | 'height'>;
  readonly crops: readonly ClassifiedImage[];
  readonly locate: (box: Box) => Locator;
}
