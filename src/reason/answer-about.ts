import type { Considered } from './consider.ts';
import { evidenceOf, type Fact } from './facts.ts';
import type { Found } from './found.ts';

const ASKS =
  /^(?:please\s+)?(?:what(?:['’]s|\s+is|\s+does)\s+(?:this|the|it)(?:\s+(?:text|document|article|page|file|passage|letter|report|paper))?\s+(?:about|say|tell)|summari[sz]e\s+(?:this|the|it)(?:\s+(?:text|document|article|page|file|passage|letter|report|paper))?)\s*[?.]*$/i;
/** Sentences told, and how long one may be to be told (words). */
const SENTENCES = 3;
const LONGEST = 50;
/** That these sentences stand in the text is certain, that they are the ones that matter is not. */
const CONFIDENCE = 0.6;

/** Answers what a text at hand is about by the sentences that say most of what it says (SumBasic's idea: words that come often, each counted once). Null for any other question. */
export function answerAbout({ retrieval, facts }: Considered): Found | null {
  const { asset, text } = retrieval.question;
  if (!asset || (asset.modality !== 'TEXT' && asset.modality !== 'DOCUMENT') || !ASKS.test(text.trim())) return null;
  const own = facts.filter(
    ({ atHand, words, text: said }) =>
      atHand && words.length > 3 && words.length <= LONGEST && !/^#{1,6}\s/.test(said.trimStart()),
  );
  const times = new Map<string, number>();
  for (const { words } of own)
    for (const { stem, stop } of words) if (!stop) times.set(stem, (times.get(stem) ?? 0) + 1);
  const chosen: Fact[] = [];
  for (let k = 0; k < Math.min(SENTENCES, own.length); k++) {
    const left = own.filter((fact) => !chosen.includes(fact));
    const best = left.reduce((a, b) => (worth(b, times) > worth(a, times) ? b : a));
    chosen.push(best);
    for (const { stem } of best.words) times.set(stem, 0);
  }
  if (chosen.length === 0) return null;
  const inOrder = chosen.toSorted((a, b) => own.indexOf(a) - own.indexOf(b));
  const told = inOrder.map((fact) => fact.text.replace(/\s+/g, ' ').trim()).join(' ');
  return {
    shortAnswer: told,
    text: `${asset.title}: ${told}`,
    confidence: CONFIDENCE,
    evidence: inOrder.map(evidenceOf),
  };
}

/** Mean of how often its words come in the text. A sentence that points back says little by itself. */
function worth({ words }: Fact, times: ReadonlyMap<string, number>): number {
  const content = words.filter(({ stop }) => !stop);
  const pointsBack = /^(?:he|she|it|they|his|her|its|their|this|these)$/i.test(words[0]?.text ?? '');
  const sum = content.reduce((total, { stem }) => total + (times.get(stem) ?? 0), 0);
  return (sum / Math.max(4, content.length)) * (pointsBack ? 0.5 : 1);
}
