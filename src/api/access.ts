import { createHash, timingSafeEqual } from 'node:crypto';
import type { Application } from '../application.ts';
import { SensegraphError } from '../errors.ts';
import { DEFAULT_TENANT, type Tenants, type TokenHash } from '../ports/tenants.ts';

/** Whose application a request is for. */
export interface Access {
  /** By the value of an Authorization header. UNAUTHENTICATED without a token that is needed, or with a wrong one. */
  of(authorization: string | undefined): Promise<Application>;
  /** That of a tenant which was given an upload's URL, by any server: the URL has a token of its own. Undefined when there is none. */
  ofUpload(tenant: string): Promise<Application | undefined>;
  /** Whether anybody may call without a token. */
  isOpen(): Promise<boolean>;
}

/** One application, for everybody. */
export function openAccess(application: Application): Access {
  return {
    of: async () => application,
    ofUpload: async (tenant) => (tenant === DEFAULT_TENANT ? application : undefined),
    isOpen: async () => true,
  };
}

/** How long a list of tokens is good, milliseconds: one that is taken away opens nothing after that. */
const FRESH_MS = 5000;

interface Known {
  readonly isOpen: boolean;
  readonly names: ReadonlySet<string>;
  readonly tokens: readonly TokenHash[];
  readonly until: number;
}

interface ApplicationsOfTenants {
  readonly tenants: Pick<Tenants, 'list' | 'tokens'>;
  of(tenant: string): Promise<Application>;
}

/** By bearer tokens. As long as there is only the default tenant and no token, everybody is the default tenant. */
export class TokenAccess implements Access {
  readonly #tenants: ApplicationsOfTenants['tenants'];
  readonly #applications: ApplicationsOfTenants;
  #known: Promise<Known> | undefined;

  constructor(applications: ApplicationsOfTenants) {
    this.#applications = applications;
    this.#tenants = applications.tenants;
  }

  async of(authorization: string | undefined): Promise<Application> {
    const { isOpen, tokens } = await this.#fresh();
    if (isOpen) return this.#applications.of(DEFAULT_TENANT);
    const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization ?? '')?.[1];
    const hash = token === undefined ? undefined : hashOf(token);
    // All are compared, each in constant time, so that the time tells nothing of how near a guess was.
    const found = tokens.filter((one) => hash !== undefined && timingSafeEqual(one.hash, hash));
    const tenant = found[0]?.tenant;
    if (tenant !== undefined) return this.#applications.of(tenant);
    throw new SensegraphError(
      'UNAUTHENTICATED',
      token === undefined
        ? 'This server asks for a token. Send it as: Authorization: Bearer <token>'
        : 'The token is not known, or not any more. Ask for another: sensegraph tenants add NAME',
    );
  }

  async ofUpload(tenant: string): Promise<Application | undefined> {
    const { names } = await this.#fresh();
    return names.has(tenant) ? this.#applications.of(tenant) : undefined;
  }

  async isOpen(): Promise<boolean> {
    return (await this.#fresh()).isOpen;
  }

  async #fresh(): Promise<Known> {
    const known = await this.#known?.catch(() => undefined);
    if (known && known.until > Date.now()) return known;
    this.#known = this.#read();
    return this.#known;
  }

  async #read(): Promise<Known> {
    const [tenants, tokens] = [await this.#tenants.list(), await this.#tenants.tokens()];
    const isOpen = tokens.length === 0 && tenants.every(({ name }) => name === DEFAULT_TENANT);
    return { isOpen, names: new Set(tenants.map(({ name }) => name)), tokens, until: Date.now() + FRESH_MS };
  }
}

/** What is kept of a token. */
export function hashOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}
