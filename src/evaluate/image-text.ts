import { z } from 'zod';
import { interval95, mean, percent } from './figures.ts';

export const IMAGE_TEXT_TASKS = ['captioned_image', 'labelled_image', 'product_entity', 'captioned_figure'];

export const ImageLine = z.object({
  id: z.string(),
  file: z.string(),
  source: z.string().default('unknown'),
  captions: z.array(z.string()).optional(),
  caption: z.string().optional(),
  alt: z.string().optional(),
  label: z.string().optional(),
});
export type ImageLine = z.infer<typeof ImageLine>;

/** What people said of the picture; for a label, "a photo of …". Empty where the line says nothing. */
export function textsOf({ captions, caption, alt, label }: ImageLine): string[] {
  if (captions?.length) return captions;
  const told = [alt, caption].flatMap((text) => (text ? [text] : []));
  return told.length > 0 ? told : label ? [`a photo of ${plainLabel(label)}`] : [];
}

function plainLabel(label: string): string {
  return label.replaceAll(/[-_]+/g, ' ').toLowerCase();
}

/** A picture, its texts, and its vector by each way of seeing. */
export interface SeenLine {
  readonly line: ImageLine;
  readonly texts: readonly string[];
  readonly vectors: Readonly<Record<string, Float32Array>>;
}

/** Way of seeing → vector of each text. */
export type TextVectors = Readonly<Record<string, ReadonlyMap<string, Float32Array>>>;

/**
 * Figures of one source: recall at 1, 5 and 10 both ways, and where pictures share labels, zero-shot accuracy. The first
 * way of seeing is the model's, the others its baselines.
 */
export function imageTextFigures(seen: readonly SeenLine[], texts: TextVectors): Record<string, unknown> {
  const [model = '', ...baselines] = Object.keys(texts);
  const queries = [...new Set(seen.flatMap((one) => one.texts))];
  return {
    n: seen.length,
    texts: queries.length,
    ...figuresOf(seen, queries, model, texts),
    baseline: {
      ...Object.fromEntries(baselines.map((name) => [name, figuresOf(seen, queries, name, texts)])),
      random: chance(seen, queries),
    },
  };
}

function figuresOf(seen: readonly SeenLine[], queries: readonly string[], way: string, texts: TextVectors) {
  const vectors = seen.map((one) => one.vectors[way] ?? new Float32Array());
  const words = queries.map((text) => texts[way]?.get(text) ?? new Float32Array());
  const scores = words.map((word) => vectors.map((vector) => dot(word, vector)));
  const told = seen.map((one) => new Set(one.texts));
  const toImage = queries.map((query, q) => rank(scores[q] ?? [], (i) => told[i]?.has(query) ?? false));
  const toText = seen.map((one, i) => {
    const own = new Set(one.texts);
    const column = scores.map((row) => row[i] ?? 0);
    return rank(column, (q) => own.has(queries[q] ?? ''));
  });
  return {
    text_to_image: recalls(toImage),
    image_to_text: recalls(toText),
    ...(hasLabels(seen) ? { zero_shot: zeroShot(toText) } : {}),
  };
}

/** Labels that pictures share make a classification, with the labels' texts as classes. */
function hasLabels(seen: readonly SeenLine[]): boolean {
  const labels = seen.map(({ line, texts }) => (texts.length === 1 ? line.label : undefined));
  return labels.every((label) => label !== undefined) && new Set(labels).size < labels.length;
}

function recalls(ranks: readonly number[]) {
  const hits = (k: number) => ranks.map((one) => (one < k ? 1 : 0));
  return {
    'recall@1': percent(mean(hits(1))),
    'recall@5': percent(mean(hits(5))),
    'recall@5_95': interval95(hits(5)),
    'recall@10': percent(mean(hits(10))),
  };
}

function zeroShot(ranks: readonly number[]) {
  const hits = (k: number) => ranks.map((one) => (one < k ? 1 : 0));
  return { top1: percent(mean(hits(1))), top1_95: interval95(hits(1)), top5: percent(mean(hits(5))) };
}

/** How many wrong ones stand before the best right one; ties stand before it, so that equal scores win nothing. */
function rank(scores: readonly number[], isRight: (i: number) => boolean): number {
  let best = -Infinity;
  for (const [i, score] of scores.entries()) if (isRight(i)) best = Math.max(best, score);
  let before = 0;
  for (const [i, score] of scores.entries()) if (!isRight(i) && score >= best) before++;
  return before;
}

/** Recall of picking at random, in expectation. */
function chance(seen: readonly SeenLine[], queries: readonly string[]) {
  const n = seen.length;
  const rights = queries.map((query) => seen.filter((one) => one.texts.includes(query)).length);
  const at = (k: number) => percent(mean(rights.map((right) => 1 - missAll(n, right, k))));
  return { text_to_image: { 'recall@1': at(1), 'recall@5': at(5), 'recall@10': at(10) } };
}

/** Chance that k draws of n without putting back hold none of `right`. */
function missAll(n: number, right: number, k: number): number {
  let miss = 1;
  for (let i = 0; i < Math.min(k, n); i++) miss *= Math.max(0, n - right - i) / (n - i);
  return miss;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] ?? 0) * (b[d] ?? 0);
  return sum;
}
