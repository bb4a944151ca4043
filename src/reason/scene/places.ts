import type { Box } from '../../domain.ts';
import { bottom } from '../../boxes.ts';
import { edgesTouched, towersOf, type Scene, type SceneThing, type Side } from './scene.ts';
import type { Place } from './statement.ts';

/** Whether a thing touches that edge of its field, any, or two that meet. */
export function touches(thing: SceneThing, side: Side | 'ANY' | 'CORNER', scene: Scene): boolean {
  const edges = edgesTouched(thing, scene);
  if (side === 'ANY') return edges.length > 0;
  if (side !== 'CORNER') return edges.includes(side);
  return (
    edges.some((edge) => edge === 'LEFT' || edge === 'RIGHT') &&
    edges.some((edge) => edge === 'TOP' || edge === 'BOTTOM')
  );
}

/** Its place in its tower where the field holds one tower, or else among all things of the field. */
export function isAt({ box, field }: SceneThing, place: Place, scene: Scene): boolean {
  const own = scene.things.filter((thing) => thing.field === field);
  const [tower, ...more] = towersOf(own, scene);
  const isTower = more.length === 0 && tower?.length === own.length;
  const from = [...own].toSorted((a, b) => bottom(b.box) - bottom(a.box)).findIndex((thing) => thing.box === box);
  const least = (of: (thing: SceneThing) => number) => own.every((thing) => of(thing) >= of({ box, field, name: '' }));
  switch (place) {
    case 'TOP':
      return isTower ? from === own.length - 1 : least((thing) => thing.box.y);
    case 'BASE':
      return isTower ? from === 0 : least((thing) => -bottom(thing.box));
    case 'MIDDLE':
      return isTower && from > 0 && from < own.length - 1;
    case 'LEFT':
      return least((thing) => thing.box.x);
    case 'RIGHT':
      return least((thing) => -thing.box.x - thing.box.width);
    default:
      return isTower && from === place - 1;
  }
}

/** Whether a field has that place among the fields, from left to right. */
export function isFieldAt(box: Box, place: Place, scene: Scene): boolean {
  const at = scene.fields.indexOf(box);
  const last = scene.fields.length - 1;
  if (place === 'LEFT') return at === 0;
  if (place === 'RIGHT') return at === last;
  return place === 'MIDDLE' ? at > 0 && at < last : typeof place === 'number' && at === place - 1;
}
