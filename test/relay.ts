import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Relay {
  readonly port: number;
  /** Bytes that came from the server so far, and that went to it. */
  passed(): { readonly from: number; readonly to: number };
  /** Ends all connections and takes no new ones. */
  cut(): void;
  /** Takes connections again. */
  mend(): void;
  /** The connections there are carry nothing any more, and neither end is told; new ones are as ever. */
  forget(): void;
  close(): void;
}

/**
 * A port of this machine that leads to another one, and can be cut: a server that is away, as its clients see it. `to` is
 * looked at for each connection.
 */
export async function relay(to: { readonly host: string; readonly port: number }): Promise<Relay> {
  let isCut = false;
  const sockets = new Set<Socket>();
  const passed = { from: 0, to: 0 };
  const forgetting = new Set<() => void>();
  const end = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    if (isCut) return void client.destroy();
    const target = connect({ host: to.host, port: to.port });
    let isForgotten = false;
    const forget = (): void => {
      isForgotten = true;
      client.unpipe(target).resume();
      target.unpipe(client).resume();
    };
    forgetting.add(forget);
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => {}); // Its `close` follows.
      socket.on('close', () => {
        sockets.delete(socket);
        if (isForgotten) return;
        forgetting.delete(forget);
        client.destroy();
        target.destroy();
      });
    }
    client.on('data', (chunk: Buffer) => (passed.to += chunk.length));
    target.on('data', (chunk: Buffer) => (passed.from += chunk.length));
    client.pipe(target).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    passed: () => ({ ...passed }),
    cut: () => {
      isCut = true;
      end();
    },
    mend: () => void (isCut = false),
    forget: () => {
      for (const forget of forgetting) forget();
      forgetting.clear();
    },
    close: () => {
      server.close();
      end();
    },
  };
}
