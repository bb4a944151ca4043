import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answers, detach, freePort, isInstalled, keptPort, isRunning, output, until } from './process.ts';
import type { Running, Service } from './service.ts';

const VERSION = '5.26.30';
const BROWSER = '5.24.0';
const START_SECONDS = 120;

const artifact = (group: string, name: string, version: string, inside = ''): string =>
  `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version>${inside}</dependency>`;

/** The excluded ones read Parquet files, which nothing here does. */
const EXCLUSIONS = ['org.apache.hadoop', 'org.apache.parquet', 'blue.strategic.parquet', 'org.xerial.snappy']
  .map((group) => `<exclusion><groupId>${group}</groupId><artifactId>*</artifactId></exclusion>`)
  .join('');

/** Neo4j LTS with its Browser. */
const SERVER = [
  artifact('org.neo4j', 'neo4j', VERSION, `<exclusions>${EXCLUSIONS}</exclusions>`),
  artifact('org.neo4j.client', 'neo4j-browser', BROWSER),
];

const APOC = '5.26.19';
const GDS = '2.13.9';
const PLUGINS = [
  ...['apoc-core', 'apoc-common'].map((name) => artifact('org.neo4j.procedure', name, APOC)),
  ...['proc', 'proc-sysinfo', 'opengds-extension'].map((name) => artifact('org.neo4j.gds', name, GDS)),
];

/** The variable that names another, and the port. */
type UsualPort = readonly [variable: string, port: number];

interface Edition {
  readonly name: string;
  readonly plugins: readonly string[];
  readonly heap: string;
  /** Variables that name the ports wanted, and which they are without. */
  readonly bolt: UsualPort | undefined;
  readonly http: UsualPort | undefined;
  readonly settings: string;
}

const JVM = [
  '-XX:+UseSerialGC',
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--add-opens=java.base/java.io=ALL-UNNAMED',
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
  '-Dlog4j2.disable.jmx=true',
];

const PLAIN: Edition = {
  name: 'neo4j',
  plugins: [],
  heap: '512m',
  bolt: ['SENSEGRAPH_SERVICES_BOLT_PORT', 17_687],
  http: ['SENSEGRAPH_SERVICES_HTTP_PORT', 17_474],
  settings: '',
};

/** A Neo4j Community server, light. */
export const neo4j: Service = service(PLAIN);

/** One more of them, with data and ports of its own, and the program of the first. */
export function neo4jNamed(name: string): Service {
  return service({ ...PLAIN, name, bolt: undefined, http: undefined });
}

/** The same with Graph Data Science, which analyses whole graphs, and APOC. */
export const neo4jGds: Service = service({
  name: 'neo4j-gds',
  plugins: PLUGINS,
  heap: '1g',
  bolt: ['SENSEGRAPH_SERVICES_GDS_BOLT_PORT', 17_688],
  http: ['SENSEGRAPH_SERVICES_GDS_HTTP_PORT', 17_475],
  settings: 'dbms.security.procedures.unrestricted=apoc.*,gds.*\n',
});

