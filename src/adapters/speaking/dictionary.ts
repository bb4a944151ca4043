import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** CMUdict: words in lower case → one or several pronunciations in ARPAbet. */
export class PronouncingDictionary {
  readonly #lines: Map<string, string>;

  /** `text`: a line a word, "read R EH1 D", further pronunciations as "read(2) R IY1 D". */
  constructor(text: string) {
    this.#lines = new Map();
    for (const line of text.split('\n')) {
      const space = line.indexOf(' ');
      if (space > 0) this.#lines.set(line.slice(0, space), line.slice(space + 1));
    }
  }

  /** From a gzipped file. */
  static async open(path: string): Promise<PronouncingDictionary> {
    return new PronouncingDictionary((await promisify(gunzip)(await readFile(path))).toString('utf8'));
  }

  has(word: string): boolean {
    return this.#lines.has(word);
  }

  /** The usual one first; empty where the word is not there. */
  pronunciations(word: string): string[][] {
    const found: string[][] = [];
    for (let n = 1, line = this.#lines.get(word); line !== undefined; line = this.#lines.get(`${word}(${++n})`))
      found.push(line.split(' '));
    return found;
  }
}
