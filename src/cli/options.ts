import pino, { type Logger } from 'pino';
import { readConfig, type Config } from '../config.ts';
import { SensegraphError } from '../errors.ts';

/** Exit code after Ctrl-C, as of a shell's command that a signal ended. */
export const STOPPED = 130;

/** Options that every command with a data directory takes. */
export const dataOptions = {
  data: { type: 'string', description: 'Data directory (default: SENSEGRAPH_DATA or .sensegraph)', valueHint: 'DIR' },
  tenant: { type: 'string', description: 'Whose data (default: SENSEGRAPH_TENANT or default)', valueHint: 'NAME' },
  json: { type: 'boolean', description: 'Print JSON on standard output' },
} as const;

/** Configuration of a command: the environment, then its own options. */
export function configure(args: {
  readonly data?: string | undefined;
  readonly tenant?: string | undefined;
  readonly port?: string | undefined;
  readonly host?: string | undefined;
}): Config {
  return readConfig({
    ...process.env,
    ...(args.data === undefined ? {} : { SENSEGRAPH_DATA: args.data }),
    ...(args.tenant === undefined ? {} : { SENSEGRAPH_TENANT: args.tenant }),
    ...(args.port === undefined ? {} : { PORT: args.port }),
    ...(args.host === undefined ? {} : { HOST: args.host }),
  });
}

/** A whole number from `least` to `most`. BAD_INPUT names the option. */
export function wholeNumberWithin(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new SensegraphError('BAD_INPUT', `${name} takes a whole number from ${least} to ${most}.`);
}

/** Log lines go to standard error: standard output is for results. Short commands log warnings only, unless LOG_LEVEL asks for more. */
export function logger(config: Config, quiet: boolean): Logger {
  const level = quiet && process.env['LOG_LEVEL'] === undefined ? 'warn' : config.logLevel;
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
}

/** Aborts on the first Ctrl-C or SIGTERM; a second one ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}
