import type { Link } from './network.ts';
import type { Member } from './processes.ts';
import type { OwnStore } from './stores.ts';

/** What can be broken. */
export interface Scene {
  readonly members: readonly Member[];
  readonly stores: Readonly<{ [name in 'postgres' | 'neo4j']: OwnStore }>;
  readonly links: readonly Link[];
  /** Process id of one of Postgres' sessions of Sensegraph; undefined while there is none. */
  readonly backend: () => Promise<number | undefined>;
  readonly random: () => number;
}

export interface Fault {
  readonly name: string;
  /** Ends it. */
  readonly mend: () => Promise<void>;
}

type Kind = (scene: Scene) => Promise<Fault>;

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** Named by the start of its name. */
function killMember(prefix: string): Kind {
  return async ({ members, random }) => {
    const victim = pick(
      members.filter(({ name }) => name.startsWith(prefix)),
      random,
    );
    await victim.kill();
    return {
      name: `kill ${victim.name}`,
      mend: async () => {
        victim.restart();
        await victim.ready();
      },
    };
  };
}

function killStore(name: 'postgres' | 'neo4j'): Kind {
  return async ({ stores }) => {
    await stores[name].kill();
    return { name: `kill ${name}`, mend: () => stores[name].restart() };
  };
}

/** Postgres ends all sessions and recovers when one is killed. */
const killBackend: Kind = async ({ stores, backend }) => {
  const pid = await backend();
  if (pid !== undefined) await stores.postgres.kill(pid);
  return { name: 'kill a session of postgres', mend: async () => {} };
};

function onLinks(name: string, spoil: (link: Link, random: () => number) => Promise<void>): Kind {
  return async ({ links, random }) => {
    // One process' way to one store, one process', or everybody's to one store.
    const one = pick(links, random);
    const [from, to] = one.name.split(' to ') as [string, string];
    const scope = pick(['one', 'process', 'store'], random);
    const struck = links.filter(
      (link) =>
        link === one ||
        (scope === 'process' && link.name.startsWith(`${from} `)) ||
        (scope === 'store' && link.name.endsWith(` ${to}`)),
    );
    await Promise.all(struck.map((link) => spoil(link, random)));
    const where = scope === 'one' ? one.name : scope === 'process' ? `${from} to both` : `all to ${to}`;
    return { name: `${name}: ${where}`, mend: () => Promise.all(struck.map((link) => link.mend())).then(() => {}) };
  };
}

/** Every run of 15 has each of them once. */
export const KINDS: readonly Kind[] = [
  killMember('worker'),
  killMember('server'),
  killMember(''),
  killStore('neo4j'),
  killStore('postgres'),
  killBackend,
  onLinks('latency', (link, random) =>
    link.poison('latency', { latency: 100 + Math.floor(900 * random()), jitter: 100 }),
  ),
  onLinks('latency', (link, random) => link.poison('latency', { latency: 2000 + Math.floor(3000 * random()) })),
  onLinks('cut', (link) => link.cut()),
  onLinks('cut', (link) => link.cut()),
  onLinks('cut in mid-message', (link, random) => link.poison('limit_data', { bytes: Math.floor(4000 * random()) })),
  onLinks('half-open', (link) => link.poison('timeout', { timeout: 0 })),
  onLinks('half-open', (link) => link.poison('timeout', { timeout: 0 })),
  onLinks('half-open for good', async (link) => link.forget()),
  onLinks('bandwidth', (link, random) => link.poison('bandwidth', { rate: 2 + Math.floor(20 * random()) })),
];

/** Kinds in the order in which they come: each once before any comes again. */
export function* deck(random: () => number): Generator<Kind, never> {
  for (;;) {
    const left = [...KINDS];
    while (left.length > 0) yield left.splice(Math.floor(random() * left.length), 1)[0] as Kind;
  }
}
