import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SensegraphError } from '../../errors.ts';
import type { SoundEncoder, SoundLabel } from '../../ports/encoders.ts';
import type { ModelName, ModelPack } from './pack.ts';
import { SOUND_RATE, SOUND_WIDTH, SOUND_WINDOW, type SoundReply, type SoundRequest } from './sound-model.ts';

const MODEL: ModelName = { id: 'sound-events', version: '1.0.0', licence: 'Apache-2.0' };

const LabelFile = z.array(
  z.object({
    index: z.number(),
    label: z.string(),
    says: z.enum(['SPEECH', 'QUALITY']).optional(),
    thing: z.string().optional(),
    synset31: z.number().optional(),
  }),
);

/** The sound events of the pack: a student of YAMNet, see its card. */
export function openSound(pack: ModelPack): SoundEncoder {
  const { worker, info } = pack.model('sound', MODEL);
  let labels: SoundLabel[] | undefined;
  return {
    info,
    space: { name: MODEL.id, model: MODEL.id, version: MODEL.version, dimension: SOUND_WIDTH },
    get labels() {
      return (labels ??= readLabels(pack.modelsDir));
    },
    async listen(samples, signal) {
      if (samples.length === 0) return [];
      const reply = await worker.call<SoundReply>({ samples } satisfies SoundRequest, { signal });
      const classes = reply.scores.length / reply.starts.length;
      return reply.starts.map((start, i) => ({
        startSeconds: start / SOUND_RATE,
        endSeconds: Math.min(start + SOUND_WINDOW, samples.length) / SOUND_RATE,
        scores: reply.scores.slice(i * classes, (i + 1) * classes),
        vector: reply.vectors.slice(i * SOUND_WIDTH, (i + 1) * SOUND_WIDTH),
      }));
    },
  };
}

function readLabels(modelsDir: string): SoundLabel[] {
  const path = join(modelsDir, MODEL.id, 'labels.json');
  try {
    return LabelFile.parse(JSON.parse(readFileSync(path, 'utf8'))).map(({ index, label, says, thing, synset31 }) => ({
      index,
      label,
      ...(says ? { says } : {}),
      ...(thing !== undefined && synset31 !== undefined ? { thing: { name: thing, synset: synset31 } } : {}),
    }));
  } catch (cause) {
    throw new SensegraphError('MODEL_MISSING', `${path} is missing or damaged. Get the model pack again.`, { cause });
  }
}
