import type { Segment, SegmentKind } from '../domain.ts';
import type { SpanReader } from '../ports/span-reader.ts';
import { titleName } from '../title.ts';
import { nameOf, plain } from './name-of.ts';
import { isLeading, isNamed, isOf, leftBy, stepsTo, type SubAnswer } from './sub-answer.ts';
import type { Passage } from './passages.ts';
import { putInPlace } from './put-in-place.ts';
import { readEach, sureness } from './read-each.ts';

/** The reader was taught with this before a question that asks for what has to be found first (training/reading/composed.py). */
const FIRST_STEP = 'first step: ';
/** Passages that are read: each costs 5 to 20 ms on two cores. */
const PASSAGES = 8;
/** … and those that are read for the step after that. */
const NEXT_PASSAGES = 6;
/** What has to be found first is asked for at most so many times: for questions of four steps. */
const STEPS = 3;
/** Spans of a passage that are kept. */
const SPANS = 2;
/** Characters of a title that are the text's own first words. */
const OWN_WORDS = 20;
/** Below this nothing was found. */
const LEAST = 0.05;
/** Labels of pictures and names of sounds are no sentences to read. */
export function isRead(kind: SegmentKind): boolean {
  return kind === 'PASSAGE' || kind === 'SPEECH' || kind === 'TEXT_LINE';
}

type Titled = Pick<Passage, 'segment' | 'title'>;

/**
 * What has to be found before the question can be answered, in the first of `passages` that have sentences, best first,
 * and then, step by step, what that leads to, in the first of `among` that name it.
 */
export async function findSubAnswers(
  question: string,
  passages: readonly Titled[],
  among: readonly Titled[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<SubAnswer[]> {
  const found: SubAnswer[] = [];
  let latest = await firstSteps(question, passages, reader, signal);
  for (let step = 1; latest.length > 0; step += 1) {
    latest = (await putInPlace(question, latest, reader, signal)).filter(leavesLess);
    found.push(...latest);
    if (step === STEPS) break;
    latest = await nextSteps(question, among, latest, reader, signal);
  }
  return found;
}

/** What stands for nothing in the question that was left before is what that question asks for, and leads nowhere. */
function leavesLess({ standsForNothing, after }: SubAnswer): boolean {
  return !standsForNothing || after?.asks === undefined;
}

async function firstSteps(
  question: string,
  passages: readonly Titled[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<SubAnswer[]> {
  const texts = passages.filter(({ segment }) => isRead(segment.kind)).slice(0, PASSAGES);
  return read(
    texts.map(({ title, segment }) => ({ asked: question, lead: leadOf(title, segment.text), segment })),
    reader,
    signal,
  );
}

/**
 * Questions of three steps and more: reads the first of the passages that name what was found for what has to be found next. Of two steps the reader finds nothing more there.
 */
async function nextSteps(
  question: string,
  passages: readonly Titled[],
  found: readonly SubAnswer[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<SubAnswer[]> {
  const behind = behindWhatLeads(question, passages, found);
  if (behind.length === 0) return [];
  const next = await read(behind.slice(0, NEXT_PASSAGES), reader, signal);
  return next.filter(({ text, after }) => !isNamed(nameOf(text), after));
}

/**
 * Those of the passages that name something found in another, in their order: each with the question that this leaves,
 * or, where nothing in the question stands for it, behind the sentences that led there since something did.
 */
export function behindWhatLeads(question: string, passages: readonly Titled[], found: readonly SubAnswer[]): Led[] {
  const leading = found
    .filter(isLeading)
    // Of three steps the second leads on; of two the reader is not sure of a second.
    .toSorted((a, b) => stepsTo(b) - stepsTo(a) || b.sure - a.sure)
    .map((answer) => ({ answer, name: nameOf(answer.text) }));
  if (leading.length === 0) return [];
  return passages.flatMap(({ title, segment }) => {
    if (!isRead(segment.kind)) return [];
    const words = ` ${plain(`${title} ${segment.text}`)} `;
    const after = leading.find(({ answer, name }) => !isOf(answer, segment.id) && words.includes(` ${name} `))?.answer;
    if (!after) return [];
    const { asked, said, trust } = leftBy(after, question);
    return [{ asked, lead: said + leadOf(title, segment.text), segment, after, trust }];
  });
}

/** A text without a title of its own is called by its first words, which are read anyway. */
export function leadOf(title: string, text: string): string {
  const name = titleName(title);
  const isOwn = text.toLowerCase().startsWith(name.toLowerCase().slice(0, OWN_WORDS));
  return isOwn ? '' : `${name}: `;
}

/** The sentence of a segment at a place, or all of it where it has none. */
function sentenceAt({ text, sentences }: Segment, at: number): string {
  const own = sentences.find(({ start, end }) => start <= at && at < end);
  return text.slice(own?.start ?? 0, own?.end ?? text.length);
}

interface Read {
  readonly asked: string;
  /** What is read before it: sentences that led there, and its title. */
  readonly lead: string;
  readonly segment: Segment;
  readonly after?: SubAnswer;
}

interface Led extends Required<Read> {
  /** How sure what was put into the question is, 0…1; 1 for the question itself. */
  readonly trust: number;
}

async function read(texts: readonly Read[], reader: SpanReader, signal?: AbortSignal): Promise<SubAnswer[]> {
  const readings = await readEach(
    reader,
    texts.map(({ asked, lead, segment }) => ({ asked: FIRST_STEP + asked, lead, text: segment.text })),
    signal,
  );
  return texts.flatMap(({ lead, segment, after }, i) => {
    const { spans = [], absent = 0 } = readings[i] ?? {};
    return spans
      .map((span) => {
        const [start, end] = [span.start - lead.length, span.end - lead.length];
        const text = segment.text.slice(Math.max(0, start), Math.max(0, end));
        const sure = sureness(span.score - absent);
        const sentence = sentenceAt(segment, start);
        return { segmentId: segment.id, start, end, text, sentence, sure, ...(after ? { after } : {}) };
      })
      .filter(({ start, text, sure }) => start >= 0 && text !== '' && sure >= LEAST)
      .slice(0, SPANS);
  });
}
