import { randomBytes } from 'node:crypto';
import { defineCommand } from 'citty';
import { hashOf } from '../api/access.ts';
import { SensegraphError } from '../errors.ts';
import { openTransfer } from '../main.ts';
import { openStores } from '../open-stores.ts';
import { removeTenant } from '../remove-tenant.ts';
import { configure, dataOptions, logger } from './options.ts';

const options = { data: dataOptions.data, json: dataOptions.json } as const;
const named = { ...options, name: { type: 'positional', description: 'Its name', required: true } } as const;

const add = defineCommand({
  meta: {
    name: 'add',
    description: 'Make a tenant, if it is not there, and print a new token for it. It is told this once',
  },
  args: named,
  async run({ args }) {
    const config = configure(args);
    const stores = await openStores(config, logger(config, true));
    try {
      const isNew = await stores.tenants.add(args.name);
      const token = `sg_${randomBytes(32).toString('base64url')}`;
      await stores.tenants.addToken({ tenant: args.name, hash: hashOf(token) });
      if (args.json) console.log(JSON.stringify({ tenant: args.name, isNew, token }));
      else
        console.log(
          `${isNew ? 'Made' : 'A further token for'} ${args.name}. Its token, which is kept nowhere: ${token}`,
        );
    } finally {
      await stores.close();
    }
  },
});

const list = defineCommand({
  meta: { name: 'list', description: 'List the tenants' },
  args: options,
  async run({ args }) {
    const config = configure(args);
    const stores = await openStores(config, logger(config, true));
    try {
      const all = await stores.tenants.list();
      if (args.json) console.log(JSON.stringify(all));
      else for (const { name, createdAt, tokens } of all) console.log(`${name}  since ${createdAt}, ${tokens} tokens`);
    } finally {
      await stores.close();
    }
  },
});

const revoke = defineCommand({
  meta: {
    name: 'revoke',
    description:
      'Take all tokens of a tenant away; its data stays. A new one: tenants add. Servers know within 5 seconds',
  },
  args: named,
  async run({ args }) {
    const config = configure(args);
    const stores = await openStores(config, logger(config, true));
    try {
      if (!(await stores.tenants.has(args.name)))
        throw new SensegraphError('NOT_FOUND', `There is no tenant ${args.name}. See: sensegraph tenants list`);
      const tokens = await stores.tenants.removeTokens(args.name);
      if (args.json) console.log(JSON.stringify({ tenant: args.name, revoked: tokens }));
      else console.log(`${tokens} tokens of ${args.name} open nothing any more.`);
    } finally {
      await stores.close();
    }
  },
});

const remove = defineCommand({
  meta: { name: 'remove', description: 'Delete a tenant with all it has, and look whether anything is left of it' },
  args: { ...named, yes: { type: 'boolean', description: 'Really' } },
  async run({ args }) {
    if (args.yes !== true)
      throw new SensegraphError('BAD_INPUT', `This deletes all that ${args.name} has, for good. Say so with --yes.`);
    const config = configure(args);
    const stores = await openTransfer(config, logger(config, true));
    try {
      const traces = await removeTenant(args.name, stores, stores.bytes.of(args.name));
      if (args.json) console.log(JSON.stringify({ tenant: args.name, isDeleted: traces.length === 0, traces }));
      else if (traces.length === 0) console.log(`${args.name} is deleted; nothing is left of it.`);
      else for (const { place, count } of traces) console.log(`${count} in ${place}`);
      if (traces.length > 0) process.exitCode = 1;
    } finally {
      await stores.close();
    }
  },
});

export const tenants = defineCommand({
  meta: { name: 'tenants', description: 'Who shares this server, each with data of its own' },
  subCommands: { add, list, revoke, remove },
});
