import type { Claim, Evidence, Step, StepKind } from '../domain.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Retrieval } from '../retrieve/retrieval.ts';
import { textOf } from './describe.ts';
import {
  ANSWER_SYSTEM,
  answerPrompt,
  AnswerSchema,
  type NumberedEvidence,
  type WrittenAnswer,
} from './prompts/answer.ts';
import { normalName } from './words.ts';

/** Evidence and paths given to the model. */
const EVIDENCE = 14;
const PATHS = 4;

export interface WrittenReasoning {
  readonly steps: readonly Step[];
  readonly shortAnswer: string | null;
  readonly text: string | null;
  readonly confidence: number;
}

/**
 * Lets a language model write the four steps. It may cite only the evidence it was given: another citation is dropped,
 * then a claim without one. Null, so that the caller answers without it, when the model fails, gives an answer that no
 * evidence bears, or one that is none of the choices; a small model, also when it is not sure, or its answer does not
 * stand in what it cites. Throws only when aborted.
 */
export async function reasonWithLanguageModel(
  retrieval: Retrieval,
  model: LanguageModel,
  options: { readonly choices?: readonly string[]; readonly minConfidence: number; readonly signal?: AbortSignal },
): Promise<WrittenReasoning | null> {
  const evidence = numbered(retrieval);
  if (evidence.length === 0) return null;
  let written: WrittenAnswer;
  try {
    written = await model.generateObject({
      system: ANSWER_SYSTEM,
      prompt: answerPrompt({
        question: retrieval.question.text,
        ...(retrieval.question.asset ? { assetTitle: retrieval.question.asset.title } : {}),
        ...(options.choices && options.choices.length > 0 ? { choices: options.choices } : {}),
        evidence,
        paths: retrieval.paths.slice(0, PATHS),
      }),
      schema: AnswerSchema,
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch {
    // Whatever went wrong there, the question can still be answered without it.
    options.signal?.throwIfAborted();
    return null;
  }
  const byId = new Map(evidence.map(({ id, evidence: given }) => [id, given]));
  const answer = citedClaim(written.answer, byId);
  if (!answer) return null;
  const shortAnswer = written.answer.shortAnswer === null ? null : chosen(written.answer.shortAnswer, options.choices);
  if (shortAnswer === undefined) return null;
  if (model.isSmall) {
    const said = shortAnswer === null ? '' : ` ${normalName(shortAnswer)} `;
    const stands = answer.evidence.some(({ quote }) => ` ${normalName(quote)} `.includes(said));
    if (said === '' || !stands || written.answer.confidence < options.minConfidence) return null;
  }
  const step = (kind: StepKind, claims: readonly Claim[]): Step => ({
    kind,
    text: textOf(claims, 'Nothing at hand bears on this.'),
    claims,
    model: model.id,
  });
  const claimsOf = (claims: WrittenAnswer['describe']) => claims.flatMap((claim) => citedClaim(claim, byId) ?? []);
  return {
    steps: [
      step('DESCRIBE', claimsOf(written.describe)),
      step('KEY_ELEMENTS', claimsOf(written.keyElements)),
      step('RELATE', claimsOf(written.relate)),
      step('ANSWER', [answer]),
    ],
    shortAnswer,
    text: shortAnswer === null ? null : written.answer.text,
    confidence: shortAnswer === null ? 0 : written.answer.confidence,
  };
}

/** Best evidence first, then what the paths rest on; each once. */
function numbered(retrieval: Retrieval): NumberedEvidence[] {
  const all = [...retrieval.evidence, ...retrieval.paths.flatMap((path) => path.hops.flatMap((hop) => hop.evidence))];
  const unique = [
    ...new Map(all.filter(({ quote }) => quote.trim() !== '').map((evidence) => [evidence.id, evidence])).values(),
  ];
  return unique.slice(0, EVIDENCE).map((evidence, i) => ({ id: `E${i + 1}`, evidence }));
}

function citedClaim(
  claim: { text: string; evidence: readonly string[] },
  byId: ReadonlyMap<string, Evidence>,
): Claim | undefined {
  const evidence = [...new Set(claim.evidence)].flatMap((id) => byId.get(id.trim()) ?? []);
  return evidence.length > 0 && claim.text.trim() !== '' ? { text: claim.text, evidence } : undefined;
}

/** The given choice that the model means; undefined when it means none. Without choices, the answer as it is. */
function chosen(answer: string, choices: readonly string[] | undefined): string | undefined {
  if (answer.trim() === '') return undefined;
  if (!choices || choices.length === 0) return answer;
  return choices.find((choice) => normalName(choice) === normalName(answer));
}
