import { extractText, getDocumentProxy } from 'unpdf';
import { SensegraphError } from '../errors.ts';

/** Text of each page of a PDF, in reading order as the file gives it. Throws CORRUPT (also for a password). */
export async function decodePdf(bytes: Uint8Array): Promise<string[]> {
  try {
    // pdf.js takes the buffer over: give it a copy.
    const document = await getDocumentProxy(new Uint8Array(bytes));
    const { text } = await extractText(document, { mergePages: false });
    await document.cleanup();
    return text;
  } catch (cause) {
    const password = cause instanceof Error && cause.name === 'PasswordException';
    throw new SensegraphError(
      'CORRUPT',
      password
        ? 'The PDF asks for a password. Save it without one and send it again.'
        : 'The PDF can’t be read: it is damaged or cut off.',
      { cause },
    );
  }
}
