import type { WholeConversation } from '../conversation.ts';
import type { Conversations } from '../ports/conversations.ts';
import { SensegraphError } from '../errors.ts';
import type { Projector } from '../ports/ledger.ts';
import type { LedgerTransfer } from '../ports/ledger-transfer.ts';

/** Conversations, of up to 500 turns each, kept in one transaction. */
const BATCH = 10;

interface Stores {
  readonly conversations: Conversations;
  readonly transfer: LedgerTransfer;
  readonly projector: Projector;
}

interface Held {
  readonly conversation: WholeConversation;
  /** Its line. */
  readonly where: string;
}

/** Keeps an export's conversations, some at a time. */
export class ConversationImporter {
  readonly #stores: Stores;
  readonly #dryRun: boolean;
  #held: Held[] = [];
  /** Those that were not there before; where it is a dry run, are not there. */
  fresh = 0;

  /** `dryRun`: nothing is written. */
  constructor(stores: Stores, dryRun: boolean) {
    this.#stores = stores;
    this.#dryRun = dryRun;
  }

  /** `where`: its line. BAD_INPUT, naming the line, when a turn is another conversation's here; those before it are in. */
  async take(conversation: WholeConversation, where: string): Promise<void> {
    this.#held.push({ conversation, where });
    if (this.#held.length >= BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    const held = this.#held;
    this.#held = [];
    if (held.length === 0) return;
    const { conversations, transfer, projector } = this.#stores;
    if (this.#dryRun) {
      for (const { conversation } of held) if (!(await conversations.conversation(conversation.id))) this.fresh += 1;
      return;
    }
    try {
      this.fresh += await transfer.addConversations(held.map(({ conversation }) => conversation));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.#addEach(held);
    }
    await projector.project();
  }

  /** All or none was refused: one by one, the first that doesn't fit tells its line; those before it are in. */
  async #addEach(held: readonly Held[]): Promise<void> {
    for (const { conversation, where } of held)
      try {
        this.fresh += await this.#stores.transfer.addConversations([conversation]);
      } catch (error) {
        // What failed first is what has to be told; the outbox keeps the rest.
        await this.#stores.projector.project().catch(() => undefined);
        throw isRefusal(error)
          ? new SensegraphError(error.code, `${where}: ${error.message}`, { cause: error })
          : error;
      }
  }
}

function isRefusal(error: unknown): error is SensegraphError {
  return error instanceof SensegraphError && error.code === 'BAD_INPUT';
}
