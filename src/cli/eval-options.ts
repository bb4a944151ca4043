import { SensegraphError } from '../errors.ts';

/** All values of an option that may be given several times. */
export function repeated(name: string, rawArgs: readonly string[]): string[] {
  return rawArgs.flatMap((arg, i) =>
    arg === `--${name}` ? [rawArgs[i + 1] ?? ''] : arg.startsWith(`--${name}=`) ? [arg.slice(name.length + 3)] : [],
  );
}

/** BAD_INPUT names the option. */
export function wholeNumber(name: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new SensegraphError('BAD_INPUT', `${name} takes a whole number.`);
  return Number(value);
}
