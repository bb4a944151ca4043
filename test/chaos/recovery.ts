import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import { ask, change, Refused } from './client.ts';
import type { Inside } from './inside.ts';
import { ASK, INGEST, type Ingested, type Load } from './load.ts';
import type { Member } from './processes.ts';
import { note } from './texts.ts';

export interface Since {
  /** When the fault ended, by performance.now(). */
  readonly healed: number;
  /** Longest that anything may take from then on. */
  readonly limitSeconds: number;
}

const HAS_NODE = 'query ($of: [ID!]!) { neighbourhood(of: $of) { nodes { id } } }';
const STATE = 'query ($id: ID!) { job(id: $id) { state } }';

/** Numbers of texts that the load does not use. */
let number = 10_000_000;

/** Resolves once each server takes in a text to the end and into the graph, the other one shows it, and each answers. */
export async function recovered(
  servers: readonly Member[],
  account: Account,
  { healed, limitSeconds }: Since,
  after: string,
): Promise<void> {
  const late = (): boolean => performance.now() - healed > limitSeconds * 1000;
  const until = async (what: string, look: () => Promise<boolean>): Promise<void> => {
    for (;;) {
      try {
        if (await look()) return;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
      if (late()) {
        account.violations.push(`${limitSeconds} s after ${after}: ${what} not yet.`);
        return;
      }
      await sleep(100);
    }
  };
  await Promise.all(
    servers.map(async (server, i) => {
      const other = servers[(i + 1) % servers.length] ?? server;
      let taken: Ingested | undefined;
      await until(`${server.name} takes in nothing`, async () => {
        taken = await change<Ingested>(server, INGEST, { items: [note(number++)] }, account);
        return true;
      });
      const [id, asset] = [taken?.job?.id, taken?.items[0]?.assetId];
      if (id == null || asset == null) return;
      account.jobs.set(id, [asset]);
      account.kept.add(asset);
      await until(`${id} of ${server.name} is not complete at ${other.name}`, async () => {
        const { job } = await ask<{ job: { state: string } | null }>(other, STATE, { id }, account);
        return job?.state === 'COMPLETED';
      });
      await until(`${asset} is not in the graph of ${other.name}`, async () => {
        const { neighbourhood } = await ask<{ neighbourhood: { nodes: object[] } }>(
          other,
          HAS_NODE,
          { of: [asset] },
          account,
        );
        return neighbourhood.nodes.length > 1;
      });
      await until(`${server.name} answers nothing`, async () => {
        await change(server, ASK, { question: 'Who came to Port Alder?' }, account);
        return true;
      });
    }),
  );
}

/** Stops the load, waits until nothing waits any more, and looks at everything. Gives the seconds since the fault's end. */
export async function settle(
  load: Load,
  look: () => Promise<Inside>,
  account: Account,
  { healed, limitSeconds }: Since,
): Promise<number> {
  await load.pause();
  await load.finishDeletes();
  const inside = await look();
  try {
    for (;;) {
      const { jobs, pending, parked } = await inside.waiting();
      if (jobs + pending + parked === 0) break;
      if (performance.now() - healed > limitSeconds * 1000) {
        account.violations.push(
          `${limitSeconds} s after the last fault ${jobs} jobs and ${pending} changes wait, ${parked} changes are parked.`,
        );
        break;
      }
      await sleep(200);
    }
    const seconds = (performance.now() - healed) / 1000;
    account.violations.push(...(await inside.faults(account)));
    return seconds;
  } finally {
    await inside.close();
  }
}
