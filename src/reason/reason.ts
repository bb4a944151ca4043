import { setImmediate } from 'node:timers/promises';
import type { Answer, Claim, Step, StepKind } from '../domain.ts';
import type { TextEmbedder } from '../ports/encoders.ts';
import type { Extractor } from '../ports/extractor.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { SpanReader } from '../ports/span-reader.ts';
import type { Retrieval } from '../retrieve/retrieval.ts';
import { answerAbout } from './answer-about.ts';
import { answerAtTime } from './answer-at-time.ts';
import { answerCensus } from './answer-census.ts';
import { amongOptions, answerChoice } from './answer-choice.ts';
import { answerComparison } from './answer-comparison.ts';
import { answerPicture } from './answer-picture.ts';
import { answerRelated } from './answer-related.ts';
import { answerReading } from './answer-reading.ts';
import { answerSpan } from './answer-span.ts';
import { answerSpeaker } from './answer-speaker.ts';
import { answerTable } from './answer-table.ts';
import { answerWhen } from './answer-when.ts';
import { answerYesNo } from './answer-yes-no.ts';
import { withAnswerPath } from './answer-path.ts';
import { checkStep } from './check.ts';
import { calibrated } from './calibrate.ts';
import { conclude } from './conclude.ts';
import { consider, type Considered } from './consider.ts';
import { describe, textOf } from './describe.ts';
import type { Found } from './found.ts';
import { keyElements } from './key-elements.ts';
import { readFactsWith } from './read.ts';
import type { Majority } from './majority.ts';
import { relate } from './relate.ts';
import { wouldChange } from './would-change.ts';
import type { Sight } from './sight.ts';
import { reasonWithLanguageModel } from './with-language-model.ts';
import type { WrittenChain } from './write-chain.ts';

/** As sure as this, an answer of the text at hand is not looked for elsewhere. */
const AT_HAND = 0.25;

export interface ReasonDeps {
  readonly extractor: Extractor;
  readonly embedder: TextEmbedder;
  /** Reads the evidence for the spans that answer; without one the phrases' form and place decide alone. */
  readonly spanReader?: SpanReader;
  /** Without one, or when it fails, the answer is a phrase of the evidence. */
  readonly languageModel?: LanguageModel;
  /** Of the picture that the question is about. */
  readonly sight?: Sight;
}

export interface ReasonOptions {
  readonly choices?: readonly string[];
  /** Below this confidence it abstains, 0…1. */
  readonly minConfidence: number;
  /** Chains of thought that the language model writes, 1…8; what most come to counts. Default 1. */
  readonly samples?: number;
  /** Called with each step as it is ready. */
  readonly onStep?: (step: Step) => void;
  readonly signal?: AbortSignal;
}

export type Reasoned = Omit<Answer, 'id' | 'createdAt' | 'question' | 'assetId'>;

/**
 * Evidence → answer, in the four steps of multimodal chain of thought (Zhang et al. 2023): describe, key elements, relate,
 * answer. Every claim names the evidence it rests on; one that nothing bears is dropped. The first step comes of the
 * readings alone and is told before anything else is done; those of a language model are told when its answer has been
 * taken, so that no step is ever withdrawn. Throws the signal's reason when aborted.
 */
export async function reason(retrieval: Retrieval, deps: ReasonDeps, options: ReasonOptions): Promise<Reasoned> {
  options.signal?.throwIfAborted();
  const steps: Step[] = [];
  const tell = (step: Step) => {
    options.signal?.throwIfAborted();
    const checked = checkStep(step, retrieval);
    steps.push(checked);
    options.onStep?.(checked);
    return checked;
  };

  const described = tell(describe(retrieval));
  // What follows may hold this thread: whoever listens gets the step first.
  await setImmediate();
  options.signal?.throwIfAborted();
  const considered = consider(retrieval, deps.extractor, options.choices);
  const seen = await answerPicture(considered, deps.sight);
  options.signal?.throwIfAborted();
  if (deps.languageModel && seen === undefined) {
    const written = await reasonWithLanguageModel(considered, described, deps.languageModel, options);
    if (written) {
      const reasoned = withChain(written, considered, deps.languageModel.id, options.minConfidence);
      for (const step of reasoned.steps) tell(step);
      return { ...reasoned, steps };
    }
  }

  tell(keyElements(considered));
  const found = seen === undefined ? await answer(considered, deps, options.signal) : seen;
  tell(relate(considered, found));
  const abstained =
    !found ||
    found.confidence < options.minConfidence ||
    checkStep(conclude(found, false, considered), retrieval).claims.length === 0;
  tell(conclude(found, abstained, considered));
  return {
    ...change(found, abstained, options, considered),
    text: abstained ? null : found.text,
    shortAnswer: abstained ? null : found.shortAnswer,
    confidence: found?.confidence ?? 0,
    ...(found?.way === undefined ? {} : { way: found.way }),
    abstained,
    steps,
    paths: abstained ? retrieval.paths : withAnswerPath(found, retrieval),
  };
}

