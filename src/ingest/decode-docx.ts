import mammoth from 'mammoth';
import { SensegraphError } from '../errors.ts';
import { decodeHtml } from './decode-html.ts';
import { checkZip } from './zip-limit.ts';

/** Most bytes that a document may unpack to. */
const MOST_UNPACKED = 200e6;

/**
 * Readable text of a Word document: headings with # before them, paragraphs, lists, table rows, alt texts; blocks are
 * two line breaks apart. Throws TOO_LARGE (unpacked), CORRUPT. Blocks its thread: call it through decode-worker.ts.
 */
export async function decodeDocx(bytes: Uint8Array): Promise<string> {
  checkZip(bytes, MOST_UNPACKED);
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      // Pictures' bytes would only make the page long; their alt texts stay.
      { convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })), externalFileAccess: false },
    );
    return decodeHtml(value)
      .blocks.map(({ text }) => text)
      .join('\n\n');
  } catch (cause) {
    if (cause instanceof SensegraphError) throw cause;
    throw new SensegraphError('CORRUPT', 'The Word document can’t be read: it is damaged.', { cause });
  }
}
