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
       (SELECT id, words, word_count FROM segment WHERE words @@ $1::tsquery AND ${OF_MODALITY} LIMIT $4)
       UNION ALL
       (SELECT id, words, word_count FROM segment
        WHERE words @@ $2::tsquery AND NOT words @@ $1::tsquery AND ${OF_MODALITY} LIMIT $4)) candidate
     ORDER BY score DESC, id LIMIT $5`,
    [anyOf(finders), anyOf(filler), modalities ?? null, MAX_CANDIDATES, limit],
  );
  return rows.map((row) => ({ segmentId: row.id, score: row.score }));
}

const OF_MODALITY = '($3::text[] IS NULL OR asset_id IN (SELECT id FROM asset WHERE modality = ANY($3)))';

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

/** From the table's statistics where there are any: its size now at the density of the last ANALYZE. */
async function readCollection(db: Db): Promise<Collection> {
  const [row] = await db.query<{ segments: number }>(
    `SELECT (CASE WHEN relpages > 0 AND reltuples > 0
       THEN reltuples / relpages * (pg_relation_size(oid) / 8192) ELSE (SELECT count(*) FROM segment) END)::float8
       AS segments FROM pg_class WHERE oid = 'segment'::regclass`,
  );
  const [mean] = await db.query<{ words: number | null }>(
    'SELECT avg(word_count)::float8 AS words FROM (SELECT word_count FROM segment LIMIT 500) sample',
  );
  return { segments: row?.segments ?? 0, meanWords: mean?.words || 1 };
}

/** A word that the statistics don't list is rare enough to count. */
async function countTerms(db: Db, lexemes: readonly string[], collection: Collection): Promise<Term[]> {
  const rows = await db.query<{ lexeme: string; share: number | null }>(
    `SELECT lexeme, share FROM unnest($1::text[]) AS asked(lexeme) LEFT JOIN (
       SELECT element, share FROM pg_stats,
         unnest(most_common_elems::text::text[], most_common_elem_freqs) AS listed(element, share)
       WHERE schemaname = current_schema() AND tablename = 'segment' AND attname = 'words') listed
     ON element = lexeme`,
    [lexemes],
  );
  const listed = rows.filter((row) => row.share !== null);
  const unlisted = rows.filter((row) => row.share === null);
  const counts = unlisted.map(
    (_, i) =>
      `(SELECT count(*)::int FROM (SELECT FROM segment WHERE words @@ $${i + 1}::tsquery LIMIT ${MAX_CANDIDATES}) s)`,
  );
  const [counted] =
    unlisted.length === 0
      ? []
      : await db.query<{ counts: number[] }>(
          `SELECT ARRAY[${counts.join(', ')}] AS counts`,
          unlisted.map((row) => quote(row.lexeme)),
        );
  return [
    ...listed.map((row) => ({ lexeme: row.lexeme, frequency: (row.share ?? 0) * collection.segments })),
    ...unlisted.map((row, i) => ({ lexeme: row.lexeme, frequency: counted?.counts[i] ?? 0 })),
  ];
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
