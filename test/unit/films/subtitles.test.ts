import { describe, expect, it } from 'vitest';
import { withoutSaidTwice } from '../../../src/encode/said-twice.ts';
import type { EncodedAsset } from '../../../src/encode/encoded.ts';
import { readWebVtt } from '../../../src/ingest/subtitles.ts';

describe('readWebVtt', () => {
  it('reads times with and without hours, and words without marks', () => {
    const file =
      'WEBVTT\n\n1\n00:01.500 --> 00:03.000 align:left\n- <v Ada>The <b>bell</b> rang\nat &amp; after noon.\n\n01:00:00,250 --> 01:00:01,000\n{\\an8}Later.\n';
    expect(readWebVtt(file)).toEqual([
      { startSeconds: 1.5, endSeconds: 3, text: 'The bell rang at & after noon.' },
      { startSeconds: 3600.25, endSeconds: 3601, text: 'Later.' },
    ]);
  });

  it('leaves out notes, empty cues and cues that end before they begin', () => {
    const file =
      'WEBVTT\n\nNOTE no cue\n\n00:01.000 --> 00:02.000\n<i></i>\n\n00:05.000 --> 00:04.000\nBackward.\n\nSTYLE\n::cue {}\n';
    expect(readWebVtt(file)).toEqual([]);
  });

  it('gives nothing for what is no subtitles at all', () => {
    expect(readWebVtt('')).toEqual([]);
    expect(readWebVtt('\u0000\uffff --> \n\n-->')).toEqual([]);
  });
});

describe('withoutSaidTwice', () => {
  const said = (ordinal: number, text: string, startSeconds: number): EncodedAsset['segments'][number] => ({
    id: `Segment:f:${ordinal}`,
    assetId: 'Asset:f',
    ordinal,
    kind: 'SPEECH',
    locator: { type: 'TimeSpan', startSeconds, endSeconds: startSeconds + 2 },
    text,
    sentences: [],
  });
  const heard: EncodedAsset = {
    asset: {
      id: 'Asset:f',
      modality: 'VIDEO',
      mediaType: 'video/mp4',
      byteSize: 1,
      title: '',
      blobKey: 'f',
      createdAt: '',
    },
    segments: [said(0, 'the bell was cast by Tomas Miler', 0), said(1, 'and it still rings', 10)],
    readings: [],
    labels: [],
    embeddings: { sound: [0, 1].map((i) => ({ nodeId: `Segment:f:${i}`, vector: new Float32Array(1) })) },
    sentenceVectors: new Map(),
  };
  const cue = (text: string) => [{ version: 'subrip', cues: [{ startSeconds: 0.5, endSeconds: 2.5, text }] }];

  it('leaves out what the subtitles write at the same time, with its vectors', () => {
    const kept = withoutSaidTwice(heard, cue('The bell was cast by Thomas Miller.'));
    expect(kept.segments.map(({ ordinal }) => ordinal)).toEqual([1]);
    expect(kept.embeddings['sound']).toHaveLength(1);
  });

  it('keeps all that subtitles in another language, or at another time, do not say', () => {
    expect(withoutSaidTwice(heard, cue('Die Glocke goss ein anderer.'))).toBe(heard);
    expect(withoutSaidTwice(heard, cue('and it still rings'))).toBe(heard);
  });
});
