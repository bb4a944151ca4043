import type { Box } from '../domain.ts';
import type { RgbImage } from '../ports/encoders.ts';
import { colourName, NONE, readPalette } from './palette.ts';
import { findRegions, type Region } from './regions.ts';

export type Shape = 'circle' | 'square' | 'triangle' | 'rectangle';

/** One shape of a drawing. Boxes are pixels of the picture that was read. */
export interface DrawnShape {
  readonly shape: Shape;
  /** A basic colour word: "yellow". */
  readonly colour: string;
  readonly box: Box;
  /** Index of the field it stands in. */
  readonly field: number;
}

/** A drawing of plain shapes in few colours on one or several fields ("boxes"). */
export interface FlatDrawing {
  readonly shapes: readonly DrawnShape[];
  /** From left to right; at least one. */
  readonly fields: readonly Box[];
}

/** Of the picture: a region with less is dirt, and one with more is a field if it holds others. */
const LEAST_AREA = 0.0003;
const FIELD_AREA = 0.05;
const MOST_SHAPES = 200;
/** Share of the drawn area that may be other than plain shapes. */
const OTHER = 0.1;

/**
 * The shapes of a flat drawing by its pixels alone: regions of one colour, told by how much of their box they fill (a
 * circle π/4, a triangle a half) and by the box's corners. Null for everything else, above all for photographs. At
 * most linear in the pixels, which decodeImage bounds.
 */
export function readFlatDrawing(image: RgbImage): FlatDrawing | null {
  const palette = readPalette(image);
  if (!palette) return null;
  const { width, height } = image;
  const pixels = width * height;
  const regions = findRegions(palette.pixels, width, height, NONE, Math.max(12, LEAST_AREA * pixels));
  if (regions.length > 4 * MOST_SHAPES) return null;
  const { fields, ground } = fieldsOf(regions, width, height);
  const drawn = regions.filter((region) => !ground.has(region.colour) && !isRim(region));
  const known = drawn.flatMap((region): DrawnShape[] => {
    const shape = shapeOf(region);
    const rgb = palette.colours[region.colour];
    const field = smallestAround(region.box, fields);
    return shape && rgb && field >= 0 ? [{ shape, colour: colourName(rgb), box: region.box, field }] : [];
  });
  const areaOf = (all: readonly Region[]) => all.reduce((sum, { area }) => sum + area, 0);
  const plain = areaOf(drawn.filter((region) => shapeOf(region) !== undefined));
  const isPlain = known.length > 0 && known.length <= MOST_SHAPES && plain >= (1 - OTHER) * areaOf(drawn);
  return isPlain ? { shapes: known, fields } : null;
}

/** The grounds that shapes stand on, from left to right, and the colours of all grounds. */
function fieldsOf(regions: readonly Region[], width: number, height: number): { fields: Box[]; ground: Set<number> } {
  const large = regions.filter(({ box }) => box.width * box.height >= FIELD_AREA * width * height);
  const holds = (outer: Region) =>
    regions.some((inner) => inner !== outer && inner.colour !== outer.colour && isInside(inner.box, outer.box));
  const touchesEdges = ({ box }: Region) =>
    [box.x === 0, box.y === 0, box.x + box.width === width, box.y + box.height === height].filter(Boolean).length >= 2;
  const holding = large.filter(holds);
  const ground = new Set([...holding, ...large.filter(touchesEdges)].map(({ colour }) => colour));
  const fields: Box[] = [];
  // A field without a shape is one as well where it looks like the others.
  const like = (a: Region, b: Region) =>
    a.colour === b.colour && Math.abs(a.box.width - b.box.width) + Math.abs(a.box.height - b.box.height) <= 4;
  for (const region of large) if (holding.some((one) => one === region || like(one, region))) fields.push(region.box);
  return { fields: fields.toSorted((a, b) => a.x - b.x || a.y - b.y), ground };
}

/** What a soft edge leaves between two colours: long and thin, or an outline that fills little of its box. */
function isRim({ box, area }: Region): boolean {
  return Math.min(box.width, box.height) < 4 || area < 0.25 * box.width * box.height;
}

function shapeOf({ box, area, corners }: Region): Shape | undefined {
  const filled = area / (box.width * box.height);
  const aspect = box.width / box.height;
  const isEven = aspect > 0.8 && aspect < 1.25;
  if (filled >= 0.9 && corners >= 3) return isEven ? 'square' : 'rectangle';
  if (filled >= 0.66 && filled <= 0.88 && corners === 0 && isEven) return 'circle';
  if (filled >= 0.36 && filled <= 0.62 && corners >= 1 && corners <= 3) return 'triangle';
  return undefined;
}

function smallestAround(box: Box, fields: readonly Box[]): number {
  const around = [...fields.entries()].flatMap(([i, field]) => (isInside(box, field) ? [i] : []));
  const area = (i: number) => (fields[i]?.width ?? 0) * (fields[i]?.height ?? 0);
  const [smallest] = around.toSorted((a, b) => area(a) - area(b));
  return smallest ?? -1;
}

function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
