import type { WholeConversation } from '../conversation.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { Projector } from '../ports/ledger.ts';
import type { LedgerTransfer } from '../ports/ledger-transfer.ts';

/** Conversations, of up to 500 turns each, kept in one transaction. */
const BATCH = 10;

interface Stores {
  readonly conversations: Conversations;
  readonly transfer: LedgerTransfer;
  readonly projector: Projector;
}

/** Keeps an export's conversations, some at a time. */
export class ConversationImporter {
  readonly #stores: Stores;
  readonly #dryRun: boolean;
  #held: WholeConversation[] = [];
  /** Those that were not there before; where it is a dry run, are not there. */
  fresh = 0;

  /** `dryRun`: nothing is written. */
  constructor(stores: Stores, dryRun: boolean) {
    this.#stores = stores;
    this.#dryRun = dryRun;
  }

  /** BAD_INPUT when a turn is another conversation's here. */
  async take(conversation: WholeConversation): Promise<void> {
    this.#held.push(conversation);
    if (this.#held.length >= BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    const held = this.#held;
    this.#held = [];
    if (held.length === 0) return;
    const { conversations, transfer, projector } = this.#stores;
    if (this.#dryRun) {
      for (const { id } of held) if (!(await conversations.conversation(id))) this.fresh += 1;
      return;
    }
    this.fresh += await transfer.addConversations(held);
    await projector.project();
  }
}
