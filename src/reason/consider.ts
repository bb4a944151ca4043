import type { Extraction, Extractor } from '../ports/extractor.ts';
import type { Retrieval } from '../retrieve/retrieval.ts';
import { findChains, type Chain } from './chain.ts';
import { readFacts, type Fact } from './facts.ts';
import type { ReadFacts } from './read.ts';
import { analyseQuestion, type QuestionAnalysis } from './question-type.ts';
import { termKeys, type TermKeys } from './term-keys.ts';
import type { Word } from './words.ts';

/** The question and the facts at hand, made ready for every way of answering. */
export interface Considered {
  readonly retrieval: Retrieval;
  readonly question: QuestionAnalysis;
  readonly facts: readonly Fact[];
  readonly keys: TermKeys;
  readonly chains: ReadonlyMap<Fact, Chain>;
  readonly extractions: ReadonlyMap<string, Extraction>;
  readonly weightOf: (term: Word) => number;
  /** What a reader found in the facts. */
  readonly read?: ReadFacts;
}

/** Reads the question and the best segments closely, and joins facts into chains. */
export function consider(retrieval: Retrieval, extractor: Extractor, choices: readonly string[] = []): Considered {
  const question = analyseQuestion(retrieval.question.text, choices);
  const { facts, extractions, weightOf } = readFacts(retrieval, question, extractor);
  const keys = termKeys(question, retrieval, facts);
  const chains = findChains(facts, question, keys, weightOf);
  return { retrieval, question, facts, keys, chains, extractions, weightOf };
}
