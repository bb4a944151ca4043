import type { Evidence, Reading, Segment } from '../domain.ts';
import { evidenceAt } from '../retrieve/evidence.ts';
import { momentOf, type Moment } from '../retrieve/moment.ts';
import type { RankedSegment } from '../retrieve/retrieval.ts';
import { clock, sharedSeconds, timeOf } from '../time.ts';
import type { Considered } from './consider.ts';
import { readingsOf } from './describe.ts';
import { quoted, type Found } from './found.ts';
import { stemsOf } from '../word-forms.ts';
import { wordsOf } from './words.ts';

/** Words that ask for a sense and for nothing else. */
const SENSES = [
  {
    kinds: ['LABEL'],
    says: 'one sees',
    words: stemsOf(
      'see show look appear visible depict picture display happen thing object image scene shot film video clip movie recording',
    ),
  },
  {
    kinds: ['SOUND_EVENT', 'TRANSCRIPT'],
    says: 'one hears',
    words: stemsOf('hear sound noise listen film video clip movie recording'),
  },
  {
    kinds: ['TRANSCRIPT'],
    says: 'is said',
    words: stemsOf('say said speak speaker tell word talk film video clip movie recording'),
  },
  {
    kinds: ['TEXT_LINE'],
    says: 'is written',
    words: stemsOf('write written read text word sign line film video clip movie image picture'),
  },
] as const;
/** Of the event's words, this share must be said where it happens. */
const LEAST_SHARE = 0.5;
/** Readings told, and how sure a thing seen must be. */
const MOST = 3;
const LEAST_SCORE = 0.3;

/**
 * Answers what is seen, heard, said or written in a film or recording at the time of something else, or at a time that the
 * question names: "What is seen when the dog barks?" Null for any other question, or where nothing is known of that time.
 */
export function answerAtTime({ retrieval, question }: Considered): Found | null {
  const moment = momentOf(retrieval.question.text);
  if (!moment || question.form !== 'SPAN') return null;
  const asked = wordsOf(moment.asked).filter((word) => !word.stop);
  const sense = SENSES.find(({ words }) => asked.length > 0 && asked.every((word) => words.has(word.stem)));
  if (!sense) return null;
  const { asset } = retrieval.question;
  const timed = retrieval.segments.filter((one) => timeOf(one.segment) && (!asset || one.asset.id === asset.id));
  const then = momentIn(timed, moment, sense.kinds);
  if (!then) return null;
  const told = then.meanwhile
    .flatMap((ranked) =>
      readingsOf([ranked], 'LABEL').concat(
        ...(['SOUND_EVENT', 'TRANSCRIPT', 'TEXT_LINE'] as const).map((kind) => readingsOf([ranked], kind)),
      ),
    )
    .filter(({ reading }) => (sense.kinds as readonly Reading['kind'][]).includes(reading.kind));
  const strongest = [...new Map(told.toReversed().map((one) => [one.reading.text, one])).values()].toSorted(
    (a, b) => b.reading.score - a.reading.score,
  );
  const sure = strongest.filter(({ reading }, i) => i === 0 || reading.score >= LEAST_SCORE).slice(0, MOST);
  const [first] = sure;
  if (!first) return null;
  const answer = sure.map(({ reading }) => reading.text.trim()).join(', ');
  const cause: Evidence[] = then.event ? [evidenceAt(then.event, -1)] : [];
  const title = first.evidence.asset.title;
  return {
    shortAnswer: answer,
    text: `At ${clock(then.at)} ${sense.says} ${quoted(answer)} in ${title}${then.event ? `, while there is ${quoted(then.event.segment.text, 80)}` : ''}.`,
    confidence: Math.min(0.95, 0.4 + 0.6 * first.reading.score),
    evidence: [...sure.map(({ evidence }) => evidence), ...cause],
  };
}

interface Then {
  readonly at: number;
  readonly event?: RankedSegment;
  /** What the wanted sense has at that time, most of it first. */
  readonly meanwhile: readonly RankedSegment[];
}

/** The segment that says most of the event's words, and what meets it in time. */
function momentIn(
  timed: readonly RankedSegment[],
  { event, seconds }: Moment,
  kinds: readonly Reading['kind'][],
): Then | null {
  const has = (one: RankedSegment) => one.readings.some(({ kind }) => kinds.includes(kind));
  if (seconds !== undefined) {
    const meanwhile = timed.filter((one) => has(one) && isAt(one.segment, seconds));
    return meanwhile.length > 0 ? { at: seconds, meanwhile } : null;
  }
  const terms = wordsOf(event).filter((word) => !word.stop && !/^(?:hear|see|sound|film|time|moment)$/.test(word.stem));
  let best: Then | undefined;
  let bestShare = 0;
  for (const one of timed) {
    const said = new Set(wordsOf(one.segment.text).map(({ stem }) => stem));
    const share = terms.filter(({ stem }) => said.has(stem)).length / Math.max(1, terms.length);
    if (share < LEAST_SHARE || share <= bestShare) continue;
    const meanwhile = timed
      .filter((other) => other !== one && other.asset.id === one.asset.id && has(other))
      .map((other) => ({ other, shared: sharedSeconds(one.segment, other.segment) }))
      .filter(({ shared }) => shared > 0)
      .toSorted((a, b) => b.shared - a.shared);
    const [most] = meanwhile;
    if (!most) continue;
    const at = timeOf(one.segment)?.startSeconds ?? 0;
    bestShare = share;
    best = {
      at,
      event: one,
      meanwhile: meanwhile.filter(({ shared }) => shared >= most.shared / 2).map(({ other }) => other),
    };
  }
  return best ?? null;
}

function isAt(segment: Segment, seconds: number): boolean {
  const time = timeOf(segment);
  // A named second is the whole of it.
  return time !== undefined && time.startSeconds < seconds + 1 && time.endSeconds > seconds;
}
