import type { EntityKind, Span } from '../../domain.ts';
import type { Lexicon } from '../../ports/extractor.ts';
import type { RawName } from './raw-name.ts';
import { kindByHead, NOT_A_NAME } from './patterns.ts';
import type { Term } from './terms.ts';

/** Small words that a name may hold between capitals: "Isle of Wight", "Simón de la Cruz", "Marks & Spencer". */
const CONNECTORS = new Set([
  'of',
  'the',
  'de',
  'von',
  'van',
  'der',
  'den',
  'la',
  'le',
  'du',
  'da',
  'di',
  'del',
  'al',
  'el',
  'and',
  '&',
  'in',
  'for',
  'y',
  'e',
]);
/** At most this many of them in a row. */
const MOST_CONNECTORS = 2;
const TITLES =
  /^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Lady|Lord|Captain|Capt|General|Colonel|King|Queen|Prince|Princess|Saint|Rev|President)\.?$/;

/** Runs of capitalised words, mended by tags and by what the rest of the text tells. */
export function findProperNames(
  text: string,
  terms: readonly Term[],
  lexicon: Lexicon,
  dates: readonly Span[] = [],
): RawName[] {
  // "on 4 October in the United Kingdom": the month is the date's, the rest is a name by itself.
  const dated = new Set(terms.filter((term) => dates.some((date) => term.start < date.end && date.start < term.end)));
  const inside = capitalsInside(terms);
  const names: RawName[] = [];
  for (let i = 0; i < terms.length;) {
    const length = runAt(terms, i, dated);
    const run = trim(terms.slice(i, i + length), inside, lexicon);
    i += Math.max(1, length);
    for (const part of splitAtAnd(run).map(withoutArticle)) {
      const [first, last] = [part[0], part.at(-1)];
      if (!first || !last) continue;
      const end = endOf(last, text);
      const name = text
        .slice(first.start, end)
        .replace(/\s+/g, ' ')
        .replace(/['’]s?$/u, '')
        .replace(/[.,;:!?)\]"”]+$/, (mark) => (/\b(?:[A-Z]\.)+$/.test(text.slice(first.start, end)) ? mark : ''));
      if (/\p{L}/u.test(name) && name.length > 1)
        names.push({
          start: first.start,
          end: first.start + Math.min(end - first.start, name.length),
          name,
          kind: kindOf(part, name),
          score: 0.9,
        });
    }
  }
  return withFullNames(names);
}

/** "… and the Isle of Wight": the second name has an article of its own. */
function withoutArticle(run: Term[]): Term[] {
  return run[0]?.text === 'the' ? run.slice(1) : run;
}

/** Number of terms from `i` that make one run; 0 when none begins there. */
function runAt(terms: readonly Term[], i: number, dated: ReadonlySet<Term>): number {
  const head = terms[i];
  if (!head || !isCapital(head) || dated.has(head)) return 0;
  let length = 1;
  for (;;) {
    const last = terms[i + length - 1];
    if (!last || breaks(last)) return length;
    let connectors = 0;
    while (
      connectors < MOST_CONNECTORS &&
      CONNECTORS.has(terms[i + length + connectors]?.text ?? '') &&
      !/[,;:()]/.test(terms[i + length + connectors]?.after ?? '') &&
      !/["“(]/.test(terms[i + length + connectors]?.before ?? '')
    )
      connectors += 1;
    const next = terms[i + length + connectors];
    // "found by Ada Penrose in March 1987": the month begins a date, not the rest of a name.
    if (connectors > 0 && (next?.tags.has('Month') || next?.tags.has('Date'))) return length;
    if (next && dated.has(next)) return length;
    // "World War I. The …": what looked like an initial ended the sentence.
    if (/\./.test(last.after) && NOT_A_NAME.has(next?.text.toLowerCase() ?? '')) return length;
    const number = connectors === 0 && next !== undefined && /^\d{1,3}$/.test(next.text);
    if (!next || next.first || (!isCapital(next) && !number) || /["“(]/.test(next.before)) return length;
    length += connectors + 1;
  }
}

function isCapital(term: Term | undefined): boolean {
  return term !== undefined && /^["'“‘(]*\p{Lu}/u.test(term.text);
}

/** Punctuation after a term ends the run, but for the full stop of an initial or an abbreviation. */
function breaks(term: Term): boolean {
  if (/['’]s$/.test(term.text)) return true;
  if (/[,;:()!?"”\n–—/]/.test(term.after) || /[,;:)!?"”]$/.test(term.text)) return true;
  return /\./.test(term.after) && !/^(?:\p{Lu}|St|Mt|Ft|Dr|Mr|Mrs|Jr|Sr|(?:\p{Lu}\.)+\p{Lu}?)$/u.test(term.text);
}

/** Words capitalised where no sentence begins: names, wherever else they stand. */
function capitalsInside(terms: readonly Term[]): ReadonlySet<string> {
  return new Set(terms.filter((term) => !term.first && isCapital(term)).map((term) => term.text));
}

/** A word that names nothing: a connector, or one whose capital the sentence gives it ("Their Eyes …" in its middle is a title). */
function isFiller(term: Term, length: number): boolean {
  if (CONNECTORS.has(term.text)) return true;
  const begins = term.first || length === 1 || /["“‘(—–-]/.test(term.before);
  return NOT_A_NAME.has(term.text.toLowerCase()) && (begins || /^(?:The|An?|I)$/.test(term.text));
}

/** Takes words off the front that are capitalised only because a sentence begins there. */
function trim(run: readonly Term[], inside: ReadonlySet<string>, lexicon: Lexicon): Term[] {
  let kept = [...run];
  while (kept[0] && isFiller(kept[0], kept.length)) kept = kept.slice(1);
  const [head] = kept;
  if (!head) return [];
  // "Printing is …": one ordinary word at the start of a sentence, seen nowhere else with a capital.
  const ordinary =
    head.first &&
    !inside.has(head.text) &&
    !['Person', 'Place', 'Organization', 'Acronym', 'FirstName', 'LastName'].some((tag) => head.tags.has(tag));
  if (ordinary && kept.length === 1) {
    const word = head.text.toLowerCase();
    const known =
      lexicon.lemma(word) !== undefined ||
      ['Verb', 'Adverb', 'Adjective', 'Preposition', 'Pronoun', 'QuestionWord'].some((tag) => head.tags.has(tag));
    if (known) return [];
  }
  if (
    ordinary &&
    kept.length > 1 &&
    ['Adverb', 'Preposition', 'Conjunction', 'QuestionWord', 'PresentTense', 'Gerund'].some((tag) => head.tags.has(tag))
  )
    kept = kept.slice(1);
  while (kept.length > 0 && CONNECTORS.has(kept.at(-1)?.text ?? '')) kept.pop();
  return kept;
}

/** "Ada Penrose and Thomas Miller" are two; "Marks and Spencer" stays one, as does "War and Peace". */
function splitAtAnd(run: readonly Term[]): Term[][] {
  const at = run.findIndex((term) => term.text === 'and');
  const people = (part: readonly Term[]) =>
    part.length > 1 || part.some((term) => term.tags.has('Person') || term.tags.has('Place'));
  if (at <= 0 || !people(run.slice(0, at)) || !people(run.slice(at + 1))) return run.length > 0 ? [run.slice()] : [];
  return [run.slice(0, at), ...splitAtAnd(run.slice(at + 1))];
}

function endOf(last: Term, text: string): number {
  // An initial or abbreviation keeps its full stop.
  return /^(?:\p{Lu}\.)+\p{Lu}$/u.test(last.text) && text[last.end] === '.' ? last.end + 1 : last.end;
}

function kindOf(run: readonly Term[], name: string): EntityKind {
  const byHead = kindByHead(name);
  if (byHead) return byHead;
  const count = (...tags: string[]) => run.filter((term) => tags.some((tag) => term.tags.has(tag))).length;
  if (TITLES.test(run[0]?.text ?? '') && run.length > 1) return 'PERSON';
  const person = count('FirstName', 'LastName', 'Person');
  if (person > 0 && person * 2 >= run.length && count('FirstName') > 0 && run.length > 1 && run.length <= 4)
    return 'PERSON';
  if (count('Organization') * 2 > run.length) return 'ORGANISATION';
  if (count('Place', 'City', 'Country', 'Region') * 2 > run.length) return 'PLACE';
  return 'NAME';
}

/** A last name alone, after the full name, is that person: "Thomas Miller … Miller". */
function withFullNames(names: readonly RawName[]): RawName[] {
  const full = new Map<string, RawName | null>();
  for (const name of names) {
    const words = name.name.split(' ');
    if (name.kind !== 'PERSON' || words.length < 2) continue;
    const last = words.at(-1) ?? '';
    const known = full.get(last);
    // Two people of one last name: the last name alone tells nothing.
    full.set(last, known === undefined || known?.name === name.name ? name : null);
  }
  return names.map((name) => {
    const person = name.name.includes(' ') ? undefined : full.get(name.name);
    return person && person.start < name.start ? { ...name, name: person.name, kind: person.kind, score: 0.8 } : name;
  });
}
