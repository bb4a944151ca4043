import type { HeardWindow, SoundEncoder, SoundLabel, TranscribedSpan } from '../ports/encoders.ts';

/**
 * A label counts where a window gives it this much: of 100 clips of ten classes 70 then have their own class among their
 * events, 7 another of the ten (0.2: 76 and 11; 0.3: 63 and 5)…
 */
const LEAST_PEAK = 0.25;
/** …and lasts as long as its neighbours give it this much. */
const LEAST_EDGE = 0.15;
/** Two stretches of one label nearer than this are one, in seconds. */
const GAP = 0.5;
/** Events that overlap by this share of what they cover together happen at one place: "Bark", "Dog", "Animal". */
const TOGETHER = 0.3;
/** Labels kept of one place, and places of one recording, strongest first. */
const MOST_LABELS = 5;
const MOST_PLACES = 300;

/** One label over a stretch of a recording. */
export interface SoundEvent {
  readonly label: SoundLabel;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** The highest probability of the stretch. */
  readonly score: number;
}

/** Events that sound together. */
export interface SoundPlace {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Strongest first. */
  readonly events: readonly SoundEvent[];
}

/**
 * What happens in a recording, in order of time. Labels that tell how it sounds are no events; speech is none where
 * its words are known.
 */
export function findSoundPlaces(
  windows: readonly HeardWindow[],
  encoder: Pick<SoundEncoder, 'labels'>,
  utterances: readonly TranscribedSpan[],
): SoundPlace[] {
  const events = encoder.labels
    .filter(({ says }) => says !== 'QUALITY')
    .flatMap((label) => stretches(windows, label))
    .filter((event) => event.label.says !== 'SPEECH' || !isTranscribed(event, utterances));
  const places: { startSeconds: number; endSeconds: number; events: SoundEvent[] }[] = [];
  for (const event of events.toSorted((a, b) => b.score - a.score)) {
    const place = places.find((one) => overlap(one, event) >= TOGETHER);
    if (!place) places.push({ startSeconds: event.startSeconds, endSeconds: event.endSeconds, events: [event] });
    else if (place.events.length < MOST_LABELS) place.events.push(event);
  }
  return places.slice(0, MOST_PLACES).toSorted((a, b) => a.startSeconds - b.startSeconds);
}

/** Neighbouring windows with the label as one event each. */
function stretches(windows: readonly HeardWindow[], label: SoundLabel): SoundEvent[] {
  const found: SoundEvent[] = [];
  let open: SoundEvent | undefined;
  for (const { scores, startSeconds, endSeconds } of windows) {
    const score = scores[label.index] ?? 0;
    if (score < LEAST_EDGE) continue;
    if (open && startSeconds - open.endSeconds <= GAP) {
      open = { ...open, endSeconds, score: Math.max(open.score, score) };
      found[found.length - 1] = open;
    } else {
      open = { label, startSeconds, endSeconds, score };
      found.push(open);
    }
  }
  return found.filter(({ score }) => score >= LEAST_PEAK);
}

interface Stretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Seconds that two stretches share. */
function shared(a: Stretch, b: Stretch): number {
  return Math.max(0, Math.min(a.endSeconds, b.endSeconds) - Math.max(a.startSeconds, b.startSeconds));
}

/** Shared seconds by those of both together. */
function overlap(a: Stretch, b: Stretch): number {
  const common = shared(a, b);
  return common / (a.endSeconds - a.startSeconds + b.endSeconds - b.startSeconds - common || 1);
}

/** Whether most of an event is covered by words. */
function isTranscribed(event: Stretch, utterances: readonly TranscribedSpan[]): boolean {
  const covered = utterances.reduce((sum, utterance) => sum + shared(event, utterance), 0);
  return covered > (event.endSeconds - event.startSeconds) / 2;
}
