import { join } from 'node:path';
import type { Logger } from 'pino';
import { readConfig, type Config } from '../config.ts';
import { SensegraphError } from '../errors.ts';
import { openProfile } from '../open-profile.ts';
import type { Encoders } from '../ports/encoders.ts';
import { logger } from './options.ts';

const PROFILES = ['embedded', 'hub', 'remote'];

/** The option of every `eval` command that says which encoders are measured. */
export const profileOption = {
  profile: {
    type: 'string',
    description: `Encoders: ${PROFILES.join(', ')}; the SENSEGRAPH_… variables name their models (default: SENSEGRAPH_PROFILE)`,
    valueHint: 'NAME',
  },
} as const;

/**
 * The environment's configuration with another profile, and with another data directory where one is named: the folder
 * of the hub's models stays that of the user's own. BAD_INPUT names the variable that the profile still needs.
 */
export function configureEval(profile?: string, dataDir?: string): Config {
  if (profile !== undefined && !PROFILES.includes(profile))
    throw new SensegraphError(
      'BAD_INPUT',
      `There is no profile ${profile}. Known: ${PROFILES.join(', ')} (--profile or SENSEGRAPH_PROFILE).`,
    );
  const config = readConfig({ ...process.env, ...(profile === undefined ? {} : { SENSEGRAPH_PROFILE: profile }) });
  const chosen = config.profile;
  return {
    ...config,
    dataDir: dataDir ?? config.dataDir,
    profile: chosen.kind === 'hub' ? { ...chosen, dir: chosen.dir ?? join(config.dataDir, 'hub') } : chosen,
  };
}

/** The encoders that an `eval` command measures; close them. Throws as `configureEval` and `openProfile`. */
export async function openEvalEncoders(profile?: string): Promise<Encoders> {
  const config = configureEval(profile);
  return openProfile(config, evalLogger(config));
}

/** Warnings alone, on standard error. */
export function evalLogger(config: Config): Logger {
  return logger(config, true);
}
