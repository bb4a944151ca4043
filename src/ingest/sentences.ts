import type { Span } from '../domain.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** Words whose full stop ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s("'“‘[])(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Gen|Col|Capt|Lt|Sgt|Cmdr|Adm|Sr|Jr|St|Mt|Ft|No|Nos|vol|pp|p|fig|ca|c|approx|vs|e\.g|i\.e|etc|cf|al|Inc|Ltd|Co|Corp|Bros|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|[A-Z]|(?:[A-Z]\.)+[A-Z])\.$/;

/**
 * Sentences as half-open ranges without the white space around them; every other character is in exactly one.
 * Unicode's rules (UAX 29), mended where a full stop ends an abbreviation or an initial.
 */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = [];
  for (const { segment, index } of segmenter.segment(text)) {
    const start = index + (segment.length - segment.trimStart().length);
    const end = index + segment.trimEnd().length;
    if (end <= start) continue;
    const last = spans.at(-1);
    const before = last && text.slice(last.start, last.end);
    // A paragraph's end is a sentence's end, whatever it looks like.
    const joined =
      last && before && !text.slice(last.end, start).includes('\n\n') && goesOn(before, text.slice(start, end));
    if (last && joined) spans[spans.length - 1] = { start: last.start, end };
    else spans.push({ start, end });
  }
  return spans;
}

/** Words that begin a sentence and follow no title: after "U.S." or "Co." they end the sentence before them. */
const BEGINS =
  /^(?:The|This|That|These|Those|There|Then|He|She|It|They|We|You|His|Her|Its|Their|In|On|At|After|Before|When|While|However|But|And|As|By|For|From|With)\b/;
/** Abbreviations that never end a sentence, since a name or a number follows. */
const LEADS = /(?:^|[\s("'“‘[])(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Gen|Col|Capt|Lt|Sgt|Cmdr|Adm|Mt|Ft|vs|cf|e\.g|i\.e)\.$/;

function goesOn(before: string, after: string): boolean {
  if (ABBREVIATION.test(before)) return LEADS.test(before) || !BEGINS.test(after);
  // UAX 29 ends a sentence at a line break; a line that ends in the middle of one goes on.
  return !/[.!?…:;]["'”’)\]]*$/.test(before) && /^[\p{Ll}\p{N}("'“‘]/u.test(after);
}
