import type { Way } from '../domain.ts';
import type { Found } from './found.ts';
import { CALIBRATION } from './weights.ts';

/** A line in log-odds. */
export interface Calibration {
  readonly slope: number;
  readonly bias: number;
}

/** Log-odds beyond which a confidence is certainty. */
const CERTAIN = 1e-4;

/**
 * The answer with its confidence as the share of such answers that are right (Platt 1999), through the whole product:
 * retrieval that misses the passage is in it, which the way itself can't know. Fitted by training/reason/fit-calibration.ts.
 */
export function calibrated(way: Way, found: Found | null): Found | null {
  return found && { ...found, way, confidence: calibratedConfidence(found.confidence, CALIBRATION[way]) };
}

export function calibratedConfidence(confidence: number, line: Calibration | undefined): number {
  return line && confidence > 0 ? sigmoid(line.slope * logOdds(confidence) + line.bias) : confidence;
}

/** The confidence before calibratedConfidence. */
export function uncalibratedConfidence(confidence: number, line: Calibration | undefined): number {
  return line && confidence > 0 ? sigmoid((logOdds(confidence) - line.bias) / line.slope) : confidence;
}

export function logOdds(confidence: number): number {
  const p = Math.min(1 - CERTAIN, Math.max(CERTAIN, confidence));
  return Math.log(p / (1 - p));
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
