/** A server that speaks the OpenAI chat API, for tests: gives prepared replies and keeps what it was sent. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Reply = { readonly content: string } | { readonly status: number } | { readonly silentMs: number };

export interface Received {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly authorization: string | undefined;
  readonly temperature: number | undefined;
  readonly seed: number | undefined;
  /** When the request has ended: whether it was answered (or else its sender left). */
  readonly answered: Promise<boolean>;
}

/** In turn, the last one for ever; or what to say to a request, which may take as long as the test wants. */
export type Replies = readonly Reply[] | ((received: Received) => Reply | Promise<Reply>);

export interface FakeServer extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
}

export async function openAiServer(replies: Replies): Promise<FakeServer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const answered = new Promise<boolean>((resolve) => {
      response.once('close', () => resolve(response.writableFinished));
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as {
      model: string;
      messages: Received['messages'];
      temperature?: number;
      seed?: number;
    };
    const { messages, temperature, seed } = body;
    const one = { messages, authorization: request.headers.authorization, temperature, seed, answered };
    received.push(one);
    const reply =
      typeof replies === 'function'
        ? await replies(one)
        : (replies[Math.min(received.length, replies.length) - 1] ?? { status: 404 });
    if ('silentMs' in reply) {
      setTimeout(() => response.destroy(), reply.silentMs).unref();
      return;
    }
    response.setHeader('content-type', 'application/json');
    if ('status' in reply) {
      response.statusCode = reply.status;
      response.end(JSON.stringify({ error: { message: 'broken', type: 'server_error', code: null, param: null } }));
      return;
    }
    response.end(
      JSON.stringify({
        id: 'x',
        object: 'chat.completion',
        created: 1,
        model: body.model,
        choices: [{ index: 0, message: { role: 'assistant', content: reply.content }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
