import { boxOf, drawingPath, groundingOf } from '../../draw/grounding.ts';
import type { Resolvers } from '../generated.ts';

export const drawingResolvers: Resolvers = {
  Answer: {
    grounding: (answer) => groundingOf(answer),
  },
  Grounding: {
    url: ({ asset, boxes }) =>
      drawingPath(
        asset.id,
        boxes.map(({ region }) => region),
      ),
  },
  Evidence: {
    drawingUrl: (evidence) => {
      const box = boxOf(evidence);
      return box ? drawingPath(evidence.asset.id, [box]) : null;
    },
  },
};
