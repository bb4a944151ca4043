import { z } from 'zod';
import type { Encoders } from '../ports/encoders.ts';
import { SensegraphError } from '../errors.ts';
import { interval95, mean, percent, shuffle } from './figures.ts';
import { nearest, probe } from './linear-probe.ts';

export const AUDIO_TASKS = ['audio_classification'];

export const AudioClip = z.object({
  id: z.string(),
  file: z.string(),
  label: z.string(),
  fold: z.number().optional(),
  source: z.string().default('unknown'),
});
export type AudioClip = z.infer<typeof AudioClip>;

/** What a teacher hears in a clip: its five best labels. */
export const TeacherLine = z.object({ id: z.string(), top5: z.array(z.string()).length(5) });

const NEIGHBOURS = 5;
/** Folds where the lines have none, or all the same. */
const FOLDS = 5;

export interface HeardClip {
  readonly clip: AudioClip;
  /** Of the whole recording. */
  readonly vector: Float32Array;
  /** The five labels with the highest mean probability; none where the encoder has no labels. */
  readonly top5: readonly string[];
}

/** What is measured: how a whole recording (mono, 16 kHz) is heard. */
export interface Ear {
  readonly model: string;
  hear(samples: Float32Array): Promise<Pick<HeardClip, 'vector' | 'top5'>>;
}

/** The profile's encoder of sounds and words, which knows no labels, or else its sound events. MODEL_MISSING with neither. */
export function earOf({ sound, soundText }: Encoders): Ear {
  if (soundText)
    return {
      model: soundText.space.name,
      hear: async (samples) => ({
        vector: (await soundText.embedSounds([samples]))[0] ?? new Float32Array(),
        top5: [],
      }),
    };
  if (!sound) throw new SensegraphError('MODEL_MISSING', 'This profile hears no sounds.');
  return {
    model: sound.space.name,
    async hear(samples) {
      const windows = await sound.listen(samples);
      const scores = meanOf(windows.map((window) => window.scores));
      const top5 = sound.labels
        .toSorted((a, b) => (scores[b.index] ?? 0) - (scores[a.index] ?? 0))
        .slice(0, 5)
        .map(({ label }) => label);
      return { vector: meanOf(windows.map((window) => window.vector)), top5 };
    },
  };
}

function meanOf(rows: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(rows[0]?.length ?? 0);
  for (const row of rows) for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + (row[d] ?? 0) / rows.length;
  return sum;
}

/** Figures by source in the shape of `sensegraph eval audio --json`. */
export function audioFigures(
  heard: readonly HeardClip[],
  teacher: ReadonlyMap<string, readonly string[]>,
  seed: number,
): Record<string, Record<string, unknown>> {
  const sources: Record<string, Record<string, unknown>> = {};
  for (const [source, own] of [...Map.groupBy(heard, ({ clip }) => clip.source)].toSorted()) {
    const names = [...new Set(own.map(({ clip }) => clip.label))].toSorted();
    if (names.length < 2 || own.length < 2 * names.length) {
      sources[source] = { skipped: 'a probe needs two classes, and two clips of each' };
      continue;
    }
    const folds = foldsOf(own, seed);
    const probed = overFolds(own, folds, names, probe);
    const near = overFolds(own, folds, names, (train, classes, test) => nearest(train, classes, test, NEIGHBOURS));
    sources[source] = {
      n: own.length,
      classes: names.length,
      folds: new Set(folds).size,
      probe_accuracy: percent(mean(probed)),
      probe_accuracy_95: interval95(probed),
      knn5_accuracy: percent(mean(near)),
      knn5_accuracy_95: interval95(near),
      ...agreement(own, teacher),
    };
  }
  return sources;
}

/** Share of the teacher's five best labels that are among ours, over the clips that the teacher heard. */
function agreement(heard: readonly HeardClip[], teacher: ReadonlyMap<string, readonly string[]>) {
  const shares = heard.flatMap(({ clip, top5 }) => {
    const theirs = teacher.get(clip.id);
    return theirs && top5.length > 0 ? [theirs.filter((label) => top5.includes(label)).length / theirs.length] : [];
  });
  if (shares.length === 0) return {};
  return {
    top5_agreement: percent(mean(shares)),
    top5_agreement_95: interval95(shares),
    top5_agreement_n: shares.length,
  };
}

/** The lines' own folds; without them, five of equal size from the seed, each class spread over all. */
function foldsOf(heard: readonly HeardClip[], seed: number): number[] {
  const given = heard.map(({ clip }) => clip.fold);
  if (given.every((fold) => fold !== undefined) && new Set(given).size > 1) return given as number[];
  const folds = heard.map(() => 0);
  let next = 0;
  for (const own of Map.groupBy(heard.keys(), (i) => heard[i]?.clip.label).values())
    for (const i of shuffle(own, seed)) folds[i] = next++ % FOLDS;
  return folds;
}

type Classify = (
  train: readonly Float32Array[],
  classes: readonly number[],
  test: readonly Float32Array[],
) => readonly number[];

/** 1 where a clip is named rightly by what was learnt on the other folds, else 0. */
function overFolds(
  heard: readonly HeardClip[],
  folds: readonly number[],
  names: readonly string[],
  classify: Classify,
): number[] {
  const right = heard.map(() => 0);
  const classOf = (i: number) => names.indexOf(heard[i]?.clip.label ?? '');
  const vectorOf = (i: number) => heard[i]?.vector ?? new Float32Array();
  for (const fold of new Set(folds)) {
    const [test, train] = [[...folds.keys()].filter((i) => folds[i] === fold), [...folds.keys()]];
    const others = train.filter((i) => folds[i] !== fold);
    const guesses = classify(others.map(vectorOf), others.map(classOf), test.map(vectorOf));
    for (const [k, i] of test.entries()) right[i] = guesses[k] === classOf(i) ? 1 : 0;
  }
  return right;
}
