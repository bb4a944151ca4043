import { isPicture, type Embedding, type Segment } from '../domain.ts';
import type { DecodedAsset } from '../ingest/decoded.ts';
import type { Encoders, TextInput } from '../ports/encoders.ts';
import { encodeAudio } from './encode-audio.ts';
import { encodeFilm } from './encode-film.ts';
import { encodeDocument } from './encode-document.ts';
import { encodeImage } from './encode-image.ts';
import type { EncodedAsset } from './encoded.ts';

/**
 * Decoded assets → what is read in them and their vectors, in the same order. Texts of all assets, transcripts and
 * lines read in pictures too, are embedded in one call, so that batches fill; each sentence's vector comes from the
 * same pass as its passage's.
 */
export async function encodeAssets(
  assets: readonly DecodedAsset[],
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<EncodedAsset[]> {
  const perceived: EncodedAsset[] = [];
  for (const { asset, content } of assets) {
    if (content.type === 'image') perceived.push(await encodeImage(asset, content, encoders, signal));
    else if (content.type === 'document') perceived.push(await encodeDocument(asset, content, encoders, signal));
    else if (content.type === 'audio') perceived.push(await encodeAudio(asset, content.samples, encoders, signal));
    else if (content.type === 'film') perceived.push(await encodeFilm(asset, content, encoders, signal));
    else
      perceived.push({
        asset,
        segments: content.segments,
        readings: [],
        labels: [],
        embeddings: {},
        sentenceVectors: new Map(),
      });
  }
  const jobs = perceived.flatMap(({ asset, segments }) =>
    segments.filter(hasWords).map((segment) => ({ segment, input: textInput(asset.title, segment) })),
  );
  const embedded = await encoders.text.embed(
    jobs.map(({ input }) => input),
    'passage',
    signal,
  );
  const bySegment = new Map(jobs.map(({ segment }, i) => [segment.id, embedded[i]]));
  return perceived.map((one) => {
    const vectors: Embedding[] = [];
    const sentenceVectors = new Map<string, Float32Array>();
    for (const segment of one.segments) {
      const found = bySegment.get(segment.id);
      if (!found) continue;
      vectors.push({ nodeId: segment.id, vector: found.vector });
      const packed = new Float32Array(found.spanVectors.length * found.vector.length);
      for (const [i, vector] of found.spanVectors.entries()) packed.set(vector, i * found.vector.length);
      sentenceVectors.set(segment.id, packed);
    }
    return { ...one, embeddings: { ...one.embeddings, [encoders.text.space.name]: vectors }, sentenceVectors };
  });
}

/** Pictures and sounds are found through their own spaces; their labels are no sentence to embed, but a caption is. */
function hasWords(segment: Segment): boolean {
  if (isPicture(segment)) return segment.sentences.length > 0;
  return segment.kind !== 'SOUND' && segment.text.trim() !== '';
}

/** The title tells what a passage is about, so the encoder reads it first. */
function textInput(title: string, segment: Segment): TextInput {
  if (isPicture(segment)) {
    // A figure's sentences are all of its caption; behind another picture's stands what was seen in it, as a list.
    const spans = segment.kind === 'FIGURE' ? segment.sentences : segment.sentences.slice(0, 1);
    return { text: segment.text.slice(0, spans.at(-1)?.end), spans };
  }
  const head = segment.kind === 'PASSAGE' && title !== '' && !segment.text.startsWith(title) ? `${title}\n` : '';
  return {
    text: head + segment.text,
    spans: segment.sentences.map(({ start, end }) => ({ start: start + head.length, end: end + head.length })),
  };
}
