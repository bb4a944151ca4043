import type { Application } from './application.ts';
import { createApplication, type ApplicationDeps, type WorkSettings } from './create-application.ts';
import { SensegraphError } from './errors.ts';
import { joinMeasures, type Measure } from './measures.ts';
import type { Tenants } from './ports/tenants.ts';

/** Looked at this often for work that a dead process left of a tenant that nobody works for, milliseconds. */
const LOOK_MS = 5000;

interface Parts extends ApplicationDeps {
  readonly tenants: Tenants;
  readonly queues: { onStranger(open: (tenant: string) => Promise<unknown>): void };
  forTenant(name: string): Promise<Parts>;
}

/** An application a tenant, opened when it is first wanted. They share the encoders and the connections. */
export class Applications {
  readonly #parts: Parts;
  readonly #work: WorkSettings;
  readonly #opened = new Map<string, Promise<Application>>();
  readonly first: Application;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #closed: Promise<void> | undefined;

  private constructor(parts: Parts, work: WorkSettings, first: Application) {
    this.#parts = parts;
    this.#work = work;
    this.first = first;
    this.#opened.set(parts.tenant, Promise.resolve(first));
  }

  /** `isShared`: other processes are on the same stores, and may die. */
  static async open(
    parts: Parts,
    { isShared, ...work }: WorkSettings & { readonly isShared: boolean },
  ): Promise<Applications> {
    const ready = Promise.withResolvers<Applications>();
    // Set before any work is taken: the first payload may be another tenant's.
    parts.queues.onStranger(async (tenant) => {
      if (await parts.tenants.has(tenant)) await (await ready.promise).of(tenant);
    });
    const all = new Applications(parts, work, await createApplication(parts, work));
    ready.resolve(all);
    await all.#takeUp();
    if (isShared) all.#schedule();
    return all;
  }

  get tenants(): Tenants {
    return this.#parts.tenants;
  }

  /** BAD_INPUT when there is no such tenant. */
  of(tenant: string): Promise<Application> {
    let opening = this.#opened.get(tenant);
    if (!opening) {
      if (this.#closed) return Promise.reject(new SensegraphError('CANCELLED', 'The server is closing.'));
      opening = this.#parts.forTenant(tenant).then((parts) => createApplication(parts, this.#work));
      opening.catch(() => this.#opened.delete(tenant)); // Told to whoever asked; the next one tries again.
      this.#opened.set(tenant, opening);
    }
    return opening;
  }

  /** Of this process and of all tenants that it has opened, summed up: it tells nothing of one of them. */
  async measures(): Promise<Measure[]> {
    const opened = await Promise.allSettled(this.#opened.values());
    const there = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    return joinMeasures(await Promise.all(there.map((one) => one.measures())));
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#looking;
    const opened = await Promise.allSettled(this.#opened.values());
    for (const one of opened) {
      if (one.status === 'fulfilled' && one.value !== this.first) await one.value.close();
    }
    await this.first.close();
  }

  async #takeUp(): Promise<void> {
    for (const tenant of await this.#parts.tenants.unfinished()) {
      if (this.#opened.has(tenant)) continue;
      await this.of(tenant).catch((err: unknown) =>
        this.#parts.log.error({ err, tenant }, 'A tenant could not be opened; the others go on.'),
      );
    }
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#takeUp()
        .catch((error: unknown) =>
          this.#parts.log.warn({ err: error }, 'Tenants could not be looked at; trying again.'),
        )
        .finally(() => {
          if (!this.#closed) this.#schedule();
        });
    }, LOOK_MS);
    this.#timer.unref();
  }
}
