import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { Box } from '../domain.ts';
import { SensegraphError, type ErrorCode } from '../errors.ts';
import { decodeAudio } from './decode-audio.ts';
import { decodeCsv } from './decode-csv.ts';
import { decodeDocx } from './decode-docx.ts';
import { decodeHtml } from './decode-html.ts';
import { decodePages, decodePagesAt, type PdfPage, type SomePages } from './pdf/decode-pdf.ts';
import { drawPage } from './pdf/draw-page.ts';
import type { Block } from './blocks.ts';
import type { Limits } from './limits.ts';

/** Longest that one file may take to decode. */
const TIMEOUT_MS = 120_000;

type Request =
  | { readonly type: 'docx'; readonly bytes: Uint8Array }
  | { readonly type: 'pdf'; readonly bytes: Uint8Array; readonly from: number }
  | { readonly type: 'pdf-pages'; readonly bytes: Uint8Array; readonly numbers: readonly number[] }
  | { readonly type: 'page'; readonly bytes: Uint8Array; readonly page: number; readonly box: Box | undefined }
  | { readonly type: 'html' | 'csv'; readonly text: string }
  | {
      readonly type: 'audio';
      readonly bytes: Uint8Array;
      readonly mediaType: string;
      readonly maxAudioSeconds: number;
    };
type AudioResult = Awaited<ReturnType<typeof decodeAudio>>;
type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

/**
 * Decoders that block or that hostile files may attack, in a thread with bounded memory and time, one file at a time.
 * A file that takes too long or too much memory costs its thread, and gets CORRUPT.
 */
export class DecodeWorker {
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** All pages; the time limit counts for 50 of them. */
  async decodePdf(bytes: Uint8Array): Promise<PdfPage[]> {
    const pages: PdfPage[] = [];
    for (let more = true; more;) {
      const next = await this.#enqueue<SomePages>({ type: 'pdf', bytes, from: pages.length });
      pages.push(...next.pages);
      more = next.pages.length > 0 && pages.length < next.pageCount;
    }
    return pages;
  }

  /** Some pages by their numbers, from 1; those that the file lacks are left out. */
  decodePdfPages(bytes: Uint8Array, numbers: readonly number[]): Promise<ReadonlyMap<number, PdfPage>> {
    return this.#enqueue<ReadonlyMap<number, PdfPage>>({ type: 'pdf-pages', bytes, numbers });
  }

  drawPage(bytes: Uint8Array, page: number, box?: Box): ReturnType<typeof drawPage> {
    return this.#enqueue<Awaited<ReturnType<typeof drawPage>>>({ type: 'page', bytes, page, box });
  }

  decodeDocx(bytes: Uint8Array): Promise<string> {
    return this.#enqueue<string>({ type: 'docx', bytes });
  }

  decodeHtml(text: string): Promise<ReturnType<typeof decodeHtml>> {
    return this.#enqueue<ReturnType<typeof decodeHtml>>({ type: 'html', text });
  }

  decodeCsv(text: string): Promise<Block[]> {
    return this.#enqueue<Block[]>({ type: 'csv', text });
  }

  decodeAudio(bytes: Uint8Array, mediaType: string, limits: Pick<Limits, 'maxAudioSeconds'>): Promise<AudioResult> {
    return this.#enqueue<AudioResult>({ type: 'audio', bytes, mediaType, maxAudioSeconds: limits.maxAudioSeconds });
  }

  async close(): Promise<void> {
    await this.#last.catch(() => {});
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #enqueue<T>(request: Request): Promise<T> {
    const result = this.#last.catch(() => {}).then(() => this.#run<T>(request));
    this.#last = result;
    return result;
  }

  #run<T>(request: Request): Promise<T> {
    const worker = (this.#worker ??= new Worker(new URL(import.meta.url), {
      workerData: 'sensegraph-decode',
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    }));
    worker.ref();
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(
        () => give(new SensegraphError('CORRUPT', 'The file took too long to decode; it may be damaged.')),
        TIMEOUT_MS,
      );
      const onReply = (reply: Reply) => {
        if (reply.ok) finish(() => resolve(reply.value as T));
        else finish(() => reject(new SensegraphError(reply.code, reply.message)));
      };
      const give = (cause: unknown) => {
        this.#worker = undefined;
        void worker.terminate();
        finish(() =>
          reject(
            cause instanceof SensegraphError
              ? cause
              : new SensegraphError('CORRUPT', 'The file can’t be decoded; it may be damaged.', { cause }),
          ),
        );
      };
      const onExit = () => give(new Error('The decoding thread ended.'));
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        worker.off('message', onReply).off('error', give).off('exit', onExit);
        worker.unref();
        settle();
      };
      worker.on('message', onReply).on('error', give).on('exit', onExit);
      worker.postMessage(request);
    });
  }
}

async function work(request: Request): Promise<unknown> {
  switch (request.type) {
    case 'pdf':
      return decodePages(request.bytes, request.from);
    case 'pdf-pages':
      return decodePagesAt(request.bytes, request.numbers);
    case 'page':
      return drawPage(request.bytes, request.page, request.box);
    case 'docx':
      return decodeDocx(request.bytes);
    case 'html':
      return decodeHtml(request.text);
    case 'csv':
      return decodeCsv(request.text);
    case 'audio':
      return decodeAudio(request.bytes, request.mediaType, request);
  }
}

if (!isMainThread && workerData === 'sensegraph-decode') {
  parentPort?.on('message', (request: Request) => {
    work(request).then(
      (value) => parentPort?.postMessage({ ok: true, value } satisfies Reply),
      (error: unknown) => {
        const code = error instanceof SensegraphError ? error.code : 'CORRUPT';
        parentPort?.postMessage({
          ok: false,
          code,
          message: error instanceof Error ? error.message : String(error),
        } satisfies Reply);
      },
    );
  });
}
