import { join } from 'node:path';
import type { Logger } from 'pino';
import { openHubEncoders } from './adapters/hub/open.ts';
import { requireModel } from './adapters/onnx/lock.ts';
import { openEncoders, type PackEncoders } from './adapters/onnx/open.ts';
import { DEFAULT_TEXT_MODEL, readTextModel, textSpace } from './adapters/onnx/text-spec.ts';
import { openRemoteEncoders } from './adapters/remote/open.ts';
import type { Config } from './config.ts';
import type { Space } from './domain.ts';
import { asSensegraphError, SensegraphError } from './errors.ts';

/**
 * The encoders of the profile: those that it names, the rest from the embedded pack. Throws MODEL_MISSING, MODEL_CORRUPT
 * (hub) and REMOTE_FAILED (remote).
 */
export async function openProfile(
  config: Config,
  log: Logger,
  textModel = config.textModel ?? DEFAULT_TEXT_MODEL,
): Promise<PackEncoders> {
  const { profile, modelsDir, device, threads, captions } = config;
  const pack = openEncoders({ modelsDir, device, threads, log, textModel });
  const { languageModel, spanReader } = pack;
  if (profile.kind === 'hub') {
    const dir = profile.dir ?? join(config.dataDir, 'hub');
    return {
      ...(await openHubEncoders({ ...profile, dir, device, threads, log }, pack)),
      captions,
      languageModel,
      spanReader,
    };
  }
  return {
    ...(profile.kind === 'remote' ? await openRemoteEncoders(profile, pack) : pack),
    captions,
    languageModel,
    spanReader,
  };
}

/** The pack's model whose vectors the space holds. MODEL_MISSING when the pack has it no more, or in another version. */
export async function modelOf(space: Space, { modelsDir }: Config): Promise<string> {
  try {
    const found = textSpace(readTextModel(modelsDir, space.model));
    if (found.version !== space.version || found.dimension !== space.dimension)
      throw new SensegraphError(
        'MODEL_MISSING',
        `${modelsDir} has ${found.model} ${found.version} (${found.dimension}).`,
      );
    await requireModel(modelsDir, space.model);
    return space.model;
  } catch (cause) {
    const { message } = asSensegraphError(cause);
    throw new SensegraphError(
      'MODEL_MISSING',
      `This data directory is embedded by ${space.model} ${space.version} (${space.dimension} dimensions), which is not there: ${message} ` +
        'Put that model back into SENSEGRAPH_MODELS, or embed everything anew: sensegraph models migrate --to MODEL',
      { cause },
    );
  }
}
