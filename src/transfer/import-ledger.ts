import type { Answer, Merge, Space } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { AssetRecord, Ledger, Projector } from '../ports/ledger.ts';
import type { LedgerTransfer } from '../ports/ledger-transfer.ts';
import type { SpaceMigration } from '../ports/space-migration.ts';
import type { BlobStore } from '../ports/stores.ts';
import type { VectorStore } from '../ports/vector-store.ts';
import { takeBytes } from './asset-bytes.ts';
import { checkEnd } from './check-end.ts';
import { ConversationImporter } from './import-conversations.ts';
import type { NumberedLine } from './line-file.ts';
import { parseLine, type Header, type Line } from './line.ts';
import { RecordReader } from './record-reader.ts';
import { refuseOtherModels } from './refuse-other-models.ts';

export interface ImportStores {
  readonly ledger: Ledger;
  readonly projector: Projector;
  readonly conversations: Conversations;
  readonly transfer: LedgerTransfer;
  readonly vectors: VectorStore;
  readonly migration: SpaceMigration;
  readonly blobs: BlobStore;
}

export interface ImportOptions {
  /** False: vectors are passed over. */
  readonly vectors: boolean;
  /** Checks every line and writes nothing. */
  readonly dryRun: boolean;
  /** Folder of the assets' bytes, as an export wrote it. */
  readonly bytes?: string;
  readonly signal?: AbortSignal;
  /** Called after each batch. */
  readonly onProgress?: (counts: ImportCounts) => void;
}

export interface ImportCounts {
  /** Assets read, and those of them that were there before. */
  readonly assets: number;
  readonly known: number;
}

export interface Imported extends ImportCounts {
  readonly merges: number;
  readonly answers: number;
  /** Those that are new; where it is a dry run, would be. */
  readonly conversations: number;
}

/** Assets committed in one transaction, unless they hold more mentions than that. */
const BATCH = 64;
const MENTIONS = 5000;

/**
 * Commits an export's assets as ingest does, the graph following by the outbox. What is there already stays as it is,
 * so that a file may be imported again, also after a stop. BAD_INPUT names the line that doesn't fit; the batches
 * before it are in; CORRUPT when the file ends early or bytes are not what their name says; CANCELLED when stopped.
 */
export async function importLedger(
  lines: AsyncIterable<NumberedLine>,
  stores: ImportStores,
  options: ImportOptions,
): Promise<Imported> {
  const importer = new Importer(stores, options);
  for await (const { text, where } of lines) {
    if (options.signal?.aborted)
      throw new SensegraphError('CANCELLED', 'Stopped; the same command goes on from there.');
    await importer.take(parseLine(text, where), where);
  }
  return importer.end();
}

class Importer {
  readonly #stores: ImportStores;
  readonly #options: ImportOptions;
  #spaces: Map<string, Space> | undefined;
  #reader: RecordReader | undefined;
  #records: AssetRecord[] = [];
  #merges: Merge[] = [];
  #answers: Answer[] = [];
  readonly #conversations: ConversationImporter;
  #version: Header['version'] | undefined;
  #counts = { assets: 0, known: 0, merges: 0, answers: 0 };
  #seen = { assets: 0, merges: 0, answers: 0, conversations: 0 };
  #ended = false;

  constructor(stores: ImportStores, options: ImportOptions) {
    this.#stores = stores;
    this.#options = options;
    this.#conversations = new ConversationImporter(stores, options.dryRun);
  }