function service({ name, plugins, heap, settings: more, ...ports }: Edition): Service {
  return {
    name,

    async missing() {
      if (!(await isInstalled('java', ['-version']))) return 'Java 17 or later (java)';
      return (await isInstalled('mvn', ['-version'])) ? undefined : 'Maven (mvn)';
    },

    async install(folder) {
      await copyArtifacts(folder, libOf(folder), SERVER);
      if (plugins.length > 0) await copyArtifacts(folder, pluginsOf(folder), plugins);
    },

    async launch(folder, password): Promise<Running> {
      const home = join(folder, 'home');
      const [bolt, http] = [await portOf(folder, 'bolt', ports.bolt), await portOf(folder, 'http', ports.http)];
      const extra = plugins.length > 0 ? `server.directories.plugins=${pluginsOf(folder)}\n` : '';
      prepareHome(home, settings(bolt, http) + extra + more);
      if (!existsSync(join(home, 'data', 'dbms', 'auth.ini')))
        await neo4jAdmin(folder, home, ['dbms', 'set-initial-password', password]);
      // What both bring is the server's: APOC fails on the commons-lang3 that GDS asks for.
      const classpath = [
        '-cp',
        [libOf(folder), ...(plugins.length > 0 ? [pluginsOf(folder)] : [])].map(allOf).join(':'),
      ];
      const main = ['org.neo4j.server.CommunityEntryPoint', `--home-dir=${home}`, `--config-dir=${join(home, 'conf')}`];
      const log = join(folder, 'server.log');
      const pid = detach('java', [`-Xmx${heap}`, ...JVM, ...classpath, ...main], { log, cwd: folder });
      // HTTP comes up after Bolt.
      const up = async (): Promise<boolean> => (await answers(bolt)) && (await answers(http));
      await until(`Neo4j (see ${log})`, START_SECONDS, up, () => isRunning(pid, folder));
      if (!(await isRunning(pid, folder))) throw new Error(`Another server took Neo4j's port (see ${log}): try again.`);
      return {
        pid,
        environment: {
          SENSEGRAPH_NEO4J_URL: `bolt://127.0.0.1:${bolt}`,
          SENSEGRAPH_NEO4J_USER: 'neo4j',
          SENSEGRAPH_NEO4J_PASSWORD: password,
        },
        note: `Neo4j Browser: http://127.0.0.1:${http}/browser/`,
      };
    },

    async end(folder, { pid }) {
      process.kill(pid, 'SIGTERM');
      await until(
        'Neo4j',
        START_SECONDS,
        async () => !(await isRunning(pid, folder)),
        async () => true,
      );
    },
  };
}

/** Runs `neo4j-admin` of the service's programs on a database folder whose server does not run. Gives what it wrote. */
export async function neo4jAdmin(folder: string, home: string, args: readonly string[]): Promise<string> {
  mkdirSync(home, { recursive: true });
  const classpath = ['-cp', allOf(libOf(folder))];
  return output('java', ['-Xmx512m', ...JVM, ...classpath, 'org.neo4j.cli.AdminTool', ...args], {
    env: { ...process.env, NEO4J_HOME: home, NEO4J_CONF: join(home, 'conf') },
  });
}

function prepareHome(home: string, text: string): void {
  for (const part of ['conf', 'data', 'logs', 'run', 'plugins', 'import'])
    mkdirSync(join(home, part), { recursive: true });
  writeFileSync(join(home, 'conf', 'neo4j.conf'), text);
}

/** Without a usual one, one of its own: two that start at once would both find the usual one free. */
function portOf(folder: string, name: string, usual: UsualPort | undefined): Promise<number> {
  if (!usual) return keptPort(folder, name);
  const [variable, port] = usual;
  return freePort(Number(process.env[variable] ?? port));
}

/** The jars of the artifacts and of what they need, once. */
async function copyArtifacts(folder: string, target: string, artifacts: readonly string[]): Promise<void> {
  if (existsSync(target)) return;
  const pom = `${target}.xml`;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(
    pom,
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
 <groupId>local</groupId><artifactId>services</artifactId><version>1</version><packaging>pom</packaging>
 <dependencies>${artifacts.join('\n')}</dependencies></project>
`,
  );
  const draft = `${target}.draft-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${draft}`, '-DincludeScope=runtime'];
  await output('mvn', ['-B', '-q', '-f', pom, ...copy], { cwd: folder });
  try {
    renameSync(draft, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(draft, { recursive: true }); // Another one's start was faster.
  }
}

function libOf(folder: string): string {
  return join(dirname(folder), PLAIN.name, `lib-${VERSION}-${BROWSER}`);
}

function pluginsOf(folder: string): string {
  return join(folder, `plugins-${APOC}-${GDS}`);
}

function allOf(folder: string): string {
  return join(folder, '*');
}

function settings(bolt: number, http: number): string {
  return `server.default_listen_address=127.0.0.1
server.default_advertised_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:${bolt}
server.bolt.advertised_address=127.0.0.1:${bolt}
server.http.listen_address=127.0.0.1:${http}
server.http.advertised_address=127.0.0.1:${http}
server.https.enabled=false
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
server.memory.pagecache.size=64m
`;
}
