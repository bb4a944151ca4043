import { isPicture, type Segment } from '../domain.ts';
import type { Encoders } from '../ports/encoders.ts';
import { imageTextSpace } from './image-text.ts';
import { soundTextSpace } from './sound-spaces.ts';

/** Names of the spaces of pictures and sounds that encode writes this segment into. */
export function spacesOf(segment: Segment, encoders: Encoders): string[] {
  if (isPicture(segment)) return [encoders.image.space.name, imageTextSpace(encoders).name];
  if (segment.kind !== 'SOUND') return [];
  // Labels are all that the space of their words knows of a sound.
  const inWords = encoders.soundText || segment.text !== '' ? soundTextSpace(encoders) : undefined;
  return [encoders.sound?.space.name, inWords?.name].filter((name) => name !== undefined);
}
