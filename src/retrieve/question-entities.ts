import type { Segment } from '../domain.ts';
import { findQuestionNames } from '../link/question-names.ts';
import type { Extractor } from '../ports/extractor.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Question, QuestionEntity } from './retrieval.ts';

/** Most entities that a question starts from. */
const MOST = 24;

/** Entities that the question names, and those that the asset at hand shows, best first. */
export async function findQuestionEntities(
  question: Question,
  atHand: readonly Segment[],
  deps: { readonly ledger: Ledger; readonly extractor: Extractor },
): Promise<QuestionEntity[]> {
  const found = new Map<string, QuestionEntity>();
  for (const candidate of await findQuestionNames(question.text, deps)) {
    if ((found.get(candidate.entity.id)?.score ?? 0) < candidate.score) found.set(candidate.entity.id, candidate);
  }
  if (atHand.length > 0) {
    const mentions = [...(await deps.ledger.mentionsOf(atHand.map((segment) => segment.id))).values()].flat();
    const entities = await deps.ledger.entitiesById([...new Set(mentions.map((mention) => mention.entityId))]);
    for (const entity of entities) {
      const score = Math.max(
        ...mentions.filter((mention) => mention.entityId === entity.id).map((mention) => mention.score),
      );
      if (!found.has(entity.id)) found.set(entity.id, { entity, surface: '', score });
    }
  }
  return [...found.values()].toSorted((a, b) => b.score - a.score).slice(0, MOST);
}
