import { clock } from '../time.ts';
import type { Considered } from './consider.ts';
import { readingsOf } from './describe.ts';
import { quoted, type Found } from './found.ts';
import { stemsOf } from '../word-forms.ts';
import { wordsOf } from './words.ts';

/** "When is …", "at what time does …": the present asks for a moment of the recording, the past for a date that it tells of. */
const ASKS = /^(?:when|at (?:what|which) (?:time|moment|point|second))\s+(?:is|are|does|do|can)\b/i;
/** Words that ask for a sense, and for nothing that is said there. */
const SENSES = stemsOf(
  'see show look appear hear sound say said speak mention name tell talk film video clip movie recording audio time moment second',
);
const KINDS = ['TRANSCRIPT', 'SOUND_EVENT', 'LABEL', 'TEXT_LINE'] as const;
/** Of the question's words, this share must be said there. */
const LEAST_SHARE = 0.6;

/**
 * Answers when something is said, heard or seen in the recording or film at hand, with the time as evidence. Null for any
 * other question, and where nothing in it says most of the question's words.
 */
export function answerWhen({ retrieval, question }: Considered): Found | null {
  const { asset, text } = retrieval.question;
  if (!asset || (asset.modality !== 'AUDIO' && asset.modality !== 'VIDEO') || !ASKS.test(text.trim())) return null;
  const terms = question.terms.filter((term) => !SENSES.has(term.stem));
  if (terms.length === 0) return null;
  const own = retrieval.segments.filter((ranked) => ranked.asset.id === asset.id);
  const [best] = KINDS.flatMap((kind) => readingsOf(own, kind))
    .flatMap(({ reading, evidence }) => {
      const { locator } = reading;
      if (locator.type !== 'TimeSpan' && locator.type !== 'VideoSpan') return [];
      const said = new Set(wordsOf(reading.text).flatMap(({ keys }) => keys));
      const share = terms.filter(({ keys }) => keys.some((key) => said.has(key))).length / terms.length;
      return share >= LEAST_SHARE ? [{ reading, evidence, locator, share }] : [];
    })
    .toSorted((a, b) => b.share - a.share || b.reading.score - a.reading.score);
  if (!best) return null;
  const { reading, evidence, locator, share } = best;
  const time = `${clock(locator.startSeconds)}–${clock(locator.endSeconds)}`;
  return {
    shortAnswer: time,
    text: `At ${time} of ${asset.title}: ${quoted(reading.text)}.`,
    confidence: Math.min(0.95, share * (0.4 + 0.6 * reading.score)),
    evidence: [evidence],
  };
}
