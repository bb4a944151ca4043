import { setTimeout as sleep } from 'node:timers/promises';
import { random } from '../../graph/algorithms/random.ts';
import { ask, change, Refused } from './client.ts';
import type { Member } from './processes.ts';
import type { Account } from './account.ts';
import { ended } from './subscribed.ts';
import { note, pair, question } from './texts.ts';

export const INGEST =
  'mutation ($items: [IngestItemInput!]!) { ingest(items: $items) { job { id } items { assetId userErrors { code } } userErrors { code message } } }';
const DELETE = 'mutation ($id: ID!) { deleteAsset(id: $id) { deletedId userErrors { code message } } }';
const MERGE =
  'mutation ($into: ID!, $from: ID!) { mergeEntities(into: $into, from: [$from]) { entity { id } userErrors { code message } } }';
const FIND = 'query ($search: String!) { entities(search: $search, first: 1) { nodes { id name } } }';
export const ASK =
  'mutation ($question: String!) { ask(input: { question: $question }) { answer { id } userErrors { code message } } }';

export interface Ingested {
  readonly job: { readonly id: string } | null;
  readonly items: readonly { readonly assetId: string | null }[];
}

type Random = () => number;

/** Puts and edits, deletes and questions, side by side, at servers chosen by chance. */
export class Load {
  readonly #servers: readonly Member[];
  readonly #account: Account;
  readonly #stop = new AbortController();
  readonly #ready: string[] = [];
  readonly #loops: Promise<unknown>[];
  #paused: PromiseWithResolvers<void> | undefined;
  #inHand = 0;
  #number = 0;

  constructor(servers: readonly Member[], account: Account, seed: number) {
    [this.#servers, this.#account] = [servers, account];
    const loops = [this.#ingest, this.#ingest, this.#delete, this.#merge, this.#ask, this.#ask];
    // A stream of numbers each: what one does doesn't hang on how fast the others are.
    this.#loops = loops.map((work, i) => this.#forever(work, random(seed + 1 + i)));
  }

  /** Resolves when nothing is under way any more. */
  async pause(): Promise<void> {
    this.#paused ??= Promise.withResolvers();
    while (this.#inHand > 0) await sleep(50);
  }

  resume(): void {
    this.#paused?.resolve();
    this.#paused = undefined;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.resume();
    await Promise.all(this.#loops);
  }

  /** Deletes again what was asked for without an answer. */
  async finishDeletes(): Promise<void> {
    while (this.#account.deleting.size > 0 && !this.#stop.signal.aborted) {
      for (const id of this.#account.deleting) await this.#deleteOne(id, Math.random);
      await sleep(200);
    }
  }

  #pick(random: Random): Member {
    return this.#servers[Math.floor(random() * this.#servers.length)] as Member;
  }

  async #forever(work: (random: Random) => Promise<void>, random: Random): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#paused?.promise;
      this.#inHand++;
      try {
        await work.call(this, random);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      } finally {
        this.#inHand--;
      }
      await sleep(100 + 300 * random());
    }
  }

  async #ingest(random: Random): Promise<void> {
    const items = Array.from({ length: 1 + Math.floor(5 * random()) }, () => note(this.#number++));
    const assets = await this.#put(items, random);
    this.#ready.push(...assets);
  }

  async #put(items: readonly object[], random: Random): Promise<readonly string[]> {
    const account = this.#account;
    const { job, items: results } = await change<Ingested>(this.#pick(random), INGEST, { items }, account);
    const assets = results.map(({ assetId }) => assetId ?? '');
    account.count(account.acknowledged, 'ingest');
    for (const id of assets) account.kept.add(id);
    if (!job) {
      account.violations.push('An ingest was acknowledged without a job.');
      return [];
    }
    account.jobs.set(job.id, assets);
    await ended(job.id, () => this.#pick(random), account, this.#stop.signal);
    return assets;
  }

  async #delete(random: Random): Promise<void> {
    // The newest stay a while, for questions.
    if (this.#ready.length < 10) return;
    const [id] = this.#ready.splice(Math.floor(random() * this.#ready.length), 1);
    if (id !== undefined) await this.#deleteOne(id, random);
  }

  async #deleteOne(id: string, random: Random): Promise<void> {
    const account = this.#account;
    account.kept.delete(id);
    account.deleting.add(id);
    try {
      await change(this.#pick(random), DELETE, { id }, account);
    } catch (error) {
      // Deleted by an earlier try whose answer was lost.
      if (!(error instanceof Refused)) throw error;
      if (error.message !== 'NOT_FOUND') return;
    }
    account.deleting.delete(id);
    account.deleted.add(id);
    account.count(account.acknowledged, 'delete');
  }

  async #merge(random: Random): Promise<void> {
    const account = this.#account;
    const { first, second, ...item } = pair(this.#number++);
    await this.#put([item], random);
    const find = async (name: string): Promise<string | undefined> => {
      const { entities } = await ask<{ entities: { nodes: { id: string; name: string }[] } }>(
        this.#pick(random),
        FIND,
        { search: name },
        account,
      );
      return entities.nodes.find((node) => node.name === name)?.id;
    };
    const [into, from] = [await find(first), await find(second)];
    if (into === undefined || from === undefined) {
      if (!this.#stop.signal.aborted) account.violations.push(`${first} or ${second} is not among the entities.`);
      return;
    }
    await change(this.#pick(random), MERGE, { into, from }, account);
    account.merged.set(from, into);
    account.count(account.acknowledged, 'merge');
  }

  async #ask(random: Random): Promise<void> {
    const account = this.#account;
    const text = question(Math.floor(30 * random()));
    const { answer } = await change<{ answer: { id: string } }>(this.#pick(random), ASK, { question: text }, account);
    account.answers.set(answer.id, text);
    account.count(account.acknowledged, 'ask');
  }
}
