import type { CandidateContext } from './candidates.ts';
import type { Fact } from './facts.ts';
import type { PhraseSpan } from './spans.ts';
import { saidIn } from './term-keys.ts';
import { normalName, sameName, wordsOf } from './words.ts';

/** How surely the fact, or one it shares a name with, speaks of what the asked asset shows. */
export function pointedAt(fact: Fact, { keys, chains }: CandidateContext): number {
  const pointing = [...keys.values()].filter((own) => [...own.keys()].some((key) => key.startsWith('=')));
  if (pointing.length === 0) return 0;
  const chain = chains.get(fact);
  if (fact.atHand) return 0;
  const facts = [fact, ...(chain?.support.filter((other, i) => chain.links[i] !== '' && !other.atHand) ?? [])];
  return Math.max(...pointing.flatMap((own) => facts.map((member) => saidIn(member, own).own)));
}

/** "X built Y": X answers who built Y, Y answers what X built. The predicate has to be asked for, the other side known. */
export function relationFit(fact: Fact, span: PhraseSpan, context: CandidateContext): number {
  const extraction = context.extractions.get(fact.ranked.segment.id);
  if (!extraction) return 0;
  const links = context.chains.get(fact)?.links ?? [];
  let best = 0;
  for (const relation of extraction.relations) {
    if (relation.sentence !== Math.max(0, fact.index) || relation.type === 'CO_OCCURS') continue;
    const [subject, object] = [extraction.names[relation.subject], extraction.names[relation.object]];
    if (!subject || !object) continue;
    const isAt = (name: { start: number; end: number }) =>
      name.start - fact.offset < span.end && name.end - fact.offset > span.start;
    const other = isAt(subject) ? object : isAt(object) ? subject : undefined;
    if (!other || other === (isAt(subject) ? subject : object)) continue;
    const predicate = wordsOf(relation.predicate).filter((word) => !word.stop);
    const asked = predicate.some((word) =>
      context.question.terms.some((term) => word.keys.some((key) => term.keys.includes(key))),
    );
    const otherWords = wordsOf(other.name);
    const known =
      links.some((link) => sameName(link, normalName(other.name))) ||
      otherWords.some((word) =>
        context.question.terms.some((term) => word.keys.some((key) => (context.keys.get(term)?.get(key) ?? 0) > 0)),
      );
    best = Math.max(best, (asked ? (known ? 1 : 0.5) : known ? 0.2 : 0) * Math.min(1, relation.confidence + 0.3));
  }
  return best;
}
