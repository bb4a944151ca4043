/**
 * Fits CALIBRATION of src/reason/weights.ts: for each way of answering a line in log-odds (Platt 1999) from confidence to
 * the share that is right, held towards "as it is" where answers are few.
 *   node training/reason/fit-calibration.ts RESULTS.jsonl …
 * RESULTS are what `sensegraph eval qa --results FILE` writes, with the CALIBRATION that stands in the source.
 * Prints the lines, and each way's expected calibration error as it is, and with lines of the other half (two-fold).
 */
import { readFileSync } from 'node:fs';
import { calibratedConfidence, logOdds, uncalibratedConfidence } from '../../src/reason/calibrate.ts';
import type { Calibration } from '../../src/reason/calibrate.ts';
import type { Way } from '../../src/domain.ts';
import { CALIBRATION } from '../../src/reason/weights.ts';
import { calibrationError } from '../../src/evaluate/figures.ts';

interface Line {
  /** Absent where no line is applied. */
  readonly way?: Way;
  readonly said: string | null;
  readonly confidence: number;
  readonly is_right: boolean;
}

/** Answers that the prior (slope 1, bias 0) weighs as much as. */
const PRIOR = 5;
const FEWEST = 40;

/** Maximum a posteriori by Newton's method. */
function fit(answers: readonly Line[]): Calibration {
  let [slope, bias] = [1, 0];
  for (let round = 0; round < 50; round += 1) {
    let [gs, gb, hss, hsb, hbb] = [PRIOR * (1 - slope), PRIOR * (0 - bias), PRIOR, 0, PRIOR];
    for (const { confidence, is_right } of answers) {
      const x = logOdds(confidence);
      const p = calibratedConfidence(confidence, { slope, bias });
      const error = (is_right ? 1 : 0) - p;
      const spread = p * (1 - p);
      [gs, gb] = [gs + error * x, gb + error];
      [hss, hsb, hbb] = [hss + spread * x * x, hsb + spread * x, hbb + spread];
    }
    const det = hss * hbb - hsb * hsb;
    slope = Math.max(0.05, slope + (hbb * gs - hsb * gb) / det);
    bias += (hss * gb - hsb * gs) / det;
  }
  return { slope, bias };
}

function error(answers: readonly Line[], confidences: readonly number[]): string {
  return (
    100 *
    calibrationError(
      confidences,
      answers.map(({ is_right }) => (is_right ? 1 : 0)),
    )
  ).toFixed(1);
}

const lines = process.argv.slice(2).flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line),
);
// Nothing found is nothing to be sure of.
const said = lines.filter((one) => one.said !== null);
for (const [way, given] of Map.groupBy(said, (one) => one.way)) {
  if (way === undefined) continue;
  const answers = given.map((one) => ({
    ...one,
    confidence: uncalibratedConfidence(one.confidence, CALIBRATION[way]),
  }));
  const halves = [0, 1].map((half) => answers.filter((_, i) => i % 2 === half));
  const others = halves.map((_, i) => fit(halves[1 - i] ?? []));
  const line = fit(answers);
  const unseen = answers.map(({ confidence }, i) => calibratedConfidence(confidence, others[i % 2]));
  const mean = answers.reduce((sum, { confidence }) => sum + confidence, 0) / answers.length;
  const right = answers.filter(({ is_right }) => is_right).length / answers.length;
  console.log(
    `${way} n ${answers.length}, right ${right.toFixed(2)}, mean confidence ${mean.toFixed(2)}, ` +
      `ECE ${error(
        answers,
        answers.map(({ confidence }) => confidence),
      )} -> ${error(answers, unseen)} (two-fold)`,
    answers.length < FEWEST ? '(too few)' : `{ slope: ${line.slope.toFixed(2)}, bias: ${line.bias.toFixed(2)} }`,
  );
}
