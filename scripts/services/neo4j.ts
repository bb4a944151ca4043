import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answers, detach, freePort, isInstalled, isRunning, output, until } from './process.ts';
import type { Running, Service } from './service.ts';

const VERSION = '5.26.30';
const BROWSER = '5.24.0';
const START_SECONDS = 90;
const NAME = 'neo4j';

/** Neo4j LTS with its Browser from Maven artifacts. The excluded ones read Parquet files, which nothing here does. */
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
 <groupId>local</groupId><artifactId>services</artifactId><version>1</version><packaging>pom</packaging>
 <dependencies>
  <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>${VERSION}</version><exclusions>
   <exclusion><groupId>org.apache.hadoop</groupId><artifactId>*</artifactId></exclusion>
   <exclusion><groupId>org.apache.parquet</groupId><artifactId>*</artifactId></exclusion>
   <exclusion><groupId>blue.strategic.parquet</groupId><artifactId>*</artifactId></exclusion>
   <exclusion><groupId>org.xerial.snappy</groupId><artifactId>*</artifactId></exclusion>
  </exclusions></dependency>
  <dependency><groupId>org.neo4j.client</groupId><artifactId>neo4j-browser</artifactId><version>${BROWSER}</version></dependency>
 </dependencies></project>
`;

const JVM = [
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--add-opens=java.base/java.io=ALL-UNNAMED',
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
  '-Dlog4j2.disable.jmx=true',
];

const actions: Omit<Service, 'name'> = {
  async missing() {
    if (!(await isInstalled('java', ['-version']))) return 'Java 17 or later (java)';
    return (await isInstalled('mvn', ['-version'])) ? undefined : 'Maven (mvn)';
  },

  async install(folder) {
    const lib = libOf(folder);
    if (existsSync(lib)) return;
    mkdirSync(dirname(lib), { recursive: true });
    writeFileSync(join(folder, 'pom.xml'), POM);
    const draft = `${lib}.draft-${process.pid}`;
    rmSync(draft, { recursive: true, force: true });
    const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${draft}`, '-DincludeScope=runtime'];
    await output('mvn', ['-B', '-q', ...copy], { cwd: folder });
    try {
      renameSync(draft, lib);
    } catch (error) {
      if (!existsSync(lib)) throw error;
      rmSync(draft, { recursive: true }); // Another one's start was faster.
    }
  },

  async launch(folder, password): Promise<Running> {
    const home = join(folder, 'home');
    const conf = join(home, 'conf');
    for (const part of ['conf', 'data', 'logs', 'run', 'plugins', 'import'])
      mkdirSync(join(home, part), { recursive: true });
    const bolt = await freePort(Number(process.env['SENSEGRAPH_SERVICES_BOLT_PORT'] ?? 17_687));
    const http = await freePort(Number(process.env['SENSEGRAPH_SERVICES_HTTP_PORT'] ?? 17_474));
    writeFileSync(join(conf, 'neo4j.conf'), settings(bolt, http));
    const classpath = ['-cp', join(libOf(folder), '*')];
    if (!existsSync(join(home, 'data', 'dbms', 'auth.ini'))) {
      await output('java', [...classpath, 'org.neo4j.cli.AdminTool', 'dbms', 'set-initial-password', password], {
        env: { ...process.env, NEO4J_HOME: home, NEO4J_CONF: conf },
      });
    }
    const main = ['org.neo4j.server.CommunityEntryPoint', `--home-dir=${home}`, `--config-dir=${conf}`];
    const pid = detach('java', [...JVM, ...classpath, ...main], { log: join(folder, 'server.log'), cwd: folder });
    // HTTP comes up after Bolt.
    const up = async (): Promise<boolean> => (await answers(bolt)) && (await answers(http));
    await until(`Neo4j (see ${join(folder, 'server.log')})`, START_SECONDS, up, () => isRunning(pid, folder));
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

export const neo4j: Service = neo4jNamed(NAME);

/** One more of them, with data and ports of its own, and the program of the first. */
export function neo4jNamed(name: string): Service {
  return { ...actions, name };
}

function libOf(folder: string): string {
  return join(dirname(folder), NAME, `lib-${VERSION}-${BROWSER}`);
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
