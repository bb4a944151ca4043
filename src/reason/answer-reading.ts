import { clock } from '../time.ts';
import type { RankedSegment } from '../retrieve/retrieval.ts';
import { kindsOfHead } from './answer-types.ts';
import type { Considered } from './consider.ts';
import { readingsOf, withArticle } from './describe.ts';
import { quoted, type Found } from './found.ts';
import { wordsOf } from './words.ts';

const ASKS_WRITTEN = /\b(?:says?|said|read|reads|written|writing|words?|text|sign|inscription|title)\b/i;
const ASKS_HEARD = /\b(?:says?|said|heard|hear|spoken|speak|speaker|sounds?|recording)\b/i;
/** Sounds named in an answer. */
const SOUNDS = 3;
/** Shots of a film named in an answer. */
const SHOTS = 3;
/** What can be said of a picture without asking for anything else. */
const LOOKING =
  /^(?:show|see|depict|picture|contain|display|appear|visibl|look|thing|object|animal|kind|describ|content|film|video|clip|movie)/;

/** Answers a question about the asset's own content ("what does this picture show?") from what was read off it. Null for any other question. */
export function answerReading(considered: Considered): Found | null {
  const { question, retrieval } = considered;
  const { asset, text } = retrieval.question;
  if (!asset || question.form !== 'SPAN' || !(question.asks === 'THING' || question.asks === 'MANNER')) return null;
  const segments = retrieval.segments.filter((ranked) => ranked.asset.id === asset.id);
  const lines = readingsOf(segments, 'TEXT_LINE');
  const rest = question.terms.filter((term) => !LOOKING.test(term.stem) && term.stem !== question.head);
  const speech = readingsOf(segments, 'TRANSCRIPT');
  // A sign says what is written on it; a film, what is spoken in it.
  const isSpoken = speech.length > 0 && ASKS_HEARD.test(text) && rest.every((term) => ASKS_HEARD.test(term.text));
  if (lines.length > 0 && !isSpoken && ASKS_WRITTEN.test(text) && rest.every((term) => ASKS_WRITTEN.test(term.text))) {
    const said = lines.map(({ reading }) => reading.text).join(' ');
    return {
      shortAnswer: said,
      text: `In ${asset.title} is written ${quoted(said)}.`,
      confidence: mean(lines.map(({ reading }) => reading.score)),
      evidence: lines.map(({ evidence }) => evidence),
    };
  }
  if (isSpoken) {
    const said = speech
      .toSorted((a, b) => start(a) - start(b))
      .map(({ reading }) => reading.text.trim())
      .join(' ');
    return {
      shortAnswer: said,
      text: `${asset.title} says ${quoted(said, 400)}.`,
      confidence: mean(speech.map(({ reading }) => reading.score)),
      evidence: speech.map(({ evidence }) => evidence),
    };
  }
  const sounds = answerSounds(segments, asset.title);
  if (sounds && ASKS_HEARD.test(text) && rest.every((term) => ASKS_HEARD.test(term.text))) return sounds;
  const labels = readingsOf(segments, 'LABEL');
  if (labels.length === 0 || rest.length > 0) return null;
  if (asset.modality === 'VIDEO' && question.head === undefined) return answerShots(labels, asset.title);
  const wanted = question.head !== undefined && !LOOKING.test(question.head) ? question.head : undefined;
  const best =
    (wanted === undefined
      ? undefined
      : labels.find(({ reading }) => kindsAbove(reading.text, considered).has(wanted))) ?? labels[0];
  if (
    !best ||
    (wanted !== undefined &&
      kindsOfHead(wanted).length > 0 &&
      best === labels[0] &&
      !kindsAbove(best.reading.text, considered).has(wanted))
  )
    return null;
  const { reading, evidence } = best;
  return {
    shortAnswer: reading.text,
    text: `The picture ${asset.title} shows ${withArticle(reading.text)} (${reading.score.toFixed(2)}).`,
    confidence: Math.min(0.95, 0.4 + reading.score * 0.6),
    evidence: [evidence],
  };
}

/** What the shots of a film show: the surest thing of each of the three surest, in order of time. */
function answerShots(labels: ReturnType<typeof readingsOf>, title: string): Found | null {
  const surest = [...Map.groupBy(labels, ({ evidence }) => evidence.segment.id).values()].flatMap(([one]) => one ?? []);
  const told = [...new Map(surest.toReversed().map((one) => [one.reading.text, one])).values()]
    .toSorted((a, b) => b.reading.score - a.reading.score)
    .slice(0, SHOTS)
    .toSorted((a, b) => start(a) - start(b));
  const shown = told.map(({ reading }) => reading.text).join(', ');
  return {
    shortAnswer: shown,
    text: `${title} shows ${told.map(({ reading }) => `${withArticle(reading.text)} at ${clock(start({ reading }))}`).join(', ')}.`,
    confidence: Math.min(0.95, 0.4 + 0.6 * mean(told.map(({ reading }) => reading.score))),
    evidence: told.map(({ evidence }) => evidence),
  };
}

/** What a recording without words sounds like: its strongest labels, each at its time. Null where nothing was made out. */
function answerSounds(segments: readonly RankedSegment[], title: string): Found | null {
  const strongest = [
    ...new Map(
      readingsOf(segments, 'SOUND_EVENT')
        .toReversed()
        .map((found) => [found.reading.text, found]),
    ).values(),
  ]
    .toSorted((a, b) => b.reading.score - a.reading.score)
    .slice(0, SOUNDS);
  if (strongest.length === 0) return null;
  const heard = strongest.map(({ reading }) => reading.text).join(', ');
  return {
    shortAnswer: heard,
    text: `In ${title} one hears ${quoted(heard)}.`,
    confidence: mean(strongest.map(({ reading }) => reading.score)),
    evidence: strongest.map(({ evidence }) => evidence),
  };
}

/** Stems of the kinds a label is, by the graph's IS_A edges. */
function kindsAbove(label: string, { retrieval }: Considered): Set<string> {
  const kinds = new Set(wordsOf(label).map((word) => word.stem));
  let names = [...retrieval.nodes.values()]
    .filter((node) => node.label === 'Entity' && node.caption.toLowerCase() === label.toLowerCase())
    .map((node) => node.id);
  for (let level = 0; level < 6 && names.length > 0; level += 1) {
    names = retrieval.edges.filter((edge) => edge.type === 'IS_A' && names.includes(edge.from)).map((edge) => edge.to);
    for (const id of names) for (const word of wordsOf(retrieval.nodes.get(id)?.caption ?? '')) kinds.add(word.stem);
  }
  return kinds;
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
}

function start({ reading }: { reading: { locator: { type: string } } }): number {
  return 'startSeconds' in reading.locator ? Number(reading.locator.startSeconds) : 0;
}
