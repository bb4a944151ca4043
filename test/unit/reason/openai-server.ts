/** A server that speaks the OpenAI chat API, for tests: gives the prepared replies in turn and keeps what it was sent. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Reply = { readonly content: string } | { readonly status: number } | { readonly silentMs: number };

export interface Received {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly authorization: string | undefined;
}

export interface FakeServer extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
}

export async function openAiServer(replies: readonly Reply[]): Promise<FakeServer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as { model: string; messages: Received['messages'] };
    const reply = replies[Math.min(received.length, replies.length - 1)] ?? { status: 404 };
    received.push({ messages: body.messages, authorization: request.headers.authorization });
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
