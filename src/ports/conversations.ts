import type { Conversation, Turn } from '../conversation.ts';
import type { Page } from '../domain.ts';

/** Turns of one conversation, at most. */
export const MOST_TURNS = 500;
/** Characters of a title, at most. */
export const LONGEST_TITLE = 200;

/** Conversations in the ledger; the graph follows by the outbox. */
export interface Conversations {
  start(conversation: { readonly id: string; readonly createdAt: string }): Promise<Conversation>;
  conversation(id: string): Promise<Conversation | null>;
  /** Newest first. */
  list(options: { first: number; after?: string }): Promise<Page<Conversation>>;
  turn(id: string): Promise<Turn | null>;
  /** In their order. */
  turns(conversationId: string, options: { first: number; after?: string }): Promise<Page<Turn>>;
  /** The last turns, at most `limit`, in their order. */
  latest(conversationId: string, limit: number): Promise<Turn[]>;
  /** Numbers it and keeps it, with what it is about as far as that is there. NOT_FOUND; BAD_INPUT when the conversation is full. */
  addTurn(turn: Omit<Turn, 'number'>): Promise<Turn>;
  /** A copy up to that turn. NOT_FOUND when there is no such conversation or the turn is none of it. */
  fork(id: string, atTurn: string, made: { readonly id: string; readonly createdAt: string }): Promise<Conversation>;
  /** With its turns, and with their answers that no fork has. Null when unknown. */
  remove(id: string): Promise<{ readonly turns: number; readonly answers: number } | null>;
}
