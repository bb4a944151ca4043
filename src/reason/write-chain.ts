import type { Claim, Evidence } from '../domain.ts';
import type { LanguageModel, Sampling } from '../ports/language-model.ts';
import { borneClaim, citedOf, isBorneAnswer, isBorneText, stands } from './borne.ts';
import { restate } from './found.ts';
import { ANSWER_SYSTEM, answerPrompt, AnswerSchema, type WrittenAnswer } from './prompts/answer.ts';
import type { PromptMaterial } from './prompts/evidence-block.ts';
import { RATIONALE_SYSTEM, rationalePrompt, RationaleSchema } from './prompts/rationale.ts';
import type { QuestionAnalysis } from './question-type.ts';
import { normalName } from './words.ts';

/** A chain of thought as a model wrote it, less what no evidence bears. */
export interface WrittenChain {
  readonly keyElements: readonly Claim[];
  readonly relate: readonly Claim[];
  /** Null: the evidence does not hold it. */
  readonly shortAnswer: string | null;
  /** The answer as a sentence, and what it rests on, first what says it. */
  readonly answer: Claim;
  /** 0…1, as the model says. */
  readonly confidence: number;
}

/**
 * Rationale, then the answer given the rationale: the two stages of Multimodal-CoT (Zhang et al. 2023, arXiv 2302.00923).
 * Null when the model fails, or gives an answer that what it cites does not bear or that is none of the choices; of a small
 * model also when it does not stand in what it cites. Throws only when aborted.
 */
export async function writeChain(
  material: PromptMaterial,
  question: QuestionAnalysis,
  model: LanguageModel,
  options: { readonly sampling?: Sampling; readonly signal?: AbortSignal },
): Promise<WrittenChain | null> {
  const byId = new Map(material.evidence.map(({ id, evidence }) => [id, evidence]));
  const idOf = new Map(material.evidence.map(({ id, evidence }) => [evidence, id]));
  const asLine = ({ text, evidence }: Claim) => ({ text, evidence: evidence.flatMap((one) => idOf.get(one) ?? []) });
  try {
    const rationale = await model.generateObject({
      system: RATIONALE_SYSTEM,
      prompt: rationalePrompt(material),
      schema: RationaleSchema,
      ...options,
    });
    const keyElements = rationale.keyElements.flatMap((claim) => borneClaim(claim, byId, question) ?? []);
    const relate = rationale.relate.flatMap((claim) => borneClaim(claim, byId, question) ?? []);
    const written = await model.generateObject({
      system: ANSWER_SYSTEM,
      prompt: answerPrompt(material, { keyElements: keyElements.map(asLine), relate: relate.map(asLine) }),
      schema: AnswerSchema,
      ...options,
    });
    const answer = borneAnswer(written, byId, question, material.choices);
    if (!answer) return null;
    if (model.isSmall && !stands(answer.shortAnswer ?? '', answer.answer.evidence)) return null;
    return { keyElements, relate, ...answer, confidence: written.confidence };
  } catch {
    // Whatever went wrong there, the question can still be answered without it.
    options.signal?.throwIfAborted();
    return null;
  }
}

/** The answer with what it rests on; the sentence is ours where the model's says something else. */
function borneAnswer(
  { shortAnswer, text, evidence: ids }: WrittenAnswer,
  byId: ReadonlyMap<string, Evidence>,
  question: QuestionAnalysis,
  choices: readonly string[] | undefined,
): Pick<WrittenChain, 'shortAnswer' | 'answer'> | undefined {
  const evidence = citedOf(ids, byId);
  if (evidence.length === 0) return undefined;
  if (shortAnswer === null) return { shortAnswer, answer: { text: '', evidence } };
  const short = chosen(shortAnswer.trim(), choices);
  if (short === undefined || !isBorneAnswer(short, evidence, question)) return undefined;
  const holds = (one: Evidence) => (stands(short, [one]) ? 0 : 1);
  const sorted = evidence.toSorted((a, b) => holds(a) - holds(b));
  const says = question.form === 'YES_NO' || normalName(text).includes(normalName(short));
  const sentence = says && isBorneText(text, sorted, question) ? text : restate(short, sorted);
  return { shortAnswer: short, answer: { text: sentence, evidence: sorted } };
}

/** The given choice that the model means; undefined when it means none. Without choices, the answer as it is. */
function chosen(answer: string, choices: readonly string[] | undefined): string | undefined {
  if (answer === '') return undefined;
  if (!choices || choices.length === 0) return answer;
  return choices.find((choice) => normalName(choice) === normalName(answer));
}
