import { describe, expect, it } from 'vitest';
import { segmentNode } from '../../../src/adapters/postgres/projection.ts';

const caption = (text: string): string =>
  segmentNode(
    {
      id: 'Segment:1:0',
      assetId: 'Asset:1',
      ordinal: 0,
      kind: 'PASSAGE',
      locator: { type: 'TextSpan', start: 0, end: text.length, quote: '' },
      text,
      sentences: [],
    },
    'TEXT',
  ).caption;

describe('the caption of a segment', () => {
  it.each([
    ['# Alice Turner\n\nAlice Turner was a photographer.', 'Alice Turner: Alice Turner was a photographer.'],
    ['Getting there\n\nThe station is near.\nTrains come.', 'Getting there: The station is near. Trains come.'],
    ['One sentence.\n\n## Another one\nand more', 'One sentence. Another one and more'],
    ['No ferry on Sunday', 'No ferry on Sunday'],
    ['# Only a heading\n', 'Only a heading'],
    ['', ''],
  ])('%j is one line that reads well', (text, line) => {
    expect(caption(text)).toBe(line);
  });

  it('is at most 80 characters, and cuts none in two', () => {
    expect(caption('word '.repeat(100))).toHaveLength(80);
    expect(caption(`${'x'.repeat(79)}🙂 and more`)).toBe('x'.repeat(79));
  });
});
