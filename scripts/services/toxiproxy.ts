import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answers, detach, freePort, isInstalled, keptPort, isRunning, output, until } from './process.ts';
import type { Running, Service } from './service.ts';

const NAME = 'toxiproxy';
const MODULE = 'github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0';
const START_SECONDS = 20;

/** A TCP proxy that can delay, cut and black-hole what passes it, told so over HTTP: for tests of bad networks. */
export const toxiproxy: Service = toxiproxyNamed(NAME);

/** One more of them, with a port of its own and the program of the first. */
export function toxiproxyNamed(name: string): Service {
  return {
    name,

    async missing() {
      return (await isInstalled('go', ['version'])) ? undefined : 'Go 1.23 or later (go)';
    },

    async install(folder) {
      const program = programOf(folder);
      if (existsSync(program)) return;
      const draft = `${dirname(program)}.draft-${process.pid}`;
      mkdirSync(dirname(dirname(program)), { recursive: true });
      await output('go', ['install', MODULE], { env: { ...process.env, GOBIN: draft } });
      try {
        renameSync(draft, dirname(program));
      } catch (error) {
        if (!existsSync(program)) throw error;
        rmSync(draft, { recursive: true }); // Another one's start was faster.
      }
    },

    async launch(folder): Promise<Running> {
      const usual = Number(process.env['SENSEGRAPH_SERVICES_TOXIPROXY_PORT'] ?? 18_474);
      const port = await (name === NAME ? freePort(usual) : keptPort(folder, 'toxiproxy'));
      const log = join(folder, 'server.log');
      // A list of no proxies: it puts the folder into the command line, by which the process is known again.
      const config = join(folder, 'proxies.json');
      writeFileSync(config, '[]');
      const args = ['-host', '127.0.0.1', '-port', String(port), '-config', config];
      const pid = detach(programOf(folder), args, { log, cwd: folder });
      await until(
        `Toxiproxy (see ${log})`,
        START_SECONDS,
        () => answers(port),
        () => isRunning(pid, folder),
      );
      const url = `http://127.0.0.1:${port}`;
      return { pid, environment: { SENSEGRAPH_TOXIPROXY_URL: url }, note: url };
    },

    async end(folder, { pid }) {
      process.kill(pid, 'SIGTERM');
      await until(
        'Toxiproxy',
        START_SECONDS,
        async () => !(await isRunning(pid, folder)),
        async () => true,
      );
    },
  };
}

function programOf(folder: string): string {
  return join(dirname(folder), NAME, MODULE.slice(MODULE.lastIndexOf('@') + 1), 'server');
}
