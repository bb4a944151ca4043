import type { TextRun } from '../domain.ts';

/**
 * Readable words gathered from pieces of marked-up source: white space folded, and for each stretch of words where it
 * stands in the source.
 */
export class SourceWords {
  #text = '';
  #space = '';
  #runs: TextRun[] = [];

  get text(): string {
    return this.#text;
  }

  get runs(): readonly TextRun[] {
    return this.#runs;
  }

  /** Adds a piece as the parser read it; `source` is how it is written from `start` on. Without one it has no place. */
  add(value: string, source?: string, start = 0): void {
    const offsets = source === undefined ? undefined : offsetsOf(value, source);
    for (const { 0: part, index } of value.matchAll(/\s+|\S+/g)) {
      if (/\s/.test(part)) {
        this.#space ||= ' ';
        continue;
      }
      if (this.#text !== '') this.#text += this.#space;
      this.#space = '';
      if (offsets)
        this.#push([
          this.#text.length,
          part.length,
          start + (offsets[index] ?? 0),
          start + (offsets[index + part.length] ?? 0),
        ]);
      this.#text += part;
    }
  }

  /** A line break that is meant. */
  break(): void {
    this.#space = this.#space.startsWith('\n') ? `${this.#space}\n` : '\n';
  }

  /** A run that goes on where the last one ends, but for one white space in both, is the same run. */
  #push(run: TextRun): void {
    const last = this.#runs.at(-1);
    const linear = ([, length, start, end]: TextRun) => end - start === length;
    const gap = last ? run[0] - last[0] - last[1] : -1;
    if (last && (gap === 0 || gap === 1) && run[2] - last[3] === gap && linear(last) && linear(run))
      this.#runs[this.#runs.length - 1] = [last[0], run[0] + run[1] - last[0], last[2], run[3]];
    else this.#runs.push(run);
  }
}

/** Offset in the source of each character of the value, and of its end; character references are one character. */
function offsetsOf(value: string, source: string): Int32Array {
  const offsets = new Int32Array(value.length + 1);
  let at = 0;
  for (let i = 0; i < value.length; i++) {
    const [reference] = source[at] === '&' ? (/^&(?:#\w+|\w+);?/.exec(source.slice(at, at + 40)) ?? []) : [];
    if (reference && !value.startsWith(reference, i)) {
      offsets[i] = at;
      at += reference.length;
      // Characters beyond the basic plane take two code units.
      if ((value.codePointAt(i) ?? 0) > 0xffff) offsets[++i] = at;
      continue;
    }
    // What the parser left out or wrote otherwise: carriage returns, marks within.
    while (at < source.length && source[at] !== value[i] && source[at] !== '&') at += 1;
    offsets[i] = at;
    at += 1;
  }
  offsets[value.length] = Math.min(at, source.length);
  return offsets;
}