function change(
  found: Found | null,
  abstained: boolean,
  { minConfidence }: Pick<ReasonOptions, 'minConfidence'>,
  considered: Considered,
): Pick<Answer, 'wouldChange'> {
  const claim = wouldChange(found, { abstained, minConfidence }, considered);
  return claim ? { wouldChange: claim } : {};
}

/** What a language model wrote as the steps after the first; those for which it found nothing are made without it. */
function withChain(
  { vote, confidence }: Majority<WrittenChain>,
  considered: Considered,
  model: string,
  minConfidence: number,
): Reasoned {
  const { shortAnswer, answer: said } = vote;
  const abstained = shortAnswer === null || confidence < minConfidence;
  const found = abstained ? null : { shortAnswer, ...said, confidence };
  const written = (kind: StepKind, claims: readonly Claim[], otherwise: () => Step): Step =>
    claims.length > 0 ? { kind, text: textOf(claims, ''), claims, model } : otherwise();
  return {
    text: found?.text ?? null,
    shortAnswer: found?.shortAnswer ?? null,
    confidence: shortAnswer === null ? 0 : confidence,
    abstained,
    ...change(found, abstained, { minConfidence }, considered),
    steps: [
      written('KEY_ELEMENTS', vote.keyElements, () => keyElements(considered)),
      written('RELATE', vote.relate, () => relate(considered, found)),
      { ...conclude(found, abstained, considered), model },
    ],
    paths: found ? withAnswerPath(found, considered.retrieval) : considered.retrieval.paths,
  };
}

/** The way of answering that the question's form asks for; another where that finds nothing. */
async function answer(considered: Considered, deps: ReasonDeps, signal?: AbortSignal): Promise<Found | null> {
  const certain = amongOptions(
    answerSpeaker(considered) ?? calibrated('TABLE', answerTable(considered)) ?? answerCensus(considered),
    considered,
  );
  const related = answerRelated(considered);
  // A list that was asked for is given as far as it is known; "which rivers …" may be said better in one sentence.
  if (certain || (related && considered.retrieval.related?.question.isTold)) return certain ?? related;
  const found = calibrated(considered.question.form, await answerFrom(considered, deps, signal));
  return related && related.confidence > (found?.confidence ?? 0) ? related : found;
}

/** From sentences, seen and heard words. */
async function answerFrom(
  considered: Considered,
  { embedder, spanReader }: ReasonDeps,
  signal?: AbortSignal,
): Promise<Found | null> {
  if (considered.facts.length === 0) return null;
  const read = async (facts = considered): Promise<Considered> =>
    spanReader ? { ...facts, read: await readFactsWith(spanReader, facts, signal) } : facts;
  // Of a text at hand the answer is looked for in it; elsewhere only what it does not hold.
  const span = async (): Promise<Found | null> => {
    const { asset } = considered.retrieval.question;
    const isText = asset?.modality === 'TEXT' || asset?.modality === 'DOCUMENT';
    const own = isText ? considered.facts.filter(({ atHand }) => atHand) : [];
    const within = own.length > 0 ? answerSpan(await read({ ...considered, facts: own })) : null;
    const isAll = own.length === considered.facts.length;
    if (isAll || (within && within.confidence >= AT_HAND)) return within;
    const anywhere = answerSpan(await read());
    return within && within.confidence >= (anywhere?.confidence ?? 0) ? within : anywhere;
  };
  switch (considered.question.form) {
    case 'CHOICE':
      return answerChoice(await read(), embedder, signal);
    case 'YES_NO':
      return answerYesNo(considered, spanReader, signal);
    case 'COMPARISON':
      return answerComparison(considered) ?? (await span());
    case 'SPAN':
      return (
        answerAbout(considered) ??
        answerAtTime(considered) ??
        answerWhen(considered) ??
        answerReading(considered) ??
        (await span())
      );
  }
}
