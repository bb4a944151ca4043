import type { Member } from './processes.ts';
import type { Account } from './account.ts';

/** An answer of any kind must have come by then. */
const BOUND_MS = 120_000;

interface UserError {
  readonly code: string;
  readonly message: string;
}

/** A request that was refused, or got no answer. */
export class Refused extends Error {}

/** Asks one server. Refused where it says no, or nothing. */
export async function ask<T>(server: Member, query: string, variables: object, account: Account): Promise<T> {
  const { url } = server;
  if (url === undefined) throw refused(account, 'server starts');
  const started = performance.now();
  let response: { data?: T | null; errors?: { message: string; extensions?: { code?: string } }[] };
  try {
    const got = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(BOUND_MS),
    });
    response = (await got.json()) as typeof response;
  } catch (error) {
    if ((error as Error).name === 'TimeoutError')
      account.violations.push(`${server.name} did not answer within ${BOUND_MS / 1000} s: ${query}`);
    throw refused(account, 'no answer', error);
  } finally {
    account.longestMs = Math.max(account.longestMs, performance.now() - started);
  }
  const [error] = response.errors ?? [];
  const code = error?.extensions?.code ?? '';
  if (code === 'INTERNAL') account.violations.push(`${server.name} failed inside: ${query}: ${error?.message}`);
  if (error || !response.data) throw refused(account, code);
  return response.data;
}

/** The mutation's payload, unless it has `userErrors`. */
export async function change<T extends object>(
  server: Member,
  query: string,
  variables: object,
  account: Account,
): Promise<T> {
  const [payload] = Object.values(
    await ask<{ [field: string]: T & { userErrors: UserError[] } }>(server, query, variables, account),
  );
  const [error] = payload?.userErrors ?? [];
  if (!payload || error) throw refused(account, error?.code ?? 'nothing');
  return payload;
}

function refused(account: Account, reason: string, cause?: unknown): Refused {
  account.count(account.refused, reason);
  return new Refused(reason, { cause });
}
