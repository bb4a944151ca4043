import type { Space } from '../domain.ts';
import type { Encoders } from '../ports/encoders.ts';

/** Space of sounds as heard through their labels' words; questions are centred before they search it. */
export const SOUND_TEXT_SPACE = 'sound-text';

/** Spaces that recordings are written into; none where nothing hears. */
export function soundSpaces({ text, sound }: Encoders): Space[] {
  if (!sound) return [];
  return [
    sound.space,
    {
      name: SOUND_TEXT_SPACE,
      model: `${sound.space.model}+${text.space.model}`,
      version: `${sound.space.version}+${text.space.version}`,
      dimension: text.space.dimension,
    },
  ];
}
