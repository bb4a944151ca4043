import type { Clarification, Turn } from '../conversation.ts';
import type { Conversed } from '../conversing.ts';
import { answerJson, answerText, where } from './print-answer.ts';

/** The shape of `sensegraph ask --json`: an answer, or a clarification; with the turn where it is one of a conversation. */
export function conversedJson({ answer, clarification, turn }: Conversed): object {
  const kept = turn ? { turn: turnJson(turn) } : {};
  if (answer) return { ...answerJson(answer), ...kept };
  const { reason, text, phrase, candidates } = clarification ?? { reason: null, text: '', phrase: '', candidates: [] };
  return {
    clarification: {
      reason,
      text,
      phrase,
      candidates: candidates.map(({ id, caption, kind, evidence }) => ({
        id,
        caption,
        kind,
        ...(evidence
          ? { evidence: { asset: evidence.asset.title, locator: evidence.locator, quote: evidence.quote } }
          : {}),
      })),
    },
    ...kept,
  };
}

function turnJson({ id, conversationId, number, understoodAs, references }: Turn): object {
  return { id, conversation: conversationId, number, understoodAs, references };
}

/** The same as a person reads it in a terminal. */
export function conversedText({ answer, clarification, turn }: Conversed): string {
  const lines: string[] = [];
  if (turn?.understoodAs && turn.understoodAs !== turn.question) lines.push(`Understood as: ${turn.understoodAs}`);
  if (answer) lines.push(answerText(answer));
  if (clarification) lines.push(...clarificationLines(clarification, turn));
  if (turn) lines.push(`        turn ${turn.number} of ${turn.conversationId}`);
  return lines.join('\n');
}

function clarificationLines({ text, candidates }: Clarification, turn: Turn | null): string[] {
  const lines = [text];
  // What is asked back is always kept as a turn.
  const reply = `--conversation ${turn?.conversationId ?? 'ID'} --candidate`;
  for (const { id, caption, evidence } of candidates) {
    lines.push(`   - ${caption}  (${reply} ${id})`);
    if (evidence) lines.push(`     ${evidence.asset.title}, ${where(evidence.locator)}`);
  }
  return lines;
}
