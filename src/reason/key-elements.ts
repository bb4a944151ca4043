import { clock } from '../time.ts';
import type { Claim, Step } from '../domain.ts';
import { evidenceOf } from './facts.ts';
import type { Considered } from './consider.ts';
import { isAbout } from './about.ts';
import { textOf, withArticle } from './describe.ts';
import { normalName } from './words.ts';

/** Elements told of. */
const ELEMENTS = 6;

/** Second step: the things, regions and times the question turns on, each where it is found. */
export function keyElements({ retrieval, facts, question }: Considered): Step {
  const claims: Claim[] = [];
  const told = new Set<string>();
  for (const { entity, surface } of retrieval.entities) {
    const name = normalName(entity.name);
    if (told.has(name) || claims.length >= ELEMENTS) continue;
    const fact =
      facts.find((candidate) => isAbout(candidate, name)) ??
      facts.find((candidate) => surface === '' && candidate.atHand);
    if (!fact) continue;
    told.add(name);
    claims.push({
      text: `${kindText(entity.name, entity.kind)}${placeText(fact.ranked)}.`,
      evidence: [evidenceOf(fact)],
    });
  }
  for (const name of question.names) {
    if (claims.length >= ELEMENTS || [...told].some((known) => known.includes(name))) continue;
    const fact = facts.find((candidate) => isAbout(candidate, name));
    if (!fact) continue;
    told.add(name);
    const word = question.words.find((w) => normalName(w.text) === name.split(' ')[0]);
    const shown = fact.spans.find((span) => normalName(span.text) === name)?.text ?? word?.text ?? name;
    claims.push({ text: `“${shown}”${placeText(fact.ranked)}.`, evidence: [evidenceOf(fact)] });
  }
  return { kind: 'KEY_ELEMENTS', text: textOf(claims, 'The question names nothing that the graph knows.'), claims };
}

const KINDS: Readonly<Record<string, string>> = {
  PERSON: 'a person',
  PLACE: 'a place',
  ORGANISATION: 'an organisation',
  WORK: 'a work',
  EVENT: 'an event',
  DATE: 'a date',
  QUANTITY: 'a quantity',
};

function kindText(name: string, kind: string): string {
  const known = KINDS[kind];
  return known
    ? `“${name}” (${known})`
    : kind === 'CONCEPT'
      ? `${withArticle(name).replace(/^./, (c) => c.toUpperCase())}`
      : `“${name}”`;
}

function placeText({ segment, asset }: Considered['facts'][number]['ranked']): string {
  const { locator } = segment;
  switch (locator.type) {
    case 'ImageRegion':
      return ` in the picture ${asset.title}`;
    case 'TimeSpan':
    case 'VideoSpan':
      return ` in ${asset.title} at ${clock(locator.startSeconds)}–${clock(locator.endSeconds)}`;
    case 'TextSpan':
      return ` in ${asset.title}${locator.page === undefined ? '' : `, page ${locator.page}`}`;
  }
}
