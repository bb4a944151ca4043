import { migrateModel, type MigrateDeps } from './migrate-model.ts';
import type { Encoders } from './ports/encoders.ts';
import { SharedLock } from './shared-lock.ts';

export interface ServingDeps extends MigrateDeps {
  /** Those that the data directory is embedded by. */
  readonly encoders: Encoders;
  /** The same with another text model. */
  readonly openTextModel: (id: string) => Encoders;
}

/** The encoders that ingest and questions use, and their change to another text model while both go on. */
export class ServingEncoders {
  readonly #deps: ServingDeps;
  readonly #ingesting = new SharedLock();
  readonly #retrieving = new SharedLock();
  readonly #closing = new AbortController();
  #encoders: Encoders;
  #migrating: Promise<void> | undefined;

  constructor(deps: ServingDeps) {
    this.#deps = deps;
    this.#encoders = deps.encoders;
  }

  get current(): Encoders {
    return this.#encoders;
  }

  /** Work that writes vectors: the encoders stay the same until it ends. */
  ingest<T>(work: (encoders: Encoders) => Promise<T>): Promise<T> {
    return this.#ingesting.shared(() => work(this.#encoders));
  }

  /** Work that searches vectors: the encoders stay the same until it ends. */
  retrieve<T>(work: (encoders: Encoders) => Promise<T>): Promise<T> {
    return this.#retrieving.shared(() => work(this.#encoders));
  }

  /** One at a time; see migrateModel. */
  migrate(textModel: string): Promise<void> {
    return (this.#migrating ??= this.#migrate(textModel).finally(() => {
      this.#migrating = undefined;
    }));
  }

  /** Stops a migration after the batch in hand. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#migrating?.catch(() => {});
  }

  async #migrate(textModel: string): Promise<void> {
    const to = this.#deps.openTextModel(textModel);
    await migrateModel(to, this.#deps, {
      signal: this.#closing.signal,
      holdIngest: (work) => this.#ingesting.exclusive(work),
      holdQuestions: (work) =>
        this.#retrieving.exclusive(async () => {
          await work();
          this.#encoders = to;
        }),
    });
    this.#deps.log.info({ model: to.text.space.model }, 'another text model serves');
  }
}
