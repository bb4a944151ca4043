import { SensegraphError } from '../../errors.ts';
import { splitSentences } from '../../ingest/sentences.ts';
import type { Speaker, SpokenText } from '../../ports/encoders.ts';
import { readAloud } from '../speaking/read-aloud.ts';
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
      // Before anything is loaded.
      if (!splitSentences(text).some(({ start, end }) => readAloud(text.slice(start, end)).length > 0))
        throw new SensegraphError('BAD_INPUT', 'There is no English word in this text: give it something to say.');
      return worker.call<SpokenText>({ text } satisfies SpeakerRequest, { signal });
    },
  };
}
