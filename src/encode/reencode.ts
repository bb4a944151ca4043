import { isPicture, type Asset, type Embedding, type Reading, type Segment } from '../domain.ts';
import type { DecodedAsset } from '../ingest/decoded.ts';
import type { Encoders, ReadLine, TranscribedSpan } from '../ports/encoders.ts';
import type { Reencoded } from '../ports/space-migration.ts';
import { encodeAssets } from './encode.ts';
import { encodeFigure } from './encode-figure.ts';
import type { EncodedAsset } from './encoded.ts';
import { reencodeFilm } from './reencode-film.ts';

/** An asset as the ledger has it. */
export interface StoredAsset {
  readonly asset: Asset;
  readonly segments: readonly Segment[];
  /** Of all its segments. */
  readonly readings: readonly Reading[];
}

/** A picture's or recording's content again, from its bytes; null where it can't be had. */
export type DecodeAgain = (asset: Asset) => Promise<DecodedAsset['content'] | null>;

/**
 * Stored assets → their vectors by other encoders. Segments stay as they are: passages are embedded as stored, and what
 * was read in a picture or heard in a recording is remembered instead of read again.
 */
export class Reencoder {
  /** One object for all assets: the encode stage keeps what it embeds once for each set of encoders. */
  readonly #encoders: Encoders;
  #lines: readonly ReadLine[] = [];
  #spans: readonly TranscribedSpan[] = [];

  constructor(encoders: Encoders) {
    this.#encoders = {
      ...encoders,
      captions: false,
      reader: { info: encoders.reader.info, read: async () => [...this.#lines] },
      transcriber: {
        info: encoders.transcriber.info,
        givesUtterances: true,
        transcribe: async () => [...this.#spans],
      },
    };
  }

  /** Not to be called again before it ends. Vectors of segments that are not stored are left out. */
  async reencode(
    stored: readonly StoredAsset[],
    decodeAgain: DecodeAgain,
    signal: AbortSignal | undefined,
  ): Promise<Reencoded> {
    const encoded: EncodedAsset[] = [];
    const texts: DecodedAsset[] = [];
    for (const one of stored) {
      const { asset, segments } = one;
      const content = needsContent(asset, segments) ? await decodeAgain(asset) : null;
      if (content?.type === 'film') {
        const remember = (lines: readonly ReadLine[]) => (this.#lines = lines);
        const embeddings = await reencodeFilm(one, content, this.#encoders, remember, signal);
        encoded.push({ asset, segments, readings: [], labels: [], embeddings, sentenceVectors: new Map() });
        texts.push({ asset, content: { type: 'text', segments } });
      } else if (content?.type === 'document') {
        texts.push({ asset, content: { type: 'text', segments } });
        encoded.push(await this.#figures(one, content.draw, signal));
      } else if (content) {
        this.#remember(one, content);
        encoded.push(...(await encodeAssets([{ asset, content }], this.#encoders, signal)));
        // Captions as stored, whoever wrote them.
        const captioned = segments.filter((segment) => isPicture(segment) && segment.sentences.length > 0);
        texts.push({ asset, content: { type: 'text', segments: captioned } });
      } else texts.push({ asset, content: { type: 'text', segments } });
    }
    encoded.push(...(await encodeAssets(texts, this.#encoders, signal)));
    return join(encoded, new Set(stored.flatMap(({ segments }) => segments.map(({ id }) => id))));
  }

  /** A document's figures are looked at again; its texts are embedded as stored. */
  async #figures(
    { asset, segments }: StoredAsset,
    draw: Parameters<typeof encodeFigure>[1],
    signal: AbortSignal | undefined,
  ): Promise<EncodedAsset> {
    this.#lines = [];
    const embeddings: Record<string, Embedding[]> = {};
    for (const { kind, ordinal, locator } of segments) {
      if (kind !== 'FIGURE' || locator.type !== 'ImageRegion') continue;
      const { page = 1, ...box } = locator;
      const seen = await encodeFigure({ asset, page, box, ordinal }, draw, this.#encoders, signal);
      for (const [space, vectors] of Object.entries(seen.embeddings)) (embeddings[space] ??= []).push(...vectors);
    }
    return { asset, segments: [], readings: [], labels: [], embeddings, sentenceVectors: new Map() };
  }

  #remember({ segments, readings }: StoredAsset, content: DecodedAsset['content']): void {
    const scores = new Map(readings.map(({ segmentId, score }) => [segmentId, score]));
    const scale = content.type === 'image' ? content.scale : 1;
    this.#lines = segments.flatMap(({ id, kind, text, locator }): ReadLine[] => {
      if (kind !== 'TEXT_LINE' || locator.type !== 'ImageRegion') return [];
      const [x, y] = [locator.x / scale, locator.y / scale];
      const box = { type: 'ImageRegion', x, y, width: locator.width / scale, height: locator.height / scale } as const;
      return [{ text, score: scores.get(id) ?? 1, box }];
    });
    this.#spans = segments.flatMap(({ id, kind, text, locator }): TranscribedSpan[] => {
      if (kind !== 'SPEECH' || locator.type !== 'TimeSpan') return [];
      const { startSeconds, endSeconds } = locator;
      return [{ text, startSeconds, endSeconds, score: scores.get(id) ?? 1 }];
    });
  }
}

function join(encoded: readonly EncodedAsset[], known: ReadonlySet<string>): Reencoded {
  const embeddings: Record<string, Embedding[]> = {};
  const sentenceVectors = new Map<string, Float32Array>();
  for (const one of encoded) {
    for (const [space, vectors] of Object.entries(one.embeddings))
      (embeddings[space] ??= []).push(...vectors.filter(({ nodeId }) => known.has(nodeId)));
    for (const [id, vectors] of one.sentenceVectors) if (known.has(id)) sentenceVectors.set(id, vectors);
  }
  return { embeddings, sentenceVectors };
}

/** Pictures and sounds have vectors of their own besides those of their words. */
function needsContent({ modality }: Asset, segments: readonly Segment[]): boolean {
  const heard = (segment: Segment) => segment.kind === 'SOUND' || segment.kind === 'SPEECH';
  return modality === 'IMAGE' || segments.some((segment) => isPicture(segment) || heard(segment));
}
