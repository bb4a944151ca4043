import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot, readConfig } from '../../src/config.ts';

const read = (name: string): string => readFileSync(join(packageRoot, name), 'utf8');
const Service = z.object({
  image: z.string().optional(),
  environment: z.record(z.string(), z.string()),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  deploy: z.object({ replicas: z.number() }).optional(),
});
const text = read('docker-compose.yml');
const { services, volumes } = z
  .object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.unknown()) })
  .parse(parse(text, { merge: true }));

describe('docker-compose.yml', () => {
  it('waits only for services that it has and that tell their health', () => {
    for (const { depends_on } of Object.values(services))
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(condition).toBe('service_healthy');
        expect(services[name]?.healthcheck, name).toBeDefined();
      }
    expect(services['worker']?.deploy?.replicas).toBe(2);
  });

  it('defines each volume that it mounts, and mounts each that it defines', () => {
    const mounted = Object.values(services).flatMap((service) => service.volumes.map((one) => one.split(':')[0]));
    expect(mounted.toSorted()).toEqual(Object.keys(volumes).toSorted());
  });

  it('pins every image, opens ports to this machine alone, and has no password of its own', () => {
    for (const [name, { image, ports }] of Object.entries(services)) {
      if (image !== undefined) expect(image, name).toMatch(/:v?\d+\.\d+\.\d+/);
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    }
    for (const { environment } of Object.values(services))
      for (const [name, value] of Object.entries(environment))
        if (/PASSWORD|SECRET|AUTH|POSTGRES_URL/.test(name)) expect(value, name).toMatch(/\$\{\w+:\?/);
  });

  it('gives server and workers a configuration that is taken, of variables that are read', () => {
    const known = readdirSync(join(packageRoot, 'src'))
      .filter((name) => name.startsWith('config'))
      .map((name) => read(`src/${name}`))
      .join('\n');
    for (const name of ['server', 'worker']) {
      const environment = services[name]?.environment ?? {};
      for (const variable of Object.keys(environment))
        if (variable.startsWith('SENSEGRAPH_')) expect(known).toContain(`${variable}:`);
      const filled = Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [key, value.replaceAll(/\$\{\w+:\?[^}]*\}/g, 'secret')]),
      );
      const { postgres, neo4j, s3 } = readConfig(filled).stores;
      expect(new URL(postgres?.url ?? '').hostname).toBe('postgres');
      expect(new URL(neo4j?.url ?? '').hostname).toBe('neo4j');
      expect(new URL(s3?.endpoint ?? '').hostname).toBe('s3');
    }
  });
});

describe('Dockerfile', () => {
  it('copies only what is there and not kept out, from pinned images, and does not run as root', () => {
    const file = read('Dockerfile');
    const ignored = read('.dockerignore').split('\n');
    const made = new Set(['node_modules', 'dist']);
    for (const [, sources = ''] of file.matchAll(/^COPY --from=build (.+) \S+$/gm))
      for (const source of sources.split(' ').map((path) => path.replace('/app/', ''))) {
        if (made.has(source)) continue;
        expect(existsSync(join(packageRoot, source)), source).toBe(true);
        expect(ignored).not.toContain(source);
      }
    for (const [, image = ''] of file.matchAll(/^FROM (\S+)/gm)) expect(image).toMatch(/:\d+\.\d+\.\d+/);
    expect(file).toMatch(/^USER node$/m);
    const { node } = z
      .object({ dependencies: z.object({ node: z.string() }) })
      .parse(JSON.parse(read('package.json'))).dependencies;
    expect(file).toContain(`FROM node:${node}-`);
  });
});
