import type { Box } from '../../domain.ts';

/** What the vision-language model looks at: the whole picture, a crop of it, a thing found in it. */
export interface VisionToken {
  readonly kind: 'whole' | 'crop' | 'thing';
  /** In the image-text space, unit norm. */
  readonly vector: Float32Array;
  /** In pixels of the picture. */
  readonly box: Box;
  /** The detector's; 1 for the whole and for crops. */
  readonly score: number;
}

const KINDS = ['whole', 'crop', 'thing'] as const;

/**
 * Tokens as the model takes them, [tokens × dimension]: the vector, the box as fractions of the picture (x, y, width,
 * height), one of three marks for the kind, the score.
 */
export function packVisionTokens(
  tokens: readonly VisionToken[],
  picture: { readonly width: number; readonly height: number },
  dimension: number,
): Float32Array<ArrayBuffer> {
  const packed = new Float32Array(tokens.length * dimension);
  for (const [i, { kind, vector, box, score }] of tokens.entries()) {
    const at = i * dimension;
    const end = dimension - 8;
    packed.set(vector.subarray(0, end), at);
    packed.set(
      [box.x / picture.width, box.y / picture.height, box.width / picture.width, box.height / picture.height],
      at + end,
    );
    packed[at + end + 4 + KINDS.indexOf(kind)] = 1;
    packed[at + end + 7] = score;
  }
  return packed;
}
