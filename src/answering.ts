import { randomUUID } from 'node:crypto';
import type { AskInput, SearchInput } from './application.ts';
import { questionAbout, requireAsset } from './asset-at-hand.ts';
import type { Config } from './config.ts';
import type { Answer, Evidence, Page } from './domain.ts';
import { SensegraphError } from './errors.ts';
import type { PipelineDeps } from './pipeline.ts';
import type { Encoders } from './ports/encoders.ts';
import type { LanguageModel } from './ports/language-model.ts';
import type { SpanReader } from './ports/span-reader.ts';
import { reason } from './reason/reason.ts';
import type { Question } from './retrieve/retrieval.ts';
import { retrieve, type RetrieveDeps } from './retrieve/retrieve.ts';
import type { ServingEncoders } from './serving-encoders.ts';
import { sightOf } from './sight-of.ts';

/** A search ranks this many segments; pages are cut from them. */
const SEARCH_DEPTH = 200;

interface AnsweringDeps extends PipelineDeps {
  readonly config: Config;
  readonly extractor: RetrieveDeps['extractor'];
  readonly languageModel?: LanguageModel | undefined;
  readonly spanReader?: SpanReader | undefined;
  readonly serving: ServingEncoders;
  readonly retrieveDeps: (encoders: Encoders) => RetrieveDeps;
}

/** A question on its way through retrieval and reasoning, and a search, which is its first half. */
export function answering(deps: AnsweringDeps): {
  ask(input: AskInput): Promise<Answer>;
  search(input: SearchInput): Promise<Page<Evidence>>;
} {
  const { ledger, config, serving, retrieveDeps } = deps;

  async function ask(input: AskInput): Promise<Answer> {
    const said = input.question.trim();
    const asset = input.assetId === undefined ? undefined : await requireAsset(ledger, input.assetId);
    const text = said === '' && asset ? questionAbout(asset, input.choices) : said;
    if (text === '')
      throw new SensegraphError('EMPTY', 'The question is empty. Ask something, or about something: give an asset.');
    if (text.length > 2000)
      throw new SensegraphError('TOO_LONG', 'The question is longer than 2,000 characters. Shorten it.');
    const question: Question = asset ? { text, asset } : { text };
    const [retrieval, encoders] = await serving.retrieve(async (current) => [
      await retrieve(question, retrieveDeps(current), input.signal ? { signal: input.signal } : {}),
      current,
    ]);
    const sight = sightOf(question.asset, encoders, { ...deps, lexicon: deps.link.lexicon }, input.signal);
    const reasoned = await reason(
      retrieval,
      {
        extractor: deps.extractor,
        embedder: encoders.text,
        ...(sight ? { sight } : {}),
        ...(deps.spanReader ? { spanReader: deps.spanReader } : {}),
        ...(deps.languageModel ? { languageModel: deps.languageModel } : {}),
      },
      {
        minConfidence: input.minConfidence ?? config.minConfidence,
        samples: input.samples ?? config.samples,
        ...(input.choices ? { choices: input.choices } : {}),
        ...(input.onStep ? { onStep: input.onStep } : {}),
        ...(input.signal ? { signal: input.signal } : {}),
      },
    );
    const answer: Answer = {
      id: `Answer:${randomUUID()}`,
      question: text,
      ...(input.assetId === undefined ? {} : { assetId: input.assetId }),
      ...reasoned,
      createdAt: new Date().toISOString(),
    };
    await ledger.saveAnswer(answer);
    return answer;
  }

  async function search(input: SearchInput): Promise<Page<Evidence>> {
    if (!input.query?.trim() && input.assetId === undefined) {
      throw new SensegraphError(
        'BAD_INPUT',
        'Search for words, for what is like an asset, or for both: give query or asset.',
      );
    }
    const text = input.query?.trim() ?? '';
    const question =
      input.assetId === undefined ? { text } : { text, asset: await requireAsset(ledger, input.assetId) };
    const { evidence } = await serving.retrieve((encoders) =>
      retrieve(question, retrieveDeps(encoders), { limit: SEARCH_DEPTH, paths: false, recipe: 'one-stage' }),
    );
    const wanted = input.modalities ? evidence.filter((e) => input.modalities?.includes(e.asset.modality)) : evidence;
    // The cursor is the last evidence seen; the ranking is deterministic, so the next page continues behind it.
    const start = input.after === undefined ? 0 : wanted.findIndex((e) => e.id === input.after) + 1;
    if (input.after !== undefined && start === 0)
      throw new SensegraphError('BAD_INPUT', 'The cursor is none of this search.');
    const items = wanted.slice(start, start + input.first);
    return {
      items,
      cursors: items.map((e) => e.id),
      next: start + items.length < wanted.length ? (items.at(-1)?.id ?? null) : null,
    };
  }

  return { ask, search };
}
