import type { Claim, Evidence, Hop, Step } from '../domain.ts';
import type { Considered } from './consider.ts';
import { textOf } from './describe.ts';
import { quoted, type Found } from './found.ts';

/** Paths and hops told of. */
const PATHS = 2;
const CLAIMS = 8;

/** Third step: what joins the question with the answer: the facts that lead there, then the graph's own paths hop by hop. */
export function relate({ retrieval, chains, facts }: Considered, found: Found | null): Step {
  const claims: Claim[] = [];
  const told = new Set<string>();
  const add = (text: string, evidence: readonly Evidence[]) => {
    if (evidence.length === 0 || told.has(text) || claims.length >= CLAIMS) return;
    told.add(text);
    claims.push({ text, evidence });
  };
  const [holder, ...others] = found?.evidence ?? [];
  if (holder) {
    const fact = facts.find(({ ranked, text }) => ranked.segment.id === holder.segment.id && text === holder.quote);
    const chain = fact && chains.get(fact);
    for (const [i, support] of others.entries()) {
      const link = nameIn(support.quote, chain?.links[i]) ?? nameIn(holder.quote, chain?.links[i]);
      add(`${support.asset.title} says ${quoted(support.quote)}${link ? `, which leads to ${link}` : ''}.`, [support]);
    }
    add(`${holder.asset.title} says ${quoted(holder.quote)}.`, [holder]);
  }
  for (const path of retrieval.paths.slice(0, PATHS)) for (const hop of path.hops) add(hopText(hop), hop.evidence);
  return { kind: 'RELATE', text: textOf(claims, 'No path joins the question with what is at hand.'), claims };
}

/** The link as it is written in the text; links are compared in lower case. */
function nameIn(text: string, link: string | undefined): string | undefined {
  if (!link) return undefined;
  const at = text.toLowerCase().indexOf(link);
  return at < 0 ? undefined : text.slice(at, at + link.length);
}

/** One hop as a sentence that reads. */
export function hopText(hop: Hop): string {
  const [evidence] = hop.evidence;
  const [from, to] = [hop.fromCaption, hop.toCaption];
  const said = evidence ? `: ${quoted(evidence.quote, 160)}` : '';
  switch (hop.predicate) {
    case 'is about':
      return `${from} is about ${to}${said}.`;
    case 'is the subject of':
      return `${to} is about ${from}${said}.`;
    case 'mentions':
      return `${evidence?.asset.title ?? from} names ${to}${said}.`;
    case 'mentioned in':
      return `${from} is named in ${evidence?.asset.title ?? to}${said}.`;
    case 'is a kind of':
      return `${from} is a kind of ${to}.`;
    case 'has the kind':
      return `${to} is a kind of ${from}.`;
    case 'named together with':
      return `${from} and ${to} are named together${said}.`;
    default: {
      // "built (of)": the relation walked against its direction.
      const back = hop.predicate.endsWith(' (of)');
      const predicate = hop.predicate.replace(/ \(of\)$/, '');
      return back ? `${to} ${predicate} ${from}${said}.` : `${from} ${predicate} ${to}${said}.`;
    }
  }
}
