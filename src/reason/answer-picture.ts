import { isThing, type Evidence } from '../domain.ts';
import { evidenceAt } from '../retrieve/evidence.ts';
import type { RankedSegment } from '../retrieve/retrieval.ts';
import { answerColour } from './answer-colour.ts';
import type { Considered } from './consider.ts';
import { readingsOf, withArticle } from './describe.ts';
import { quoted, type Found } from './found.ts';
import { answerDrawing } from './scene/answer-drawing.ts';
import { answerRelation, type BoxedScene } from './scene/answer-relation.ts';
import { leaning } from './scene/leaning.ts';
import { isKindOf, knows, type Looker, type Sight } from './sight.ts';
import { visualQuestion } from './visual-question.ts';

/** How sure a "no" is where nothing was seen of a thing that would have a box, and of one that is only named. */
const ABSENT_BOXED = 0.7;
const ABSENT_NAMED = 0.5;
/** Of the model's own probability this much is believed: see its card for how often it is right. */
const BELIEVED = { yesNo: 0.6, choice: 0.7, words: 0.6 } as const;
/** Boxes named in an answer. */
const BOXES = 6;

/**
 * Answers what is to be seen in the picture at hand: of a flat drawing by its shapes; of a photograph how two things
 * stand by their boxes, presence and counts from what was seen in it when it was ingested, anything else by asking a
 * model that looks at it; never from other texts. Undefined for a question that a look would not answer; null where it
 * would, but nothing here can tell.
 */
export async function answerPicture(
  considered: Considered,
  sight: Sight | undefined,
): Promise<Found | null | undefined> {
  const { question, retrieval } = considered;
  const { asset, text } = retrieval.question;
  if (!sight || asset?.modality !== 'IMAGE') return undefined;
  const segments = retrieval.segments.filter((ranked) => ranked.asset.id === asset.id);
  const labels = readingsOf(segments, 'LABEL');
  const [picture] = segments.filter(({ segment }) => segment.kind === 'IMAGE');
  if (picture) {
    const choices = question.form === 'CHOICE' ? question.options : [];
    const drawn = sight.drawing && (await answerDrawing(text, choices, picture, sight.drawing));
    const things = thingsIn(labels);
    const seen =
      drawn ?? relation(text, choices, picture, things, sight) ?? (await answerColour(text, choices, things, sight));
    if (seen) return seen;
  }
  const isSeen = (word: string) => labels.some(({ reading }) => isKindOf(reading.text, word, sight));
  const asked = visualQuestion(text, question, sight.lexicon, isSeen);
  if (!asked) return undefined;
  if (!picture) return null;
  if (asked.kind === 'PRESENCE') return presence(asked.thing, picture, labels, sight);
  if (asked.kind === 'COUNT') return count(asked.thing, picture, labels, sight);
  const named = labels.filter(({ reading }) => question.terms.some((term) => isKindOf(reading.text, term.text, sight)));
  const evidence = [evidenceAt(picture, -1), ...named.slice(0, BOXES).map((one) => one.evidence)];
  if (asked.kind === 'DESCRIBE') {
    const [caption] = readingsOf(segments, 'CAPTION');
    if (caption) return told(caption.reading.text, caption.reading.score, [caption.evidence], asset.title);
  }
  return sight.looker ? ask(sight.looker, asked.kind, considered, evidence) : null;
}

type SeenReading = ReturnType<typeof readingsOf>[number];

/** What the detector found, with its boxes. */
function thingsIn(labels: readonly SeenReading[]): BoxedScene['things'] {
  return labels.flatMap(({ reading, evidence }) =>
    isThing(reading) && reading.locator.type === 'ImageRegion'
      ? [{ name: reading.text, score: reading.score, box: reading.locator, evidence }]
      : [],
  );
}

/** How two things stand to each other by the detector's boxes. */
function relation(
  text: string,
  options: readonly string[],
  picture: RankedSegment,
  things: BoxedScene['things'],
  sight: Sight,
): Found | null {
  const { locator: whole } = picture.segment;
  if (whole.type !== 'ImageRegion') return null;
  const scene: BoxedScene = { things, isNamed: ({ name }, noun) => isKindOf(name, noun, sight), picture: whole };
  return answerRelation(text, options, scene) ?? leaning(text, options, scene);
}

