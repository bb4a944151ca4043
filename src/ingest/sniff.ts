import { fileTypeFromBuffer } from 'file-type';
import type { Modality } from '../domain.ts';
import type { FilmContainer } from '../ports/films.ts';
import { isText } from './decode-text.ts';

export interface Sniffed {
  readonly modality: Modality;
  readonly mediaType: string;
}

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const KNOWN: Readonly<Record<string, Modality>> = {
  'image/jpeg': 'IMAGE',
  'image/png': 'IMAGE',
  'image/webp': 'IMAGE',
  'image/gif': 'IMAGE',
  'audio/wav': 'AUDIO',
  'audio/mpeg': 'AUDIO',
  'audio/flac': 'AUDIO',
  'audio/ogg': 'AUDIO',
  'audio/opus': 'AUDIO',
  'audio/mp4': 'AUDIO',
  'audio/webm': 'AUDIO',
  'audio/aac': 'AUDIO',
  'video/mp4': 'VIDEO',
  'video/quicktime': 'VIDEO',
  'video/webm': 'VIDEO',
  'video/matroska': 'VIDEO',
  'application/pdf': 'DOCUMENT',
  [DOCX]: 'DOCUMENT',
};

/** file-type's names where ours differ. */
const ALIASES: Readonly<Record<string, string>> = {
  'audio/x-flac': 'audio/flac',
  'audio/x-m4a': 'audio/mp4',
  'image/apng': 'image/png',
  'video/x-m4v': 'video/mp4',
  'video/x-matroska': 'video/matroska',
};

/** Containers that only a film's decoder reads. */
const CONTAINERS: Readonly<Record<string, FilmContainer>> = {
  'audio/mp4': 'mp4',
  'audio/webm': 'matroska',
  'audio/aac': 'aac',
  'video/mp4': 'mp4',
  'video/quicktime': 'mp4',
  'video/webm': 'matroska',
  'video/matroska': 'matroska',
};

const EXTENSIONS: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mkv: 'video/matroska',
  pdf: 'application/pdf',
  docx: DOCX,
  html: 'text/html',
  htm: 'text/html',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  text: 'text/plain',
  md: 'text/markdown',
  markdown: 'text/markdown',
};

/** File name endings that `sensegraph ingest FOLDER` picks up. */
export const KNOWN_EXTENSIONS: readonly string[] = Object.keys(EXTENSIONS);

/** Media type that a file name's ending claims; undefined for none or an unknown one. */
export function claimedMediaType(fileName: string): string | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(fileName)?.[1];
  return ending === undefined ? undefined : EXTENSIONS[ending.toLowerCase()];
}

/** Modality that a media type stands for; undefined when it is none that can be ingested. */
export function modalityOf(mediaType: string): Modality | undefined {
  const bare = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  if (bare.startsWith('text/')) return 'TEXT';
  return KNOWN[ALIASES[bare] ?? bare];
}

/** What a film's decoder must take the type for; undefined for one that it isn't needed for. */
export function filmContainer(mediaType: string): FilmContainer | undefined {
  return CONTAINERS[mediaType];
}

/**
 * What the bytes are, by their content alone. Valid text is text, whatever its first letters look like to a table of
 * signatures ("GA…" is a film there); only a PDF may be all text.
 * `binary` names a recognised type that can't be ingested.
 */
export async function sniff(bytes: Uint8Array): Promise<Sniffed | 'text' | { readonly binary: string }> {
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(5, bytes.length)).toString('latin1') === '%PDF-';
  if (!pdf && isText(bytes)) return 'text';
  const found = await fileTypeFromBuffer(bytes);
  if (!found) return 'text';
  const bare = (found.mime.split(';')[0] ?? '').trim();
  const mediaType = ALIASES[bare] ?? bare;
  const modality = KNOWN[mediaType];
  return modality ? { modality, mediaType } : { binary: bare };
}
