/** Real servers without Docker: `npm run services -- start|stop|status|env [postgres18] [neo4j] [postgres16] [neo4j-gds] [s3] [toxiproxy]`. */
import { neo4j, neo4jGds } from './neo4j.ts';
import { postgres } from './postgres.ts';
import { s3 } from './s3.ts';
import { toxiproxy } from './toxiproxy.ts';
import { found, start, stop, type Running, type Service } from './service.ts';

const ALL: readonly Service[] = [postgres(18), neo4j, postgres(16), neo4jGds, s3, toxiproxy];
/** What a server of Sensegraph needs: one of each kind. */
const DEFAULT = ALL.slice(0, 2);

const USAGE = `npm run services -- COMMAND [${ALL.map((one) => one.name).join('] [')}]

start    installs (once) and starts them: ${DEFAULT.map((one) => one.name).join(' and ')}, where none is named
stop     stops them, all where none is named; their data stays
status   says which run
env      prints what makes Sensegraph use them: eval "$(npm run -s services -- env)"`;

function exports({ environment }: Running): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value}'`)
    .join('\n');
}

async function run([command = 'start', ...names]: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !ALL.some((one) => one.name === name));
  if (unknown !== undefined || !['start', 'stop', 'status', 'env'].includes(command)) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const named = ALL.filter((one) => names.includes(one.name));
  if (command === 'start') {
    const begin = async (service: Service): Promise<void> => {
      const lacking = await service.missing();
      if (lacking !== undefined) throw new Error(`${service.name} needs ${lacking}: install it, and try again.`);
      console.log(`${service.name} runs, ${(await start(service)).note}`);
    };
    await Promise.all((named.length > 0 ? named : DEFAULT).map(begin));
    console.log('Use them: eval "$(npm run -s services -- env)"   Stop them: npm run services -- stop');
    return;
  }
  for (const service of named.length > 0 ? named : ALL) {
    if (command === 'stop') {
      if (await stop(service)) console.log(`${service.name} is stopped`);
      continue;
    }
    const running = await found(service);
    if (command === 'status') console.log(`${service.name} ${running ? `runs, ${running.note}` : 'does not run'}`);
    else if (running && (service.name !== 'postgres16' || named.length > 0)) console.log(exports(running));
  }
}

await run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
