import { SensegraphError } from '../../errors.ts';
import type { Speaker, SpokenText } from '../../ports/encoders.ts';
import type { ModelName, ModelPack } from './pack.ts';
import type { SpeakerRequest } from './speaker-model.ts';

const MODEL: ModelName = { id: 'piper-joe', version: 'q8-1.0.0', licence: 'MIT' };
/** About an hour of speech. */
const MOST_CHARACTERS = 50_000;

/** The voice of the pack: Piper's en_US-joe-medium, see its card. */
export function openSpeaker(pack: ModelPack): Speaker {
  const { worker, info } = pack.model('speaker', MODEL);
  return {
    info,
    async speak(text, signal) {
      if (text.length > MOST_CHARACTERS)
        throw new SensegraphError(
          'TOO_LONG',
          `Speak at most ${MOST_CHARACTERS} characters at once: cut the text in parts.`,
        );
      return worker.call<SpokenText>({ text } satisfies SpeakerRequest, { signal });
    },
  };
}
