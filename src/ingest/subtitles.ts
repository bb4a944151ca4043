import type { Cue } from './film.ts';

const TIMES = /^\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})/;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': ' ',
  '&lrm;': '',
  '&rlm;': '',
};

/** Cues of a WebVTT file (W3C, "WebVTT"), SRT too, in order of time: words without marks, empty and backward ones left out. */
export function readWebVtt(file: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of file.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => TIMES.test(line));
    const match = TIMES.exec(lines[at] ?? '');
    if (!match) continue;
    const [startSeconds, endSeconds] = [seconds(match.slice(1, 5)), seconds(match.slice(5, 9))];
    const text = words(lines.slice(at + 1).join(' '));
    if (text !== '' && endSeconds > startSeconds) cues.push({ startSeconds, endSeconds, text });
  }
  return cues.toSorted((a, b) => a.startSeconds - b.startSeconds);
}

function seconds([hours = '0', minutes, whole, thousandths = '']: (string | undefined)[]): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(whole) + Number(`0.${thousandths}`);
}

/** Without tags, positions ("{\an8}"), and dashes before a speaker. */
function words(text: string): string {
  return text
    .replace(/<[^<>]*>|\{\\[^{}]*\}/g, '')
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => ENTITIES[entity] ?? '')
    .replace(/(^|\s)[-–—]\s*(?=\p{L})/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
