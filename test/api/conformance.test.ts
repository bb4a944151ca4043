import { serverAudits } from 'graphql-http';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServing, type Serving } from './serving.ts';

let serving: Serving;
beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.close());

describe('GraphQL over HTTP', () => {
  for (const audit of serverAudits({ url: () => serving.api.url })) {
    test(`${audit.id}: ${audit.name}`, async () => {
      const result = await audit.fn();
      if (audit.name.startsWith('MAY')) expect(['ok', 'notice']).toContain(result.status);
      else expect(result).toMatchObject({ status: 'ok' });
    });
  }
});

test('every type, field, argument, enum value and input field has a description', async () => {
  const schema = buildClientSchema(await serving.api.data<IntrospectionQuery>(getIntrospectionQuery()));
  const bare: string[] = [];
  const look = (name: string, described: { description?: string | null | undefined }) => {
    if (!described.description?.trim()) bare.push(name);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    look(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    else if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    else if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument);
      }
  }
  expect(bare).toEqual([]);
});

test('the page at / says where GraphQL is, and runs nothing', async () => {
  const response = await fetch(`${serving.api.origin}/`);
  expect(response.headers.get('content-type')).toContain('text/html');
  const page = await response.text();
  expect(page).toContain('/graphql');
  expect(page).not.toContain('<script');
});

test('health is told at /healthz and by GraphQL', async () => {
  const response = await fetch(`${serving.api.origin}/healthz`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ ok: true });
  const { health } = await serving.api.data<{
    health: { ok: boolean; models: { id: string; licence: string; device: string; loaded: boolean }[] };
  }>('{ health { ok version counts models { id version licence device loaded } } }');
  expect(health.ok).toBe(true);
  expect(health.models.length).toBeGreaterThan(3);
  for (const { id, licence } of health.models) expect([id !== '', licence !== '']).toEqual([true, true]);
  for (const { device, loaded } of health.models) expect(loaded).toBe(device !== 'not loaded');
});

test('no way of answering tells the framework', async () => {
  expect((await fetch(`${serving.api.origin}/nowhere`)).headers.get('x-powered-by')).toBeNull();
});
