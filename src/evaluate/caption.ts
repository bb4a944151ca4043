import { z } from 'zod';
import type { PerceivedImage, WrittenText } from '../ports/encoders.ts';
import { bleu4 } from './bleu.ts';
import { ciderD, type Captioned } from './cider.ts';
import { mean, percent, quantile } from './figures.ts';

export const CAPTION_TASKS = ['captioned_image'];

export const CaptionLine = z.object({
  id: z.string(),
  file: z.string(),
  source: z.string().default('unknown'),
  captions: z.array(z.string()).min(1),
});
export type CaptionLine = z.infer<typeof CaptionLine>;

/** What was measured on one picture. */
export interface CaptionedLine {
  readonly line: CaptionLine;
  readonly written: WrittenText;
  readonly template: string;
  /** Its captions under it, and under another picture. */
  readonly weighed: { readonly own: readonly WrittenText[]; readonly other: readonly WrittenText[] };
  readonly milliseconds: number;
}

/** Things named by the template. */
const MOST_THINGS = 3;
const LEAST_THING = 0.5;

/** The baseline: what the detector found, or the strongest label, in a sentence that is always the same. */
export function templateCaption(
  { crops, found }: PerceivedImage,
  labels: readonly { readonly label: string }[],
): string {
  const things = found.things.filter(({ score }) => score >= LEAST_THING).map(({ label }) => label.label);
  const scores = crops[0]?.scores ?? new Float32Array();
  const best = scores.reduce((top, score, i) => (score > (scores[top] ?? 0) ? i : top), 0);
  const names =
    things.length > 0 ? [...new Set(things)].slice(0, MOST_THINGS) : [labels[best]?.label.toLowerCase() ?? ''];
  const told = names.map((name) => `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`);
  return `a picture of ${told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`}`;
}

/** Figures of one source: CIDEr-D times 100, as papers print it (the measure itself goes to 10), BLEU-4, and the loss a token in nats. */
export function captionFigures(lines: readonly CaptionedLine[]): Record<string, unknown> {
  const scores = (candidates: readonly string[]) => {
    const pictures = lines.map(({ line }, i): Captioned => ({
      candidate: candidates[i] ?? '',
      references: line.captions,
    }));
    return { cider: percent(mean(ciderD(pictures))), bleu4: percent(bleu4(pictures)) };
  };
  const loss = (which: 'own' | 'other') => {
    const weighed = lines.flatMap((line) => line.weighed[which]);
    const [sum, tokens] = [total(weighed, 'logProbability'), total(weighed, 'tokens')];
    return tokens === 0 ? null : Math.round((-sum / tokens) * 1000) / 1000;
  };
  return {
    n: lines.length,
    ...scores(lines.map(({ written }) => written.text)),
    baseline: { template: scores(lines.map(({ template }) => template)) },
    loss_true: loss('own'),
    loss_shuffled: loss('other'),
    ms_p50: Math.round(
      quantile(
        lines.map(({ milliseconds }) => milliseconds),
        0.5,
      ),
    ),
  };
}

function total(texts: readonly WrittenText[], key: 'logProbability' | 'tokens'): number {
  return texts.reduce((sum, text) => sum + text[key], 0);
}
