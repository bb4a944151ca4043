import type { Clarification } from '../conversation.ts';

/** With the question back in words. */
export function clarificationOf(part: Omit<Clarification, 'text'>): Clarification {
  const { reason, phrase, candidates } = part;
  const listed = candidates.map(({ caption }) => caption).join(', ');
  const asks = {
    NO_REFERENT: `Whom or what do you mean by “${phrase}”?`,
    SEVERAL_REFERENTS: `“${phrase}” may be one of several.`,
    SEVERAL_ENTITIES: `Several are called ${phrase}.`,
    NO_ASSET: `Which do you mean by “${phrase}”? Ask with it, or choose one.`,
  }[reason];
  return { ...part, text: listed === '' ? asks : `${asks} Candidates: ${listed}.` };
}
