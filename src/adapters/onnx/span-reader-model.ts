import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { PassageReading, ReadSpan, ReadVerdict } from '../../ports/span-reader.ts';
import { Batcher } from './batcher.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';
import { softmax } from './softmax.ts';
import { bestSpans } from './span-scores.ts';
import { WordPiece } from './word-piece.ts';

export interface SpanRequest {
  readonly question: string;
  readonly passages: readonly string[];
}

/** Tokens of a question and its window of the passage; the model was taught with up to 320 and has places for 512. */
const WINDOW = 384;
const QUESTION = 112;
/** Tokens that neighbouring windows share, so that no answer is cut. */
const SHARED = 96;
/** Padded tokens of one batch for each thread. */
const BATCH_TOKENS = 512;
const PADDING = 8;
/** A passage is read up to here. */
const LONGEST_PASSAGE = 4096;

/** A part of a passage, with the question before it. */
interface Window {
  readonly ids: readonly number[];
  /** Tokens before the passage's first. */
  readonly lead: number;
  /** UTF-16 ranges in the passage of its tokens. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** The reader inside its thread: windows of all passages share batches. */
export async function openSpanReaderModel(start: ModelStart): Promise<Model> {
  const { session, device } = await openSession(start, 'model.onnx');
  const tokenizer = await WordPiece.load(join(start.folder, 'tokenizer.json'));
  const batcher = new Batcher<Window, PassageReading>({
    budget: BATCH_TOKENS * (start.threads || availableParallelism()),
    padding: PADDING,
    sizeOf: ({ ids }) => ids.length,
    run: (windows) => score(session, windows),
  });
  return {
    device,
    async run(call, payload) {
      const { question, passages } = payload as SpanRequest;
      const asked = tokenizer.encode(question, QUESTION).ids;
      const windows = passages.map((passage) => windowsOf(asked, passage, tokenizer));
      const read = await batcher.add({ call, caller: call }, windows.flat());
      let at = 0;
      return windows.map((own) => joined(read.slice(at, (at += own.length))));
    },
    cancel: (call) => batcher.cancel(call),
  };
}

function windowsOf(asked: readonly number[], passage: string, tokenizer: WordPiece): Window[] {
  const tokens = tokenizer.encode(passage, LONGEST_PASSAGE);
  const end = tokens.ids.length - 1;
  const separator = tokens.ids[end] ?? 0;
  const room = WINDOW - asked.length - 1;
  const windows: Window[] = [];
  for (let from = 1; from < end; from += room - SHARED) {
    const to = Math.min(end, from + room);
    windows.push({
      ids: [...asked, ...tokens.ids.slice(from, to), separator],
      lead: asked.length,
      starts: tokens.starts.slice(from, to),
      ends: tokens.ends.slice(from, to),
    });
    if (to === end) break;
  }
  return windows;
}

/** Windows of one passage as one reading: the best spans of any; it is absent only where every window says so, and judged by the one that says most. */
function joined(readings: readonly PassageReading[]): PassageReading {
  const spans = readings.flatMap((one) => one.spans).toSorted((a, b) => b.score - a.score);
  const once: ReadSpan[] = [];
  for (const span of spans)
    if (!once.some((other) => other.start === span.start && other.end === span.end)) once.push(span);
  const [verdict] = readings
    .flatMap((one) => one.verdict ?? [])
    .toSorted((a, b) => a.unsaid - b.unsaid || b.yes - a.yes);
  return { spans: once, absent: Math.min(...readings.map(({ absent }) => absent)), ...(verdict ? { verdict } : {}) };
}

async function score(session: InferenceSession, windows: readonly Window[]): Promise<PassageReading[]> {
  const length = Math.max(...windows.map(({ ids }) => ids.length));
  const [ids, mask, types] = [0, 1, 2].map(() => new BigInt64Array(windows.length * length)) as [
    BigInt64Array,
    BigInt64Array,
    BigInt64Array,
  ];
  for (const [row, window] of windows.entries()) {
    const at = row * length;
    for (const [column, id] of window.ids.entries()) ids[at + column] = BigInt(id);
    mask.fill(1n, at, at + window.ids.length);
    types.fill(1n, at + window.lead, at + window.ids.length);
  }
  const shape = [windows.length, length];
  const output = await session.run({
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
    token_type_ids: new Tensor('int64', types, shape),
  });
  const starts = output['start_logits']?.data as Float32Array;
  const ends = output['end_logits']?.data as Float32Array;
  const verdicts = output['verdict_logits']?.data as Float32Array | undefined;
  return windows.map((window, row) => {
    const [from, to] = [row * length + window.lead, row * length + window.ids.length - 1];
    return {
      spans: bestSpans(starts.subarray(from, to), ends.subarray(from, to)).map(({ first, last, score: own }) => ({
        start: window.starts[first] ?? 0,
        end: window.ends[last] ?? 0,
        score: own,
      })),
      absent: (starts[row * length] ?? 0) + (ends[row * length] ?? 0),
      ...(verdicts ? { verdict: verdictOf(verdicts.subarray(3 * row, 3 * row + 3)) } : {}),
    };
  });
}

/** Scores of yes, no and neither as probabilities. */
function verdictOf(scores: Float32Array): ReadVerdict {
  const [yes = 0, no = 0, unsaid = 0] = softmax(scores);
  return { yes, no, unsaid };
}
