/** The moment of a film or recording that a question speaks of. */
export interface Moment {
  /** What happens then, in the question's words: "the dog barks"; '' where a time is named. */
  readonly event: string;
  /** Seconds, where the question names a time. */
  readonly seconds?: number;
  /** The question without it: "what is seen". */
  readonly asked: string;
}

const CLOCK = /\b(?:at|around|from|after)\s+(?:(\d+):)?(\d{1,2}):(\d{2})\b/i;
const SECONDS = /\b(?:at|around|after)\s+(?:second\s+(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*(?:s|secs?|seconds?)\b)/i;
const EVENT =
  /\b(?:at the (?:same )?(?:time|moment|second|instant) (?:of|when|that|as)|(?:just )?when|while|whilst|during|as)\s+((?!many\b|much\b|well\b|long\b)[^?,;]+)/i;

/** Reads a moment off a question; undefined for one about the whole. */
export function momentOf(question: string): Moment | undefined {
  const clock = CLOCK.exec(question);
  if (clock) {
    const [hours = '0', minutes, seconds] = clock.slice(1);
    return {
      event: '',
      seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
      asked: without(question, clock),
    };
  }
  const second = SECONDS.exec(question);
  if (second) return { event: '', seconds: Number(second[1] ?? second[2]), asked: without(question, second) };
  const event = EVENT.exec(question);
  // "When was the bell cast?" asks for a time itself.
  if (!event?.[1] || (event.index === 0 && !/[,;]/.test(question))) return undefined;
  return { event: event[1].trim(), asked: without(question, event) };
}

function without(question: string, match: RegExpExecArray): string {
  return `${question.slice(0, match.index)} ${question.slice(match.index + match[0].length)}`
    .replace(/\s+/g, ' ')
    .trim();
}
