/** A thing found: class, score, and edges as shares of the picture's width and height. */
export interface FoundBox {
  readonly index: number;
  readonly score: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Boxes of one class that overlap more than this are one thing. */
const SAME_CLASS = 0.5;
/** Boxes of two classes that overlap more than this are one thing with two names; the surer name stays. */
const OTHER_CLASS = 0.85;
const MOST_BOXES = 30;

/** Greedy non-maximum suppression: strongest first, at most 30. */
export function keepApart(boxes: readonly FoundBox[]): FoundBox[] {
  const kept: FoundBox[] = [];
  for (const box of boxes.toSorted((a, b) => b.score - a.score)) {
    if (kept.length === MOST_BOXES) break;
    const taken = kept.some((one) => overlap(one, box) > (one.index === box.index ? SAME_CLASS : OTHER_CLASS));
    if (!taken) kept.push(box);
  }
  return kept;
}

/** Intersection over union, 0…1. */
export function overlap(a: FoundBox, b: FoundBox): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (area(a) + area(b) - shared);
}

function area({ left, top, right, bottom }: FoundBox): number {
  return (right - left) * (bottom - top);
}
