import type { Box } from '../../domain.ts';
import type { OpenPdf } from './library.ts';
import { around } from '../../place.ts';
import { shownBox, type PageFrame } from './page-frame.ts';

/** A word of a page. */
export interface PdfWord {
  readonly text: string;
  /** Points of the page as shown, origin top left. */
  readonly box: Box;
  /** Quarter turns clockwise that its line is written at: 0 from left to right, 1 downwards, 3 upwards. */
  readonly turn: number;
  /** Ends in a hyphen that stands there for the line's end alone. */
  readonly hyphen: boolean;
}

/** What the library gives for a hyphen at a line's end. */
const HYPHEN = 2;
/** A gap this wide, in heights of the letters, ends a word also where no space is written. */
const WIDE = 0.6;

/** Words of a page in the order in which the file writes them. */
export function readWords({ pdfium, scratch }: OpenPdf, page: number, frame: PageFrame): PdfWord[] {
  const text = pdfium.FPDFText_LoadPage(page);
  if (!text) return [];
  const words: PdfWord[] = [];
  let letters: { text: string; box: Box; turn: number }[] = [];
  const close = (hyphen = false) => {
    const [first] = letters;
    if (first) {
      const word = letters.map((letter) => letter.text).join('');
      words.push({ text: word, box: around(letters.map(({ box }) => box)), turn: first.turn, hyphen });
    }
    letters = [];
  };
  try {
    const count = pdfium.FPDFText_CountChars(text);
    for (let i = 0; i < count; i++) {
      const code = pdfium.FPDFText_GetUnicode(text, i);
      const hyphen = code === HYPHEN;
      const letter = hyphen ? '-' : plain(code);
      if (letter === '' || /\s/.test(letter)) {
        // What has no meaning as a letter ends no word.
        if (letter !== '') close();
        continue;
      }
      if (!pdfium.FPDFText_GetLooseCharBox(text, i, scratch)) continue;
      const [left = 0, top = 0, right = 0, bottom = 0] = [0, 4, 8, 12].map((offset) =>
        Number(pdfium.pdfium.getValue(scratch + offset, 'float')),
      );
      const box = shownBox(frame, left, bottom, right, top);
      const angle = pdfium.FPDFText_GetCharAngle(text, i);
      const along = frame.direction(Math.cos(angle), Math.sin(angle));
      const turn = (Math.round(Math.atan2(along.y, along.x) / (Math.PI / 2)) + 4) % 4;
      const last = letters.at(-1);
      if (last && (last.turn !== turn || apart(last.box, box, turn))) close();
      letters.push({ text: letter, box, turn });
      if (hyphen) close(true);
    }
    close();
  } finally {
    pdfium.FPDFText_ClosePage(text);
  }
  return words;
}

/** Ligatures and shaped Arabic letters as the letters they stand for; nothing for control characters. */
function plain(code: number): string {
  if (code < 0x20 && code !== 9 && code !== 10 && code !== 13) return '';
  if (code >= 0xd800 && code <= 0xdfff) return '';
  if (code === 0xfffe || code === 0xffff || code > 0x10ffff) return '';
  const letter = String.fromCodePoint(code);
  return code >= 0xfb00 && code <= 0xfeff ? letter.normalize('NFKC') : letter;
}

function apart(a: Box, b: Box, turn: number): boolean {
  const [gap, size, shift] =
    turn % 2 === 0
      ? [Math.max(b.x - a.x - a.width, a.x - b.x - b.width), a.height, Math.abs(a.y + a.height - b.y - b.height)]
      : [Math.max(b.y - a.y - a.height, a.y - b.y - b.height), a.width, Math.abs(a.x + a.width - b.x - b.width)];
  return gap > WIDE * size || shift > size;
}
