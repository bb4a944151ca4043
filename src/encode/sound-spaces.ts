import type { Space } from '../domain.ts';
import type { Encoders } from '../ports/encoders.ts';

/** Space of sounds as heard through their labels' words; questions are centred before they search it. */
export const SOUND_TEXT_SPACE = 'sound-text';

/** Where sounds are found by words: the profile's own space of both, or else the one of their labels' words; undefined where nothing hears. */
export function soundTextSpace({ text, sound, soundText }: Encoders): Space | undefined {
  if (soundText) return soundText.space;
  return (
    sound && {
      name: SOUND_TEXT_SPACE,
      model: `${sound.space.model}+${text.space.model}`,
      version: `${sound.space.version}+${text.space.version}`,
      dimension: text.space.dimension,
    }
  );
}

/** Spaces that recordings are written into; none where nothing hears. */
export function soundSpaces(encoders: Encoders): Space[] {
  return [encoders.sound?.space, soundTextSpace(encoders)].filter((space) => space !== undefined);
}
