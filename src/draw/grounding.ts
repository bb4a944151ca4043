import type { Answer, Asset, Box, Evidence } from '../domain.ts';
import { colourOf } from './draw-boxes.ts';

/** A place of a picture that an answer rests on, as it is drawn. */
export interface GroundedBox {
  /** As it is drawn beside the box, from 1. */
  readonly number: number;
  /** What is there: labels, the line read. */
  readonly caption: string;
  /** `#rrggbb`. */
  readonly colour: string;
  /** Pixels of the original picture held upright. */
  readonly region: Box;
  readonly evidence: readonly Evidence[];
}

/** Where an answer points at in one picture. */
export interface Grounding {
  readonly asset: Asset;
  readonly boxes: readonly GroundedBox[];
}

/** Boxes drawn on one picture. */
export const MOST_BOXES = 20;
/** A box of this share of the picture says no more than that it is the picture. */
const WHOLE = 0.97;
const CAPTION = 80;

/**
 * The boxes of an answer, picture by picture, the one asked about first: those that the answer itself rests on, else those
 * of the steps before it; where all that is known is the picture as a whole, its frame. Frames of films and pages of
 * documents have none.
 */
export function groundingOf({ steps, paths, assetId }: Answer): Grounding[] {
  const answered = steps.filter(({ kind }) => kind === 'ANSWER').flatMap(({ claims }) => claims);
  const own = [
    ...answered.flatMap(({ evidence }) => evidence),
    ...(paths[0]?.hops ?? []).flatMap(({ evidence }) => evidence),
  ].filter(isOnPicture);
  const others = steps.flatMap(({ claims }) => claims.flatMap(({ evidence }) => evidence)).filter(isOnPicture);
  const byAsset = Map.groupBy(own, ({ asset }) => asset.id);
  return [...byAsset]
    .toSorted(([a], [b]) => Number(b === assetId) - Number(a === assetId))
    .flatMap(([id, evidence]): Grounding[] => {
      const [first] = evidence;
      if (!first) return [];
      const parts = evidence.filter(isPart);
      const before = others.filter((one) => one.asset.id === id && isPart(one));
      const told = parts.length > 0 ? parts : before.length > 0 ? before : evidence;
      return [{ asset: first.asset, boxes: boxesOf(told) }];
    });
}

/** The box of one piece of evidence; undefined where it is on no picture. */
export function boxOf(evidence: Evidence): Box | undefined {
  if (!isOnPicture(evidence) || evidence.locator.type !== 'ImageRegion') return undefined;
  const { x, y, width, height } = evidence.locator;
  return { x, y, width, height };
}

/** Path and query at which a server gives the picture with these boxes drawn on it, numbered in their order. */
export function drawingPath(assetId: string, boxes: readonly Box[]): string {
  const query = boxes
    .map(({ x, y, width, height }) => {
      const sides = [Math.round(x), Math.round(y), Math.max(1, Math.round(width)), Math.max(1, Math.round(height))];
      return `box=${sides.join(',')}`;
    })
    .join('&');
  return `/assets/${encodeURIComponent(assetId)}/drawing?${query}`;
}

function isOnPicture({ asset, locator }: Evidence): boolean {
  return asset.modality === 'IMAGE' && locator.type === 'ImageRegion' && locator.page === undefined;
}

function isPart({ asset, locator }: Evidence): boolean {
  if (locator.type !== 'ImageRegion') return false;
  const { width = 0, height = 0 } = asset;
  return width * height === 0 || locator.width * locator.height < WHOLE * width * height;
}

/** One a place, in the order of the evidence. */
function boxesOf(evidence: readonly Evidence[]): GroundedBox[] {
  const places = Map.groupBy(evidence, ({ locator }) => JSON.stringify(locator));
  return [...places.values()].slice(0, MOST_BOXES).flatMap((there, i): GroundedBox[] => {
    const region = there[0] && boxOf(there[0]);
    if (!region) return [];
    const captions = new Set(there.map(({ reading, quote }) => captionOf(reading?.text ?? quote)));
    const unique = new Map(there.map((one) => [one.id, one]));
    return [
      {
        number: i + 1,
        caption: [...captions].filter((caption) => caption !== '').join('; '),
        colour: colourOf(i + 1),
        region,
        evidence: [...unique.values()],
      },
    ];
  });
}

function captionOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > CAPTION ? `${line.slice(0, CAPTION - 1)}…` : line;
}
