/**
 * node test/bench/link.ts --corpus FILE [--questions FILE] [--limit N] [--sample N] [--embed] [--json]
 * What the link stage finds, what it merges and what it costs, by itself: CPU seconds of this thread, so that a busy
 * machine changes little. FILE is JSONL {id, title, text}; questions {answer, supporting_passages}. With --embed the
 * encoder decides what spelling leaves open, as the product does. --sample prints merges to judge by eye.
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { z } from 'zod';
import { CompromiseExtractor } from '../../src/adapters/compromise/extractor.ts';
import { openEncoders } from '../../src/adapters/onnx/open.ts';
import { WordNet } from '../../src/adapters/wordnet/wordnet.ts';
import { readConfig } from '../../src/config.ts';
import type { Entity, Merge } from '../../src/domain.ts';
import type { EncodedAsset } from '../../src/encode/encoded.ts';
import { Passage } from '../../src/evaluate/corpus.ts';
import { readManifest } from '../../src/evaluate/manifest.ts';
import { splitPassages } from '../../src/ingest/split.ts';
import { normalName } from '../../src/link/blocking.ts';
import { findNames, resolveFound, type FoundInAsset } from '../../src/link/link.ts';
import { isProper, nameKey } from '../../src/link/resolve.ts';
import type { TextEmbedder } from '../../src/ports/encoders.ts';
import { ListLedger } from '../unit/link/list-ledger.ts';

const BATCH = 64;
const Question = z.object({ answer: z.string(), supporting_passages: z.array(z.string()) });

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    questions: { type: 'string' },
    limit: { type: 'string' },
    sample: { type: 'string' },
    embed: { type: 'boolean' },
    json: { type: 'boolean' },
  },
});
if (!values.corpus) throw new Error('Name a corpus: --corpus FILE');
const passages = (await readManifest(values.corpus, Passage)).lines.slice(0, Number(values.limit ?? Infinity));

const cpu = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};
const round = (value: number, digits = 3) => Number(value.toFixed(digits));
const share = (part: number, whole: number) => round(part / Math.max(1, whole));

// ── the lexicon ──
const before = process.memoryUsage();
const started = cpu();
const lexicon = new WordNet();
lexicon.lemma('dog');
const after = process.memoryUsage();
const lexiconCost = {
  load_cpu_s: round(cpu() - started),
  heap_mb: round((after.heapUsed - before.heapUsed) / 2 ** 20, 1),
  buffers_mb: round((after.arrayBuffers - before.arrayBuffers) / 2 ** 20, 1),
};

// ── what is found ──
const extractor = new CompromiseExtractor(lexicon);
const assets = passages.map(({ title = '', text }): EncodedAsset => {
  const id = `Asset:${createHash('sha256').update(text).digest('hex')}`;
  return {
    asset: {
      id,
      modality: 'TEXT',
      mediaType: 'text/plain',
      byteSize: text.length,
      title,
      blobKey: id,
      createdAt: '2026-01-01T00:00:00Z',
    },
    segments: splitPassages(id, text),
    readings: [],
    labels: [],
    embeddings: {},
    sentenceVectors: new Map(),
  };
});
// The tagger's own tables are read at its first use; that isn't the passages' cost.
extractor.extract({ text: 'Warm.', sentences: [{ start: 0, end: 5 }] });
const extractStarted = cpu();
const found = await findNames(assets, { extractor, lexicon });
const extractSeconds = cpu() - extractStarted;
const words = passages.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0);

const named = found.map(
  ({ occurrences }) =>
    new Set(occurrences.filter((one) => one.method !== 'TITLE').map((one) => normalName(one.name.name))),
);
const at = new Map(passages.map(({ id }, i) => [id, i]));
const mean = (count: (one: FoundInAsset) => number) =>
  round(found.reduce((sum, one) => sum + count(one), 0) / Math.max(1, found.length), 1);
const distinct = (one: FoundInAsset, fits: (proper: boolean) => boolean) =>
  new Set(
    one.occurrences.filter(({ name }) => fits(isProper(name.kind))).map(({ name }) => nameKey(name.kind, name.name)),
  ).size;

const titles = titleRecall();
const answers = values.questions ? await answerRecall(values.questions) : undefined;

// ── what is merged ──
const encoders = values.embed
  ? openEncoders({ ...readConfig(process.env), log: pino({ level: 'silent' }) })
  : undefined;
let embedded = 0;
const embedder: TextEmbedder | undefined = encoders && {
  info: encoders.text.info,
  space: encoders.text.space,
  embed(inputs, role, signal) {
    embedded += inputs.length;
    return encoders.text.embed(inputs, role, signal);
  },
};
const ledger = new ListLedger();
const merges: (Merge & { into: Entity })[] = [];
const resolveStarted = cpu();
for (let i = 0; i < found.length; i += BATCH) {
  for (const linked of await resolveFound(found.slice(i, i + BATCH), { ledger, ...(embedder ? { embedder } : {}) })) {
    const byId = new Map(linked.entities.map((entity) => [entity.id, entity]));
    for (const merge of linked.merges) {
      const into = byId.get(merge.intoId);
      if (into && !merges.some((one) => one.id === merge.id)) merges.push({ ...merge, into });
    }
    ledger.add(linked.entities);
  }
}
const resolveSeconds = cpu() - resolveStarted;
await encoders?.close();

const distinctNames = new Set(
  found.flatMap(({ occurrences }) => occurrences.map(({ name }) => nameKey(name.kind, name.name))),
).size;
const report = {
  passages: passages.length,
  words_per_passage: round(words / Math.max(1, passages.length), 1),
  lexicon: lexiconCost,
  extract_cpu_ms_per_100_words: round((extractSeconds / Math.max(1, words)) * 100_000, 2),
  resolve_cpu_ms_per_passage: round((resolveSeconds / Math.max(1, passages.length)) * 1000, 2),
  proper_names_per_passage: mean((one) => distinct(one, (proper) => proper)),
  other_names_per_passage: mean((one) => distinct(one, (proper) => !proper)),
  statements_per_passage: mean((one) => one.statements.filter(({ type }) => type !== 'CO_OCCURS').length),
  co_occurrences_per_passage: mean((one) => one.statements.filter(({ type }) => type === 'CO_OCCURS').length),
  titles_found_where_named: titles,
  ...(answers ? { answers_found: answers } : {}),
  distinct_names: distinctNames,
  entities: ledger.size,
  names_embedded: embedder ? embedded : 'not asked for',
  merges: Object.fromEntries(
    ['EXACT', 'TRIGRAM', 'VECTOR'].map((reason) => [reason, merges.filter((merge) => merge.reason === reason).length]),
  ),
};
if (values.json) console.log(JSON.stringify(report, null, 2));
else console.dir(report, { depth: 3 });
for (const merge of spread(merges, Number(values.sample ?? 0)))
  console.log(
    `${merge.reason}\t${merge.score.toFixed(2)}\t${merge.fromName} → ${merge.into.name} (${merge.into.kind})`,
  );

/**
 * Titles (without brackets) of other passages that stand in a passage's text: the share found as names. One word alone
 * is mostly a part of another name ("United"), so those of several words are counted by themselves.
 */