/** Whether it was seen; null where what looks at pictures does not know such things. */
async function presence(
  thing: string,
  picture: RankedSegment,
  labels: readonly SeenReading[],
  sight: Sight,
): Promise<Found | null> {
  const { title } = picture.asset;
  const [best, ...more] = labels.filter(({ reading }) => isKindOf(reading.text, thing, sight));
  if (best) {
    const { text, score } = best.reading;
    const why = `${withArticle(text)} is seen in ${title} (${score.toFixed(2)})`;
    return yesNo(
      true,
      why,
      0.4 + 0.6 * score,
      [best, ...more].slice(0, BOXES).map(({ evidence }) => evidence),
    );
  }
  const isBoxed = knows(sight.boxed, thing, sight);
  if (isBoxed || knows(sight.named, thing, sight)) {
    const why = `nothing of the kind is seen in ${title}`;
    return yesNo(false, why, isBoxed ? ABSENT_BOXED : ABSENT_NAMED, [evidenceAt(picture, -1)]);
  }
  if (!sight.looker) return null;
  const probability = await sight.looker.verify(`There is ${withArticle(thing)} in the picture.`);
  return judged(probability, [evidenceAt(picture, -1)], title);
}

/** Boxes of the kind, counted; null where things of the kind get no boxes. */
function count(thing: string, picture: RankedSegment, labels: readonly SeenReading[], sight: Sight): Found | null {
  const boxed = labels.filter(
    ({ reading, evidence }) =>
      isKindOf(reading.text, thing, sight) &&
      JSON.stringify(evidence.locator) !== JSON.stringify(picture.segment.locator),
  );
  // "Cat" by the detector and "Egyptian cat" by the classifier are one cat: only boxes of one model are told apart.
  const byModel = [...Map.groupBy(boxed, ({ reading }) => reading.model).values()];
  const [boxes = []] = byModel.toSorted((a, b) => b.length - a.length);
  if (boxes.length === 0 && !knows(sight.boxed, thing, sight)) return null;
  const { title } = picture.asset;
  const evidence = boxes.length > 0 ? boxes.map((box) => box.evidence) : [evidenceAt(picture, -1)];
  const scores = boxes.map(({ reading }) => reading.score);
  // Each further box may be one too many, or one that was missed.
  const confidence = boxes.length === 0 ? ABSENT_BOXED : scores.reduce((a, b) => a * (0.5 + 0.5 * b), 0.9);
  return {
    shortAnswer: String(boxes.length),
    text: `In ${title} ${boxes.length === 0 ? `no ${thing} is` : `${boxes.length} × ${thing} with a box each ${boxes.length === 1 ? 'is' : 'are'}`} seen.`,
    confidence,
    evidence,
  };
}

/** Asks the model that looks at the picture. */
async function ask(
  looker: Looker,
  kind: 'YES_NO' | 'STATEMENT' | 'CHOICE' | 'CAPTION' | 'DESCRIBE' | 'OPEN',
  { question, retrieval }: Considered,
  evidence: readonly Evidence[],
): Promise<Found | null> {
  const { text, asset } = retrieval.question;
  const title = asset?.title ?? 'the picture';
  if (kind === 'STATEMENT') return judged(await looker.verify(text), evidence, title);
  if (kind === 'YES_NO') {
    const [yes = 0, no = 0] = await looker.choose(text, ['yes', 'no']);
    return judged(yes / (yes + no || 1), evidence, title);
  }
  if (kind === 'CHOICE' || kind === 'CAPTION') {
    const { options } = question;
    const probabilities = await (kind === 'CAPTION' ? looker.fits(options) : looker.choose(text, options));
    const greatest = Math.max(...probabilities);
    const choice = question.options[probabilities.indexOf(greatest)];
    return choice === undefined ? null : told(choice, greatest * BELIEVED.choice, evidence, title);
  }
  const { text: words, score } = await looker.answer(text);
  return words === '' ? null : told(words, score * BELIEVED.words, evidence, title);
}

/** A probability near one half is a guess, which is worth nothing; from three quarters on it is believed as far as such answers were right. */
function judged(probability: number, evidence: readonly Evidence[], title: string): Found {
  const yes = probability >= 0.5;
  const likelier = yes ? probability : 1 - probability;
  const sure = Math.min(1, 4 * (likelier - 0.5));
  return yesNo(yes, `as it looks in ${title}`, BELIEVED.yesNo * sure, evidence);
}

function yesNo(yes: boolean, why: string, confidence: number, evidence: readonly Evidence[]): Found {
  return {
    shortAnswer: yes ? 'yes' : 'no',
    text: `${yes ? 'Yes' : 'No'}, ${why}.`,
    confidence: Math.min(0.95, confidence),
    evidence,
  };
}

function told(shortAnswer: string, confidence: number, evidence: readonly Evidence[], title: string): Found {
  return { shortAnswer, text: `In ${title}, as it looks: ${quoted(shortAnswer)}.`, confidence, evidence };
}
