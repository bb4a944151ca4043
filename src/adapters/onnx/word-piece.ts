import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const TokenizerFile = z.object({
  model: z.object({ type: z.literal('WordPiece'), vocab: z.record(z.string(), z.number()) }),
});

export interface Tokens {
  /** With [CLS] first and [SEP] last. */
  readonly ids: number[];
  /** UTF-16 range in the text of each token; −1 for the special ones. */
  readonly starts: number[];
  readonly ends: number[];
}

const LONGEST_WORD = 100;

/**
 * BERT's uncased WordPiece with character offsets, which the tokenizer of @huggingface/transformers does not give:
 * BertNormalizer (clean, lower-case, strip accents, space around CJK), split at white space and punctuation, then
 * greedy longest match (Wu et al. 2016; same rules as Hugging Face tokenizers).
 */
export class WordPiece {
  readonly #vocab: ReadonlyMap<string, number>;
  readonly #cls: number;
  readonly #sep: number;
  readonly #unknown: number;

  private constructor(vocab: ReadonlyMap<string, number>) {
    this.#vocab = vocab;
    this.#cls = vocab.get('[CLS]') ?? 101;
    this.#sep = vocab.get('[SEP]') ?? 102;
    this.#unknown = vocab.get('[UNK]') ?? 100;
  }

  static async load(path: string): Promise<WordPiece> {
    const { model } = TokenizerFile.parse(JSON.parse(await readFile(path, 'utf8')));
    return new WordPiece(new Map(Object.entries(model.vocab)));
  }

  /** At most `limit` tokens, the special ones included. */
  encode(text: string, limit: number): Tokens {
    const tokens: Tokens = { ids: [this.#cls], starts: [-1], ends: [-1] };
    for (const word of words(text)) {
      if (tokens.ids.length >= limit - 1) break;
      this.#pieces(word, tokens);
    }
    for (const list of [tokens.ids, tokens.starts, tokens.ends]) list.length = Math.min(list.length, limit - 1);
    tokens.ids.push(this.#sep);
    tokens.starts.push(-1);
    tokens.ends.push(-1);
    return tokens;
  }

  #pieces({ chars, starts, ends }: Word, tokens: Tokens): void {
    const found: [id: number, from: number, to: number][] = [];
    let from = 0;
    while (from < chars.length && chars.length <= LONGEST_WORD) {
      let to = chars.length;
      let id: number | undefined;
      for (; to > from; to--) {
        id = this.#vocab.get((from > 0 ? '##' : '') + chars.slice(from, to).join(''));
        if (id !== undefined) break;
      }
      if (id === undefined) break;
      found.push([id, from, to]);
      from = to;
    }
    // A word with an unknown part is unknown as a whole.
    if (from < chars.length) found.splice(0, found.length, [this.#unknown, 0, chars.length]);
    for (const [id, a, b] of found) {
      tokens.ids.push(id);
      tokens.starts.push(starts[a] ?? 0);
      tokens.ends.push(ends[b - 1] ?? 0);
    }
  }
}

/** Normalised code points of a word, with the range in the text that each comes from. */
interface Word {
  readonly chars: string[];
  readonly starts: number[];
  readonly ends: number[];
}

const SPACE = /^[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/u;
const OTHER = /^[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u{fffd}]$/u;
const PUNCTUATION = /^[\p{P}$+<=>^`|~]$/u;
const CJK =
  /^[\u{4e00}-\u{9fff}\u{3400}-\u{4dbf}\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{f900}-\u{faff}\u{2f800}-\u{2fa1f}]$/u;
const PLAIN = /^[a-z0-9]$/;

function* words(text: string): Generator<Word> {
  let word: Word = { chars: [], starts: [], ends: [] };
  let at = 0;
  for (const char of text) {
    const start = at;
    at += char.length;
    if (PLAIN.test(char)) {
      push(word, char, start, at);
      continue;
    }
    const space = SPACE.test(char);
    if (!space && OTHER.test(char)) continue;
    if (space || CJK.test(char)) {
      if (word.chars.length > 0) yield word;
      word = { chars: [], starts: [], ends: [] };
      if (!space) yield { chars: [char.normalize('NFD')], starts: [start], ends: [at] };
      continue;
    }
    for (const part of char
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase()) {
      if (!PUNCTUATION.test(part)) {
        push(word, part, start, at);
        continue;
      }
      if (word.chars.length > 0) yield word;
      word = { chars: [], starts: [], ends: [] };
      yield { chars: [part], starts: [start], ends: [at] };
    }
  }
  if (word.chars.length > 0) yield word;
}

function push(word: Word, char: string, start: number, end: number): void {
  word.chars.push(char);
  word.starts.push(start);
  word.ends.push(end);
}
