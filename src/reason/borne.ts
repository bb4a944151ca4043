import type { Claim, Evidence } from '../domain.ts';
import { givesOrders } from './gives-orders.ts';
import type { Cited } from './prompts/evidence-block.ts';
import type { QuestionAnalysis } from './question-type.ts';
import { normalName, wordsOf } from './words.ts';

const YES_NO = /^(?:yes|no)$/;
const NUMBER = /^(?:\d.*|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|none)$/i;
const LINK = /\b(?:https?|ftp|data|javascript):[^\s)\]]*|\bwww\.[^\s)\]]+|!?\[[^\]]*\]\([^)]*\)/giu;
/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

/** What is cited of what was given, each once, less what stands in a text that gives orders to its reader: it bears nothing. */
export function citedOf(ids: readonly string[], byId: ReadonlyMap<string, Evidence>): Evidence[] {
  const evidence = [...new Set(ids.map((id) => id.trim()))].flatMap((id) => byId.get(id) ?? []);
  return evidence.filter(({ segment, quote }) => !givesOrders(segment.text) && !givesOrders(quote));
}

/** A sentence of a model as a claim; undefined where it cites nothing that was given, or what it cites does not bear it. */
export function borneClaim(
  { text, evidence: ids }: Cited,
  byId: ReadonlyMap<string, Evidence>,
  question: QuestionAnalysis,
): Claim | undefined {
  const evidence = citedOf(ids, byId);
  return evidence.length > 0 && isBorneText(text, evidence, question) ? { text, evidence } : undefined;
}

/** Whether half of a sentence's words or more are those of what it cites and of the question, and it leads to no link of its own. */
export function isBorneText(text: string, evidence: readonly Evidence[], question: QuestionAnalysis): boolean {
  if (text.trim() === '' || hasOwnLink(text, evidence)) return false;
  return UNSPACED.test(text) || shareBorne(text, evidence, question) >= 0.5;
}

/** Whether the evidence says the answer in the same words. */
export function stands(shortAnswer: string, evidence: readonly Evidence[]): boolean {
  const said = normalName(shortAnswer);
  return said !== '' && evidence.some(({ quote }) => ` ${normalName(quote)} `.includes(` ${said} `));
}

/**
 * Whether the evidence bears a short answer: it is one of the question's options, a yes or no to a question of that form, a
 * number (it may have been counted), or half of its words or more stand in what is cited.
 */
export function isBorneAnswer(shortAnswer: string, evidence: readonly Evidence[], question: QuestionAnalysis): boolean {
  const said = normalName(shortAnswer);
  if (said === '') return false;
  if (question.options.some((option) => normalName(option) === said)) return true;
  if (question.form === 'YES_NO' && YES_NO.test(said)) return true;
  // Also where words can't be told apart.
  if (evidence.some(({ quote, asset }) => normalName(`${quote} ${asset.title}`).includes(said))) return true;
  const words = wordsOf(shortAnswer);
  if (words.length > 0 && words.every((word) => word.stop || NUMBER.test(word.text))) return true;
  return shareBorne(shortAnswer, evidence) >= 0.5;
}

/** Share of the words that carry content that stand in the evidence, its titles or the question; numbers count for nothing. */
function shareBorne(text: string, evidence: readonly Evidence[], question?: QuestionAnalysis): number {
  const words = wordsOf(text).filter((word) => !word.stop && !NUMBER.test(word.text));
  const given = evidence.flatMap(({ quote, asset }) => [quote, asset.title]).flatMap(wordsOf);
  const keys = new Set([...given, ...(question?.words ?? [])].flatMap((word) => word.keys));
  return words.filter((word) => word.keys.some((key) => keys.has(key))).length / Math.max(1, words.length);
}

/** Links are a way out for what is in the graph: only those that the evidence holds are repeated. */
function hasOwnLink(text: string, evidence: readonly Evidence[]): boolean {
  return (text.match(LINK) ?? []).some((link) => !evidence.some(({ quote }) => quote.includes(link)));
}
