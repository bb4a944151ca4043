import type { WholeConversation } from '../conversation.ts';
import type { Answer, Merge } from '../domain.ts';
import type { Subgraph } from './graph-store.ts';
import type { AssetRecord } from './ledger.ts';

/**
 * The whole ledger by pages in the order of ids, for export, while it is in use. Each page is one moment; what is
 * edited meanwhile is in the pages as before or after. `after`: the last id of the page before, '' for the first.
 */
export interface LedgerTransfer {
  /**
   * All that assets brought, as `Ledger.commit` takes it: with the entities that they name, and with relations by as
   * much of their evidence as is in them. Relations that need no evidence come with every asset that leads to their
   * subject. Merges are apart: they are of no asset.
   */
  records(after: string, limit: number, options: { readonly vectors: boolean }): Promise<AssetRecord[]>;
  merges(after: string, limit: number): Promise<Merge[]>;
  answers(after: string, limit: number): Promise<Answer[]>;
  conversations(after: string, limit: number): Promise<WholeConversation[]>;
  /** Keeps merges of entities that are there. Gives how many are new. */
  addMerges(merges: readonly Merge[]): Promise<number>;
  /**
   * Keeps conversations, each turn with what it is about as far as that is there; one that is there stays as it is. The
   * graph follows by the outbox. All or none; gives how many are new. BAD_INPUT when a turn is another conversation's.
   */
  addConversations(conversations: readonly WholeConversation[]): Promise<number>;
  /** A page of nodes, and all edges that leave them, of the graph that the ledger means. */
  graphPage(after: string, limit: number): Promise<Subgraph>;
}