function titleRecall(): { places: number; share: number; of_several_words: { places: number; share: number } } {
  const bare = [...new Set(passages.map(({ title = '' }) => title.replace(/\s*\([^)]*\)$/, '')))].filter((title) =>
    /^\p{Lu}.{3,}/u.test(title),
  );
  const [all, several] = [
    { places: 0, hits: 0 },
    { places: 0, hits: 0 },
  ];
  for (const [i, { title: own = '', text }] of passages.entries()) {
    for (const title of bare) {
      if (own.startsWith(title) || !standsIn(text, title)) continue;
      for (const count of title.includes(' ') ? [all, several] : [all]) {
        count.places += 1;
        if (named[i]?.has(normalName(title))) count.hits += 1;
      }
    }
  }
  const counted = ({ places, hits }: typeof all) => ({ places, share: share(hits, places) });
  return { ...counted(all), of_several_words: counted(several) };
}

/** Gold answers (no yes or no) that stand in a supporting passage: the share found there as a name. */
async function answerRecall(path: string): Promise<{ questions: number; stand_in_text: number; share: number }> {
  const questions = (await readManifest(path, Question)).lines.filter(({ answer }) => !/^(?:yes|no)$/i.test(answer));
  let [standing, hits] = [0, 0];
  for (const { answer, supporting_passages: supporting } of questions) {
    const where = supporting.flatMap((id) => at.get(id) ?? []).filter((i) => standsIn(passages[i]?.text ?? '', answer));
    if (where.length === 0) continue;
    standing += 1;
    if (where.some((i) => named[i]?.has(normalName(answer)))) hits += 1;
  }
  return { questions: questions.length, stand_in_text: standing, share: share(hits, standing) };
}

function standsIn(text: string, name: string): boolean {
  for (let i = text.indexOf(name); i >= 0; i = text.indexOf(name, i + 1))
    if (!/[\p{L}\p{N}]/u.test((text[i - 1] ?? ' ') + (text[i + name.length] ?? ' '))) return true;
  return false;
}

/** Every n-th of the list, so that a sample is the same in every run. */
function spread<T>(list: readonly T[], count: number): T[] {
  const step = list.length / Math.max(1, count);
  return Array.from({ length: Math.min(count, list.length) }, (_, i) => list[Math.floor(i * Math.max(1, step))]).filter(
    (one): one is T => one !== undefined,
  );
}
