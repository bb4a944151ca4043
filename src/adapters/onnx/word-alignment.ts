/**
 * When each token was said, from the decoder's attention to the sound: dynamic time warping over the attention of a few
 * heads, as OpenAI's Whisper does it (whisper/timing.py; Sakoe & Chiba 1978 for the warping).
 */

/** Frames over which the attention is smoothed. */
const MEDIAN = 7;

/** Attention of the alignment heads: [heads × tokens × frames], of which the first `heard` frames hold sound. */
export interface Attention {
  readonly data: Float32Array;
  readonly heads: number;
  readonly tokens: number;
  readonly frames: number;
  readonly heard: number;
}

/**
 * First frame of each token from `first` up to and including the last but one: the attention with which a token is read
 * tells where the next one is heard, so that entry i belongs to token `first + 1 + i`. In order.
 */
export function alignTokens(attention: Attention, first: number): Int32Array {
  const { tokens, heard } = attention;
  const rows = tokens - 1 - first;
  const matrix = meanOfHeads(attention).subarray(first * heard, (first + rows) * heard);
  return firstFrames(matrix, rows, heard);
}

/** [tokens × heard]: each head's attention within the sound, standardised over the tokens, smoothed over time; their mean. */
export function meanOfHeads({ data, heads, tokens, frames, heard }: Attention): Float32Array {
  const mean = new Float32Array(tokens * heard);
  const own = new Float32Array(tokens * heard);
  for (let head = 0; head < heads; head++) {
    for (let t = 0; t < tokens; t++) {
      const row = data.subarray((head * tokens + t) * frames, (head * tokens + t) * frames + heard);
      const total = row.reduce((sum, value) => sum + value, 0) || 1;
      for (let f = 0; f < heard; f++) own[t * heard + f] = (row[f] ?? 0) / total;
    }
    standardise(own, tokens, heard);
    for (let t = 0; t < tokens; t++) {
      const smooth = medianOver(own.subarray(t * heard, (t + 1) * heard), MEDIAN);
      for (let f = 0; f < heard; f++) mean[t * heard + f] = (mean[t * heard + f] ?? 0) + (smooth[f] ?? 0) / heads;
    }
  }
  return mean;
}

/** Each column at mean 0 and deviation 1, in place. */
function standardise(matrix: Float32Array, rows: number, columns: number): void {
  for (let f = 0; f < columns; f++) {
    let sum = 0;
    let squares = 0;
    for (let t = 0; t < rows; t++) {
      const value = matrix[t * columns + f] ?? 0;
      sum += value;
      squares += value * value;
    }
    const mean = sum / rows;
    const deviation = Math.sqrt(Math.max(0, squares / rows - mean * mean)) || 1;
    for (let t = 0; t < rows; t++) matrix[t * columns + f] = ((matrix[t * columns + f] ?? 0) - mean) / deviation;
  }
}

/** Running median of an odd width; the ends are mirrored. A row shorter than half the width stays as it is. */
export function medianOver(row: Float32Array, width: number): Float32Array {
  const half = (width - 1) / 2;
  if (row.length <= half) return row.slice();
  const window = new Float32Array(width);
  return row.map((_, i) => {
    for (let k = -half; k <= half; k++) {
      const at = Math.abs(i + k);
      window[k + half] = row[at < row.length ? at : 2 * (row.length - 1) - at] ?? 0;
    }
    return window.toSorted()[half] ?? 0;
  });
}

/**
 * The path through [rows × columns] from corner to corner of greatest sum, by steps down, right or both; the first
 * column of each row on it.
 */
export function firstFrames(matrix: Float32Array, rows: number, columns: number): Int32Array {
  const width = columns + 1;
  const cost = new Float32Array((rows + 1) * width).fill(Infinity);
  /** 0: both, 1: down, 2: right. */
  const step = new Uint8Array((rows + 1) * width);
  cost[0] = 0;
  for (let r = 1; r <= rows; r++) {
    for (let c = 1; c <= columns; c++) {
      const both = cost[(r - 1) * width + c - 1] ?? Infinity;
      const down = cost[(r - 1) * width + c] ?? Infinity;
      const right = cost[r * width + c - 1] ?? Infinity;
      const taken = both < down && both < right ? 0 : down < both && down < right ? 1 : 2;
      step[r * width + c] = taken;
      cost[r * width + c] = [both, down, right][taken]! - (matrix[(r - 1) * columns + c - 1] ?? 0);
    }
  }
  const first = new Int32Array(rows);
  for (let r = rows, c = columns; r > 0 && c > 0;) {
    first[r - 1] = c - 1;
    const taken = step[r * width + c];
    if (taken !== 2) r -= 1;
    if (taken !== 1) c -= 1;
  }
  return first;
}
