import { quoted, type Found } from './found.ts';

/** Yes or no with its reason and what it rests on. */
export function verdict(yes: boolean, why: string, confidence: number, evidence: Found['evidence']): Found {
  const quotes = evidence.slice(0, 2).map((e) => `${e.asset.title}: ${quoted(e.quote, 160)}`);
  return {
    shortAnswer: yes ? 'yes' : 'no',
    text: `${yes ? 'Yes' : 'No'}, ${why} (${quotes.join('; ')}).`,
    confidence: Math.min(0.95, Math.max(0, confidence)),
    evidence,
  };
}
