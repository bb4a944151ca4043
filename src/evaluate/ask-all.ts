import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Application, IngestInput } from '../application.ts';
import { SensegraphError } from '../errors.ts';
import { MOST_ITEMS } from '../ingest/intake.ts';
import type { QaPlace, TextItem, TextResult } from './text-qa.ts';

/** Ingests every text and table that a question is about; the asset's id by the key of its place. */
export async function ingestPlaces(
  application: Application,
  items: readonly TextItem[],
  fileOf: (place: QaPlace) => string,
): Promise<ReadonlyMap<string, string>> {
  const places = new Map(
    items.flatMap(({ place }) => {
      const key = keyOf(place);
      return key === undefined ? [] : [[key, place] as const];
    }),
  );
  const keys = [...places.keys()];
  const ids = new Map<string, string>();
  for (let i = 0; i < keys.length; i += MOST_ITEMS) {
    const own = keys.slice(i, i + MOST_ITEMS);
    const inputs = await Promise.all(own.map(async (key) => inputOf(places.get(key) as QaPlace, fileOf)));
    const { job, items: results } = await application.ingest(inputs);
    for (const { ordinal, assetId, userErrors } of results) {
      if (assetId === undefined)
        throw new SensegraphError('BAD_INPUT', `${own[ordinal]?.slice(0, 80)}: ${userErrors[0]?.message}`);
      ids.set(own[ordinal] ?? '', assetId);
    }
    if (job) for await (const _ of application.jobProgress(job.id, new AbortController().signal));
  }
  return ids;
}

async function inputOf(place: QaPlace, fileOf: (place: QaPlace) => string): Promise<IngestInput> {
  if (place.kind === 'TABLE') {
    const path = fileOf(place);
    return { bytes: await readFile(path), fileName: basename(path), mediaType: 'text/csv' };
  }
  return place.kind === 'CONTEXT'
    ? { text: place.text, ...(place.title === undefined ? {} : { title: place.title }) }
    : { text: '' };
}

function keyOf(place: QaPlace): string | undefined {
  return place.kind === 'CONTEXT' ? place.text : place.kind === 'TABLE' ? place.file : undefined;
}

export interface AskAllOptions {
  /** Of the configuration, for telling what it would hold back. */
  readonly minConfidence: number;
  /** What is heard of a question that is spoken; without it questions are asked as they are written. */
  readonly heard?: ((question: string) => Promise<string>) | undefined;
  readonly show: (done: number) => void;
}

/** Asks every question with no threshold, and verifies what was answered. */
export async function askAll(
  application: Application,
  items: readonly TextItem[],
  assets: ReadonlyMap<string, string>,
  { minConfidence, heard, show }: AskAllOptions,
): Promise<TextResult[]> {
  const results: TextResult[] = [];
  for (const item of items) {
    const key = keyOf(item.place);
    const assetId = key === undefined ? undefined : assets.get(key);
    const question = heard ? await heard(item.question) : item.question;
    if (question.trim() === '') {
      results.push(unheard(item));
      show(results.length);
      continue;
    }
    const started = performance.now();
    const answer = await application.ask({
      question,
      minConfidence: 0,
      ...(assetId === undefined ? {} : { assetId }),
      ...(item.kind === 'CHOICE' ? { choices: item.choices } : {}),
    });
    const milliseconds = performance.now() - started;
    const { claims } = await application.verifyAnswer(answer.id);
    results.push({
      item,
      asked: question,
      said: answer.shortAnswer,
      confidence: answer.confidence,
      ...(answer.way === undefined ? {} : { way: answer.way }),
      abstained: answer.abstained || answer.confidence < minConfidence,
      claims: { held: claims.filter(({ holds }) => holds).length, all: claims.length },
      milliseconds,
    });
    show(results.length);
  }
  return results;
}

/** A spoken question of which nothing was heard can't be asked. */
function unheard(item: TextItem): TextResult {
  return { item, asked: '', said: null, confidence: 0, abstained: true, claims: { held: 0, all: 0 }, milliseconds: 0 };
}
