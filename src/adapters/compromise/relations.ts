import type { FoundName, FoundRelation } from '../../ports/extractor.ts';
import type { Term } from './terms.ts';

/** Words between two names that a verb may join, and co-occurrences of one sentence. */
const WIDEST = 9;
const MOST_NEIGHBOURS = 8;
const AUXILIARY = new Set([
  'was',
  'were',
  'is',
  'are',
  'be',
  'been',
  'being',
  'has',
  'have',
  'had',
  'will',
  'would',
  'did',
  'does',
  'do',
  'can',
  'could',
  'may',
  'might',
]);
const COPULA = /^(?:is|was|are|were)$/;
const ARTICLE = /^(?:a|an|the|one)$/i;

/**
 * Subject–verb–object, "X is a Y" and "X, a Y," between neighbouring names of a sentence; neighbours without a verb
 * between them merely co-occur. Passives are turned round: "built by" gives the builder as subject.
 */
export function findRelations(text: string, terms: readonly Term[], names: readonly FoundName[]): FoundRelation[] {
  const relations: FoundRelation[] = [];
  let neighbours = new Map<number, number>();
  for (let i = 0; i + 1 < names.length; i++) {
    const [a, b] = [names[i], names[i + 1]];
    if (!a || !b || a.sentence < 0 || a.sentence !== b.sentence || a.name === b.name) continue;
    const between = terms.filter((term) => term.start >= a.end && term.end <= b.start);
    const found = statement(i, a, b, between, text.slice(a.end, b.start));
    if (found) relations.push(found);
    // What is stated is not stated again more weakly, and kinds of things stand beside each other everywhere.
    const count = neighbours.get(a.sentence) ?? 0;
    if (found || count >= MOST_NEIGHBOURS || a.kind === 'CONCEPT' || b.kind === 'CONCEPT') continue;
    neighbours = neighbours.set(a.sentence, count + 1);
    relations.push({
      subject: i,
      predicate: '',
      object: i + 1,
      type: 'CO_OCCURS',
      sentence: a.sentence,
      confidence: 0.3,
    });
  }
  return relations;
}

function statement(
  i: number,
  a: FoundName,
  b: FoundName,
  between: readonly Term[],
  gap: string,
): FoundRelation | undefined {
  if (between.length > WIDEST || /[;:()]/.test(gap)) return undefined;
  const proper = a.kind !== 'CONCEPT' && a.kind !== 'DATE' && a.kind !== 'QUANTITY';
  const words = between.map((term) => term.text.toLowerCase());
  const at = { sentence: a.sentence };
  if (proper && b.kind === 'CONCEPT') {
    const copula = words.findIndex((word) => COPULA.test(word));
    const stated =
      copula === 0 &&
      between.slice(1).some((term) => ARTICLE.test(term.text)) &&
      between.slice(1).every((term) => isPlain(term));
    const apposed = /^,\s*(?:a|an|the)\s/.test(gap) && between.every((term) => isPlain(term));
    if (stated || apposed)
      return { subject: i, predicate: 'is a', object: i + 1, type: 'IS_A', confidence: stated ? 0.8 : 0.7, ...at };
  }
  const verb = between.findIndex((term) => term.tags.has('Verb') && !AUXILIARY.has(term.text.toLowerCase()));
  if (verb < 0 || /,/.test(gap)) return undefined;
  const passive =
    between.slice(0, verb).some((term) => /^(?:was|were|is|are|been|being)$/i.test(term.text)) ||
    between[verb - 1] === undefined;
  const tail = words.slice(verb + 1).filter((_, k) => k < 2 && isPreposition(between[verb + 1 + k]));
  if (passive && tail[0] === 'by') {
    return { subject: i + 1, predicate: words[verb] ?? '', object: i, type: 'RELATES_TO', confidence: 0.8, ...at };
  }
  const predicate = [words[verb], ...tail].join(' ');
  return { subject: i, predicate, object: i + 1, type: 'RELATES_TO', confidence: 0.7, ...at };
}

/** Articles, adjectives and nouns: nothing that makes a new clause. */
function isPlain(term: Term): boolean {
  return ['Determiner', 'Adjective', 'Noun', 'Value'].some((tag) => term.tags.has(tag)) && !term.tags.has('Verb');
}

function isPreposition(term: Term | undefined): boolean {
  return (
    term !== undefined &&
    (term.tags.has('Preposition') || /^(?:to|by|in|on|at|of|for|from|with|as|into)$/i.test(term.text))
  );
}
