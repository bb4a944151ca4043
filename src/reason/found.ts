import type { Evidence, Way } from '../domain.ts';

/** What a way of answering found. */
export interface Found {
  /** The span itself, "yes", "no", or the choice as it was given. */
  readonly shortAnswer: string;
  /** A full sentence. */
  readonly text: string;
  /** 0…1, fitted so that about this share of such answers is right. */
  readonly confidence: number;
  /** Whose line the confidence was brought to; absent where it is what the way itself believes. */
  readonly way?: Way;
  /** What it rests on: the fact that holds the answer, then those that lead there. */
  readonly evidence: readonly Evidence[];
  /** Other evidence that says the same. */
  readonly besides?: Evidence;
  /** The next best answer of other evidence, where the way knows one. */
  readonly otherwise?: { readonly shortAnswer: string; readonly evidence: Evidence };
}

/** Quotation for a sentence of ours: one line, shortened at a word. */
export function quoted(text: string, longest = 220): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= longest) return `“${line}”`;
  const cut = line.lastIndexOf(' ', longest);
  return `“${line.slice(0, cut > longest / 2 ? cut : longest)} …”`;
}

/** Names listed in an answer. */
const LISTED = 20;

/** "Bray, Cork and 3 more". */
export function listed(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
  return `${names.slice(0, LISTED).join(', ')}${more}`;
}

/** "Ellen Carew: “The cat was found by Ellen Carew.” (biscuit.txt)". */
export function restate(shortAnswer: string, evidence: readonly Evidence[]): string {
  const [first] = evidence;
  const said = shortAnswer.charAt(0).toUpperCase() + shortAnswer.slice(1);
  return first ? `${said}, according to ${first.asset.title}: ${quoted(first.quote)}` : `${said}.`;
}
