import nlp from 'compromise/two';

/** A word as compromise tags it, with its place in the text. */
export interface Term {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly tags: ReadonlySet<string>;
  /** What stands between it and its neighbours: white space and punctuation. */
  readonly before: string;
  readonly after: string;
  /** First of a sentence, as compromise cuts them. */
  readonly first: boolean;
}

interface RawTerm {
  readonly text: string;
  readonly pre: string;
  readonly post: string;
  readonly tags?: Set<string>;
}

/** Tagged words in order. compromise keeps every character, so places are found by counting. */
export function tagTerms(text: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  for (const sentence of nlp(text).document as unknown as readonly (readonly RawTerm[])[]) {
    for (const [i, raw] of sentence.entries()) {
      const found = text.indexOf(raw.text, at);
      if (raw.text === '' || found < 0 || found - at > 200) continue;
      terms.push({
        text: raw.text,
        start: found,
        end: found + raw.text.length,
        tags: raw.tags ?? new Set(),
        before: raw.pre,
        after: raw.post,
        first: i === 0,
      });
      at = found + raw.text.length;
    }
  }
  return terms;
}
