import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Application, IngestInput } from '../application.ts';
import { SensegraphError } from '../errors.ts';
import { MOST_ITEMS } from '../ingest/intake.ts';
import type { QaResult } from './qa-figures.ts';
import type { QaItem, QaPlace } from './qa-item.ts';

/** Ingests every text, table and picture that a question is about; the asset's id by the key of its place. */
export async function ingestPlaces(
  application: Application,
  items: readonly QaItem[],
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
  if (place.kind === 'TABLE' || place.kind === 'PICTURE') {
    const path = fileOf(place);
    const mediaType = place.kind === 'TABLE' ? { mediaType: 'text/csv' } : {};
    return { bytes: await readFile(path), fileName: basename(path), ...mediaType };
  }
  return place.kind === 'CONTEXT'
    ? { text: place.text, ...(place.title === undefined ? {} : { title: place.title }) }
    : { text: '' };
}

function keyOf(place: QaPlace): string | undefined {
  switch (place.kind) {
    case 'CONTEXT':
      return place.text;
    case 'TABLE':
    case 'PICTURE':
      return place.file;
    case 'CORPUS':
      return undefined;
  }
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
  items: readonly QaItem[],
  assets: ReadonlyMap<string, string>,
  { minConfidence, heard, show }: AskAllOptions,
): Promise<QaResult[]> {
  const results: QaResult[] = [];
  for (const item of items) {
    const key = keyOf(item.place);
    const assetId = key === undefined ? undefined : assets.get(key);
    const isSpoken = heard !== undefined && item.question !== '';
    const question = isSpoken ? await heard(item.question) : item.question;
    if (isSpoken && question.trim() === '') {
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
function unheard(item: QaItem): QaResult {
  return { item, asked: '', said: null, confidence: 0, abstained: true, claims: { held: 0, all: 0 }, milliseconds: 0 };
}
