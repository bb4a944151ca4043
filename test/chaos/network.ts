import { relay, type Relay } from '../relay.ts';

/** The way of one process to one store, through Toxiproxy. */
export interface Link {
  /** `process to store`. */
  readonly name: string;
  readonly port: number;
  /** A toxic of Toxiproxy in both directions, until `mend`. */
  poison(type: string, attributes: Readonly<Record<string, number>>): Promise<void>;
  /** Ends all connections and refuses new ones, until `mend`. */
  cut(): Promise<void>;
  /** The connections there are carry nothing any more, for good, and neither end is told. */
  forget(): void;
  mend(): Promise<void>;
  close(): void;
}

interface Proxy {
  readonly listen: string;
  readonly toxics: readonly { readonly name: string }[];
}

/** `api`: Toxiproxy's URL. */
export async function link(
  api: string,
  name: string,
  to: { readonly host: string; readonly port: number },
): Promise<Link> {
  const beyond: Relay = await relay(to);
  const id = name.replaceAll(' ', '-');
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${api}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`Toxiproxy: ${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  const { listen } = await call<Proxy>('POST', '/proxies', {
    name: id,
    listen: '127.0.0.1:0',
    upstream: `127.0.0.1:${beyond.port}`,
    enabled: true,
  });
  const path = `/proxies/${id}`;
  return {
    name,
    port: Number(listen.slice(listen.lastIndexOf(':') + 1)),
    async poison(type, attributes) {
      for (const stream of ['upstream', 'downstream'])
        await call('POST', `${path}/toxics`, { name: `${type}-${stream}`, type, stream, attributes });
    },
    async cut() {
      await call('POST', path, { enabled: false });
    },
    forget: () => beyond.forget(),
    async mend() {
      const { toxics } = await call<Proxy>('GET', path);
      for (const toxic of toxics) await call('DELETE', `${path}/toxics/${toxic.name}`);
      await call('POST', path, { enabled: true });
    },
    close: () => beyond.close(),
  };
}
