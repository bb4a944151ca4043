import type { Modality } from '../../domain.ts';
import type { LexicalHit } from '../../ports/ledger.ts';
import type { Db } from './db.ts';

/** Robertson's usual constants. */
const K1 = 1.2;
const B = 0.75;
/** Segments scored for one query. */
const MAX_CANDIDATES = 2000;
/** A word in more of the segments than this finds too many of them; it still counts in the score. */
const COMMON = 0.2;
/** Segments looked through for the share of a common word. */
const SAMPLE = 1000;
/** Words of a query; the rest of a very long one is left out. */
const MAX_WORDS = 32;

interface Term {
  readonly lexeme: string;
  /** Segments that have it. */
  readonly frequency: number;
}

interface Collection {
  readonly segments: number;
  readonly meanWords: number;
}

/**
 * BM25 (Robertson & Zaragoza 2009) over English stems. Document frequencies of common words come from the planner's
 * statistics, so that ingest pays nothing for them; those of rare words are counted. Candidates are found by the rarest
 * words first, and bounded.
 */
export async function searchLexically(
  db: Db,
  words: string,
  limit: number,
  modalities?: readonly Modality[],
): Promise<LexicalHit[]> {
  const lexemes = await lexemesOf(db, words);
  if (lexemes.length === 0) return [];
  const collection = await readCollection(db);
  if (collection.segments === 0) return [];
  const terms = (await countTerms(db, lexemes, collection)).filter((term) => term.frequency > 0);
  const { finders, filler } = chooseFinders(terms, collection, limit);
  const scores = terms.map((term) => scoreSql(term, collection)).join(' + ');
  if (scores === '') return [];
  const rows = await db.query<{ id: string; score: number }>(
    `SELECT id, ${scores} AS score FROM (
       SELECT * FROM find_segments($1::tsquery, $2::tsquery, $3::text[], $4)) candidate
     ORDER BY score DESC, id COLLATE "C" LIMIT $5`,
    [anyOf(finders), anyOf(filler), modalities ?? null, MAX_CANDIDATES, limit],
  );
  return rows.map((row) => ({ segmentId: row.id, score: row.score }));
}

function anyOf(terms: readonly Term[]): string {
  return terms.map((term) => quote(term.lexeme)).join(' | ');
}

async function lexemesOf(db: Db, words: string): Promise<string[]> {
  const [row] = await db.query<{ lexemes: string[] }>(
    "SELECT tsvector_to_array(to_tsvector('english', $1)) AS lexemes",
    [words.replaceAll('\0', ' ')],
  );
  return (row?.lexemes ?? []).slice(0, MAX_WORDS);
}

async function readCollection(db: Db): Promise<Collection> {
  const [row] = await db.query<{ segments: number }>('SELECT count_segments() AS segments');
  const [mean] = await db.query<{ words: number | null }>(
    'SELECT avg(word_count)::float8 AS words FROM (SELECT word_count FROM segment LIMIT 500) sample',
  );
  return { segments: row?.segments ?? 0, meanWords: mean?.words || 1 };
}

/**
 * A word that the statistics don't list is rare enough to count; where they tell nothing, as of one tenant among several,
 * one that is too common to count is looked for in a sample.
 */
async function countTerms(db: Db, lexemes: readonly string[], collection: Collection): Promise<Term[]> {
  const rows = await db.query<{ lexeme: string; share: number | null }>(
    `SELECT asked.lexeme, share FROM unnest($1::text[]) AS asked(lexeme)
     LEFT JOIN common_words($1::text[]) AS listed ON listed.lexeme = asked.lexeme`,
    [lexemes],
  );
  const listed = rows.filter((row) => row.share !== null);
  const unlisted = rows.filter((row) => row.share === null);
  const counted = await countMatches(
    db,
    unlisted.map((row) => row.lexeme),
    collection,
  );
  return [
    ...listed.map((row) => ({ lexeme: row.lexeme, frequency: (row.share ?? 0) * collection.segments })),
    ...counted,
  ];
}

async function countMatches(db: Db, lexemes: readonly string[], { segments }: Collection): Promise<Term[]> {
  if (lexemes.length === 0) return [];
  const [row] = await db.query<{ counts: number[] }>('SELECT count_matches($1::text[], $2) AS counts', [
    lexemes.map(quote),
    MAX_CANDIDATES,
  ]);
  const terms = lexemes.map((lexeme, i) => ({ lexeme, frequency: row?.counts[i] ?? 0 }));
  const common = terms.filter(({ frequency }) => frequency >= MAX_CANDIDATES);
  if (common.length === 0 || segments <= MAX_CANDIDATES) return terms;
  // Ids are hashes: the first of them are as good as any.
  const shares = await db.query<{ lexeme: string; share: number }>(
    `WITH sample AS MATERIALIZED (SELECT words FROM segment ORDER BY id LIMIT ${SAMPLE})
     SELECT lexeme, avg((words @@ query::tsquery)::int)::float8 AS share
     FROM sample, unnest($1::text[], $2::text[]) AS asked(lexeme, query) GROUP BY lexeme`,
    [common.map(({ lexeme }) => lexeme), common.map(({ lexeme }) => quote(lexeme))],
  );
  const estimated = new Map(shares.map(({ lexeme, share }) => [lexeme, share * segments]));
  return terms.map(({ lexeme, frequency }) => ({
    lexeme,
    frequency: Math.max(frequency, estimated.get(lexeme) ?? 0),
  }));
}

/**
 * Rarest first, as long as all they find can be scored. A common word finds only where the rarer ones find too little:
 * it fills up with some of its segments, not all.
 */
function chooseFinders(
  terms: readonly Term[],
  { segments }: Collection,
  limit: number,
): { finders: Term[]; filler: Term[] } {
  const finders: Term[] = [];
  let found = 0;
  for (const term of terms.toSorted((a, b) => a.frequency - b.frequency)) {
    const common = term.frequency > Math.max(COMMON * segments, MAX_CANDIDATES / 4);
    if (common || found + term.frequency > MAX_CANDIDATES) return { finders, filler: found < limit ? [term] : [] };
    finders.push(term);
    found += term.frequency;
  }
  return { finders, filler: [] };
}

/** SQL of one word's part of the score. */
function scoreSql({ lexeme, frequency }: Term, { segments, meanWords }: Collection): string {
  const idf = Math.log(1 + (Math.max(segments, frequency) - frequency + 0.5) / (frequency + 0.5));
  const count = `width_bucket(ts_rank('{1,1,1,1}', words, ${literal(quote(lexeme))}::tsquery), ${BUCKETS})`;
  const norm = `${K1} * (1 - ${B} + ${B} * word_count / ${meanWords}::float8)`;
  return `${idf}::float8 * (${count} * ${K1 + 1}) / nullif(${count} + ${norm}, 0)`;
}

/**
 * With equal weights, ts_rank of one word that occurs n times is (1 + 1/4 + … + 1/n²) / 1.64493406685 (Postgres'
 * tsrank.c, calc_rank_or): the bucket it falls into is n. Exact up to 30 occurrences.
 */
const BUCKETS: string = (() => {
  const bounds: number[] = [];
  let sum = 0;
  for (let n = 1; n <= 30; n++) {
    const before = sum;
    sum += 1 / (n * n);
    bounds.push((before + sum) / 2 / 1.64493406685);
  }
  return `'{${bounds.join(',')}}'::float8[]`;
})();

/** A lexeme as an operand of a tsquery. */
function quote(lexeme: string): string {
  return `'${lexeme.replace(/['\\]/g, '$&$&')}'`;
}

/** A text as an SQL literal. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
