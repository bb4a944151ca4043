import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as XGrammar from '@mlc-ai/web-xgrammar';
import type { PickToken } from './write.ts';

/**
 * XGrammar (arXiv 2411.15100) as WebAssembly. The package is a script of the CommonJS kind in a folder that says it is
 * an ES module, which Node can load neither way: its file is run here as the CommonJS module that it is.
 */
function loadXGrammar(): typeof XGrammar {
  const path = fileURLToPath(import.meta.resolve('@mlc-ai/web-xgrammar'));
  const module = { exports: {} };
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is that of a pinned dependency, nothing else
  const run = new Function('module', 'exports', 'require', '__filename', readFileSync(path, 'utf8')) as (
    ...given: unknown[]
  ) => void;
  run(module, module.exports, createRequire(path), path);
  return module.exports as typeof XGrammar;
}

/** A string that goes on for this many tokens is closed: a small model rarely finds an end by itself. */
const MOST_STRING_TOKENS = 48;

/** Keywords whose bounds would blow the grammar up (seconds to compile); the schema's own parser holds to them afterwards. */
const LEFT_OUT = new Set(['$schema', 'description', 'maxLength', 'minLength']);

/** The schema without what the grammar need not know. */
export function leanSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(leanSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => (LEFT_OUT.has(key) ? [] : [[key, leanSchema(value)]])),
  );
}

/** Tokens that keep a text within a JSON schema. */
export class JsonGrammar {
  readonly #compiler: XGrammar.GrammarCompiler;
  readonly #xgrammar: typeof XGrammar;
  readonly #vocabulary: readonly string[];

  private constructor(xgrammar: typeof XGrammar, compiler: XGrammar.GrammarCompiler, vocabulary: readonly string[]) {
    this.#xgrammar = xgrammar;
    this.#compiler = compiler;
    this.#vocabulary = vocabulary;
  }

  /** `vocabulary`: each token as the byte-level tokeniser writes it, by its number. */
  static async open(vocabulary: readonly string[], end: number): Promise<JsonGrammar> {
    const xgrammar = loadXGrammar();
    const tokens = await xgrammar.TokenizerInfo.createTokenizerInfo(
      [...vocabulary],
      'byte_level',
      false,
      vocabulary.length,
      [end],
    );
    return new JsonGrammar(xgrammar, await xgrammar.GrammarCompiler.createGrammarCompiler(tokens), vocabulary);
  }

  /** Runs `work` with a picker that lets `choose` choose among the tokens that the schema allows, on one line; it writes one text. */
  async within<T>(schema: unknown, choose: PickToken, work: (pick: PickToken) => Promise<T>): Promise<T> {
    const lean = JSON.stringify(leanSchema(schema));
    const compiled = await this.#compiler.compileJSONSchema(lean, false, -1, [', ', ': '], true);
    const matcher = await this.#xgrammar.GrammarMatcher.createGrammarMatcher(compiled);
    try {
      return await work(this.#picker(matcher, choose));
    } finally {
      // What WebAssembly holds is not collected.
      matcher.dispose();
      compiled.dispose();
    }
  }

  #picker(matcher: XGrammar.GrammarMatcher, choose: PickToken): PickToken {
    const open = new OpenString();
    return async (logs) => {
      const allowed = await matcher.getNextTokenBitmask();
      const isAllowed = (token: number) => ((allowed[token >> 5] ?? 0) >>> (token & 31)) & 1;
      const only = (wanted: (token: number) => unknown) =>
        logs.map((log, token) => (isAllowed(token) && wanted(token) ? log : -Infinity));
      const closing =
        open.tokens < MOST_STRING_TOKENS ? undefined : only((token) => this.#vocabulary[token]?.startsWith('"'));
      const canClose = closing?.some((log) => log > -Infinity);
      const token = await choose(closing && canClose ? closing : only(() => true));
      matcher.acceptToken(token);
      open.read(this.#vocabulary[token] ?? '');
      return token;
    };
  }
}

/** Follows JSON token by token: how many tokens the string that is open has by now; 0 outside of one. */
export class OpenString {
  tokens = 0;
  #isOpen = false;
  #isEscaped = false;

  read(token: string): void {
    let count = this.#isOpen ? this.tokens + 1 : 0;
    for (const character of token) {
      const isQuote = character === '"' && !this.#isEscaped;
      this.#isEscaped = character === '\\' && !this.#isEscaped;
      if (!isQuote) continue;
      this.#isOpen = !this.#isOpen;
      count = 0;
    }
    this.tokens = count;
  }
}
