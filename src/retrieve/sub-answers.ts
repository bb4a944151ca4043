import type { Segment, SegmentKind } from '../domain.ts';
import type { SpanReader } from '../ports/span-reader.ts';
import { titleName } from '../title.ts';
import { wordsOf, type Passage } from './passages.ts';

/** Who or what a question in the question asks for ("the town where *the builder of the bell* was born"), as the reader finds it in a passage. */
export interface SubAnswer {
  readonly segmentId: string;
  /** UTF-16 range in the segment's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The sentence that says it. */
  readonly sentence: string;
  /** Score over that of "not here", as a probability. */
  readonly sure: number;
  /** What had to be found before this. */
  readonly after?: SubAnswer;
}

/** The reader was taught with this before a question that asks for what has to be found first (training/reading/composed.py). */
const FIRST_STEP = 'first step: ';
/** Passages that are read: each costs 5 to 20 ms on two cores. */
const PASSAGES = 8;
/** … and those that are read for the step after that. */
const NEXT_PASSAGES = 6;
/** Spans of a passage that are kept. */
const SPANS = 2;
/** Characters of a title that are the text's own first words. */
const OWN_WORDS = 20;
/** Below this nothing was found. */
const LEAST = 0.05;
/** A sub-answer that is less sure leads to no other. */
const LEADS = 0.3;
/** Scores are sums of two logits: flattened to the slope at which they tell right from wrong. */
const SLOPE = 3;

/** A reader's score by how much it is over that of "not here", as a probability. */
export function sureness(margin: number): number {
  return 1 / (1 + Math.exp(-margin / SLOPE));
}

/** Labels of pictures and names of sounds are no sentences to read. */
export function isRead(kind: SegmentKind): boolean {
  return kind === 'PASSAGE' || kind === 'SPEECH' || kind === 'TEXT_LINE';
}

type Titled = Pick<Passage, 'segment' | 'title'>;

/**
 * What has to be found before the question can be answered, in the first of `passages` that have sentences, best first,
 * and then what that leads to, in the first of `among` that name it.
 */
export async function findSubAnswers(
  question: string,
  passages: readonly Titled[],
  among: readonly Titled[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<SubAnswer[]> {
  const found = await firstSteps(question, passages, reader, signal);
  return [...found, ...(await nextSteps(question, among, found, reader, signal))];
}

async function firstSteps(
  question: string,
  passages: readonly Titled[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<SubAnswer[]> {
  const texts = passages.filter(({ segment }) => isRead(segment.kind)).slice(0, PASSAGES);
  return read(
    question,
    texts.map(({ title, segment }) => ({ lead: leadOf(title, segment.text), segment })),
    reader,
    signal,
  );
}

/**
 * Questions of three steps: reads the first of the passages that name what was found, each behind the sentence that says
 * it, for what has to be found next. Of two steps the reader finds nothing more there.
 */
async function nextSteps(
  question: string,
  passages: readonly Titled[],
  found: readonly SubAnswer[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<SubAnswer[]> {
  const behind = behindWhatLeads(passages, found);
  if (behind.length === 0) return [];
  const next = await read(question, behind.slice(0, NEXT_PASSAGES), reader, signal);
  return next.filter(({ text, after }) => nameOf(text) !== nameOf(after?.text ?? ''));
}

/** Those of the passages that name something found in another, each behind the sentences that lead there; the surest leads. */
export function behindWhatLeads(passages: readonly Titled[], found: readonly SubAnswer[]): Required<Read>[] {
  const leading = found
    .filter(({ sure }) => sure >= LEADS)
    // Of three steps the second leads on; of two the reader is not sure of a second.
    .toSorted((a, b) => Number(b.after !== undefined) - Number(a.after !== undefined) || b.sure - a.sure)
    .map((answer) => ({ answer, name: nameOf(answer.text) }))
    .filter(({ name }) => name.length > 2);
  if (leading.length === 0) return [];
  return passages.flatMap(({ title, segment }) => {
    if (!isRead(segment.kind)) return [];
    const said = ` ${plain(`${title} ${segment.text}`)} `;
    const after = leading.find(({ answer, name }) => !isOf(answer, segment.id) && said.includes(` ${name} `))?.answer;
    return after ? [{ lead: `${sentencesOf(after)} ${leadOf(title, segment.text)}`, segment, after }] : [];
  });
}

/** Whether the segment says it or what led there. */
function isOf({ segmentId, after }: SubAnswer, id: string): boolean {
  return segmentId === id || (after !== undefined && isOf(after, id));
}

function sentencesOf({ sentence, after }: SubAnswer): string {
  return after ? `${sentencesOf(after)} ${sentence}` : sentence;
}

/** A text without a title of its own is called by its first words, which are read anyway. */
export function leadOf(title: string, text: string): string {
  const name = titleName(title);
  const isOwn = text.toLowerCase().startsWith(name.toLowerCase().slice(0, OWN_WORDS));
  return isOwn ? '' : `${name}: `;
}

const ARTICLE = /^(?:the|a|an) /;

/** A name as names are compared in texts: its words, without an article. */
export function nameOf(text: string): string {
  return plain(text).replace(ARTICLE, '');
}

/** Words as names are compared: without accents and "'s". */
export function plain(text: string): string {
  return wordsOf(
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/['’]s\b/gu, ''),
  ).join(' ');
}

/** The sentence of a segment at a place, or all of it where it has none. */
function sentenceAt({ text, sentences }: Segment, at: number): string {
  const own = sentences.find(({ start, end }) => start <= at && at < end);
  return text.slice(own?.start ?? 0, own?.end ?? text.length);
}

interface Read {
  /** What is read before it: sentences that led there, and its title. */
  readonly lead: string;
  readonly segment: Segment;
  readonly after?: SubAnswer;
}

async function read(
  question: string,
  texts: readonly Read[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<SubAnswer[]> {
  const readings = await reader.read(
    FIRST_STEP + question,
    texts.map(({ lead, segment }) => lead + segment.text),
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
