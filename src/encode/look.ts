import { SensegraphError } from '../errors.ts';
import type { Captioner, Encoders, ModelInfo, RgbImage, WrittenText } from '../ports/encoders.ts';

export interface LookRequest {
  /** Without it, a caption. */
  readonly question?: string;
  /** Given answers to choose among; without a question, given captions. */
  readonly choices?: readonly string[];
  readonly signal?: AbortSignal;
}

/** What a model says that looks at one picture and at nothing else. */
export interface Looked {
  readonly text: string;
  /** 0…1: of a choice among those given, else the geometric mean over the words' tokens. */
  readonly probability: number;
  /** The given answers in their order; empty without. They sum to 1. */
  readonly choices: readonly { readonly text: string; readonly probability: number }[];
  readonly model: ModelInfo;
}

/** Looks at a picture. BAD_INPUT where the profile has no model for it, and for a single choice. */
export async function look(image: RgbImage, request: LookRequest, { captioner }: Encoders): Promise<Looked> {
  const { choices = [], signal } = request;
  const question = request.question?.trim() ?? '';
  if (!captioner)
    throw new SensegraphError(
      'BAD_INPUT',
      'No model of this profile looks at pictures. Use the embedded pack, or name one: SENSEGRAPH_CAPTIONER_MODEL.',
    );
  const model = captioner.info;
  if (choices.length === 0) {
    const written = await (question === ''
      ? captioner.caption(image, signal)
      : captioner.answer(image, question, signal));
    return { text: written.text, probability: meanProbability(written), choices: [], model };
  }
  if (choices.length === 1)
    throw new SensegraphError('BAD_INPUT', 'One choice is no choice. Give at least two, or none.');
  const probabilities = await chooseAmong(image, question, choices, captioner, signal);
  const probability = Math.max(...probabilities);
  return {
    text: choices[probabilities.indexOf(probability)] ?? '',
    probability,
    choices: choices.map((text, i) => ({ text, probability: probabilities[i] ?? 0 })),
    model,
  };
}

/** Probabilities of given answers; without a question, of given captions. They sum to 1. */
export async function chooseAmong(
  image: RgbImage,
  question: string,
  choices: readonly string[],
  captioner: Captioner,
  signal: AbortSignal | undefined,
): Promise<readonly number[]> {
  if (question !== '') return (await captioner.choose(image, question, choices, signal)).probabilities;
  const weighed = await captioner.weigh(image, choices, signal);
  const greatest = Math.max(...weighed.map(({ logProbability }) => logProbability));
  const powers = weighed.map(({ logProbability }) => Math.exp(logProbability - greatest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Geometric mean of the tokens' probabilities. */
export function meanProbability({ logProbability, tokens }: WrittenText): number {
  return Math.exp(logProbability / Math.max(1, tokens));
}