  async take(line: Line, where: string): Promise<void> {
    if (this.#ended) throw new SensegraphError('BAD_INPUT', `${where}: nothing comes behind the end of an export.`);
    if ('header' in line) return this.#takeHeader(line.header, where);
    if (!this.#spaces) throw new SensegraphError('BAD_INPUT', `${where}: an export begins with its header.`);
    const isTalk = 'conversation' in line;
    if (isTalk && this.#version === 1)
      throw new SensegraphError('BAD_INPUT', `${where}: version 1 of the format has no conversations.`);
    // What a turn is about must be there before it.
    if (this.#seen.conversations > 0 && !(isTalk || 'end' in line))
      throw new SensegraphError('BAD_INPUT', `${where}: conversations come last, before the end.`);
    const isPart = !('asset' in line || 'merge' in line || 'answer' in line || isTalk || 'end' in line);
    if (isPart) {
      if (!this.#reader) throw new SensegraphError('BAD_INPUT', `${where}: an asset must come before what is its.`);
      this.#reader.take(line, where);
      return;
    }
    await this.#endRecord();
    if ('asset' in line) {
      this.#reader = new RecordReader(line.asset, where, this.#spaces);
      this.#seen.assets += 1;
      return;
    }
    await this.#commit();
    if ('merge' in line) {
      this.#seen.merges += 1;
      this.#merges.push(line.merge);
      if (this.#merges.length >= BATCH) await this.#addMerges();
      return;
    }
    await this.#addMerges();
    if ('answer' in line) {
      this.#seen.answers += 1;
      this.#answers.push(line.answer);
      if (this.#answers.length >= BATCH) await this.#saveAnswers();
      return;
    }
    await this.#saveAnswers();
    if ('conversation' in line) {
      this.#seen.conversations += 1;
      await this.#conversations.take(line.conversation, where);
    } else if ('end' in line) {
      checkEnd(line.end, this.#seen, this.#version, where);
      this.#ended = true;
    }
  }

  async end(): Promise<Imported> {
    // Of an asset that the file breaks off in, not all is known: half of it would never be made whole.
    if (!this.#ended) this.#reader = undefined;
    await this.#commit();
    await this.#addMerges();
    await this.#saveAnswers();
    await this.#conversations.flush();
    if (!this.#ended)
      throw new SensegraphError(
        'CORRUPT',
        `The export ends early. ${this.#counts.assets} whole assets of it are read: get it whole and import it again.`,
      );
    return { ...this.#counts, conversations: this.#conversations.fresh };
  }

  async #takeHeader(header: Header, where: string): Promise<void> {
    if (this.#spaces) throw new SensegraphError('BAD_INPUT', `${where}: this is the second header.`);
    this.#spaces = new Map();
    this.#version = header.version;
    if (!this.#options.vectors) return;
    await refuseOtherModels(header, this.#stores);
    for (const { isText, ...space } of header.spaces) {
      this.#spaces.set(space.name, space);
      if (this.#options.dryRun) continue;
      if (isText) await this.#stores.migration.serveText(space);
      else await this.#stores.vectors.ensureSpace(space);
    }
  }

  async #endRecord(): Promise<void> {
    if (!this.#reader) return;
    this.#records.push(this.#reader.record());
    this.#reader = undefined;
    const mentions = this.#records.reduce((sum, record) => sum + record.mentions.length, 0);
    if (this.#records.length >= BATCH || mentions >= MENTIONS) await this.#commit();
  }

  async #commit(): Promise<void> {
    const records = this.#records;
    if (records.length === 0) return;
    this.#records = [];
    const { ledger, projector, blobs } = this.#stores;
    const { bytes, dryRun } = this.#options;
    const there = new Set((await ledger.assetsById(records.map(({ asset }) => asset.id))).map(({ id }) => id));
    if (bytes !== undefined)
      await takeBytes(
        bytes,
        // Before the assets: one that is in the ledger has its bytes.
        records.map(({ asset }) => asset),
        blobs,
        dryRun,
      );
    const fresh = records.filter(({ asset }) => !there.has(asset.id));
    if (fresh.length > 0 && !dryRun) {
      await ledger.commit(fresh);
      await projector.project();
    }
    this.#counts.assets += records.length;
    this.#counts.known += records.length - fresh.length;
    this.#options.onProgress?.(this.#counts);
  }

  async #addMerges(): Promise<void> {
    const merges = this.#merges;
    this.#merges = [];
    if (merges.length > 0 && !this.#options.dryRun)
      this.#counts.merges += await this.#stores.transfer.addMerges(merges);
  }

  async #saveAnswers(): Promise<void> {
    const answers = this.#answers;
    this.#answers = [];
    if (!this.#options.dryRun) for (const answer of answers) await this.#stores.ledger.saveAnswer(answer);
    this.#counts.answers += answers.length;
  }
}
