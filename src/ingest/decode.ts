import type { Asset, Modality, Segment } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import type { DecodedAsset } from './decoded.ts';
import { decodeAnimation } from './decode-animation.ts';
import { decodeFilm } from './decode-film.ts';
import { decodeImage, readImageHeader } from './decode-image.ts';
import { decodeText } from './decode-text.ts';
import type { DecodeWorker } from './decode-worker.ts';
import type { Films } from './film.ts';
import type { Limits } from './limits.ts';
import { blockSegments, type Block } from './blocks.ts';
import { DOCX, filmContainer } from './sniff.ts';
import { isTable } from './row-text.ts';
import { segmentId, splitPassages } from './split.ts';

/** An item's bytes and what is known of them. */
export interface Undecoded {
  readonly bytes: Uint8Array;
  /** Hex SHA-256 of the bytes. */
  readonly blobKey: string;
  readonly modality: Modality;
  readonly mediaType: string;
  /** Given by the sender; otherwise made from the content or the file name. */
  readonly title?: string | undefined;
  readonly fileName: string;
}

/** Id of the asset that has these bytes. */
export function assetId(blobKey: string): string {
  return `Asset:${blobKey}`;
}

/** Bytes → asset + content for the encoders. Throws the codes of the decoders, EMPTY for a text or Word document without words. */
export async function decode(
  item: Undecoded,
  worker: DecodeWorker,
  limits: Limits,
  films?: Films,
  signal?: AbortSignal,
): Promise<DecodedAsset> {
  const asset: Asset = {
    id: assetId(item.blobKey),
    modality: item.modality,
    mediaType: item.mediaType,
    byteSize: item.bytes.length,
    title: item.title?.trim() || item.fileName,
    blobKey: item.blobKey,
    createdAt: new Date().toISOString(),
  };
  switch (item.modality) {
    case 'TEXT': {
      const text = decodeText(item.bytes);
      if (item.mediaType === 'text/html') return decodePage(asset, text, item.title, worker);
      if (isTable(item))
        return {
          asset: tableTitle(asset, item),
          content: { type: 'text', segments: rows(asset.id, text, await worker.decodeCsv(text)) },
        };
      const heading = item.title === undefined ? /^\s*#\s+(\S[^\n]*)/.exec(text)?.[1]?.trim() : undefined;
      return {
        asset: heading ? { ...asset, title: heading } : asset,
        content: { type: 'text', segments: splitPassages(asset.id, text) },
      };
    }
    case 'DOCUMENT': {
      if (item.mediaType === DOCX) {
        const segments = splitPassages(asset.id, await worker.decodeDocx(item.bytes));
        if (segments.length === 0) throw new SensegraphError('EMPTY', 'The Word document holds no text.');
        return { asset, content: { type: 'text', segments } };
      }
      const { bytes } = item;
      const pages = await worker.decodePdf(bytes);
      return {
        asset: { ...asset, pages: pages.length },
        content: { type: 'document', pages, draw: (page, box) => worker.drawPage(bytes, page, box) },
      };
    }
    case 'IMAGE': {
      const moving = await decodeAnimation(item.bytes, item.mediaType, limits);
      if (moving && moving.shots.length > 0) {
        const { shots, durationSeconds, warnings } = moving;
        const size = await readImageHeader(item.bytes, limits);
        return {
          asset: { ...asset, ...size, durationSeconds },
          content: { type: 'film', shots, subtitles: [] },
          warnings,
        };
      }
      const { image, scale, width, height } = await decodeImage(item.bytes, limits);
      return {
        asset: { ...asset, width, height },
        content: { type: 'image', image, scale },
        warnings: moving?.warnings ?? [],
      };
    }
    case 'AUDIO': {
      const container = filmContainer(item.mediaType);
      if (container !== undefined) {
        const most = { maxFilmSeconds: limits.maxAudioSeconds, maxShots: 0 };
        const recording = { asset, bytes: item.bytes, container, maxPixels: limits.maxPixels };
        return decodeFilm(recording, { decoder: requireFilms(films).decoder, limits: most }, signal);
      }
      const { samples, durationSeconds } = await worker.decodeAudio(item.bytes, item.mediaType, limits);
      return { asset: { ...asset, durationSeconds }, content: { type: 'audio', samples } };
    }
    case 'VIDEO': {
      const container = filmContainer(item.mediaType) ?? 'mp4';
      const film = { asset, bytes: item.bytes, container, maxPixels: limits.maxPixels };
      return decodeFilm(film, requireFilms(films), signal);
    }
  }
}

function requireFilms(films: Films | undefined): Films {
  if (films) return films;
  throw new SensegraphError('UNSUPPORTED_TYPE', 'Films, M4A and AAC need a film decoder, and this process has none.');
}

async function decodePage(
  asset: Asset,
  html: string,
  given: string | undefined,
  worker: DecodeWorker,
): Promise<DecodedAsset> {
  const { title, blocks } = await worker.decodeHtml(html);
  const segments = blockSegments(asset.id, blocks, html);
  if (segments.length === 0) throw new SensegraphError('EMPTY', 'The page holds no readable text.');
  return { asset: given || !title ? asset : { ...asset, title }, content: { type: 'text', segments } };
}

/** A table without a title of its own is called as its file is, without the ending. */
function tableTitle(asset: Asset, item: Undecoded): Asset {
  return item.title?.trim()
    ? asset
    : { ...asset, title: item.fileName.replace(/\.(csv|tsv)$/i, '').replaceAll(/[_-]+/g, ' ') };
}

function rows(assetId: string, csv: string, blocks: readonly Block[]): Segment[] {
  return blocks.map(({ text, start, end, runs }, ordinal) => ({
    id: segmentId(assetId, ordinal),
    assetId,
    ordinal,
    kind: 'PASSAGE',
    locator: { type: 'TextSpan', start, end, quote: csv.slice(start, end), ...(runs ? { runs } : {}) },
    text,
    sentences: [{ start: 0, end: text.length }],
  }));
}
