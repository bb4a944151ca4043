import type { SpanReader } from '../ports/span-reader.ts';
import { sureness } from '../retrieve/read-each.ts';
import { leadOf } from '../retrieve/sub-answers.ts';
import { evidenceOf, type Fact } from './facts.ts';
import { quoted, type Found } from './found.ts';
import { bestPassages, spanIn, type ReadPassage } from './read.ts';
import { judge } from './read-verdict.ts';
import { verdict } from './verdict.ts';
import { titleName } from '../title.ts';
import { normalName, sameName } from './words.ts';

/** A thing of "Are A and B …" with the facts that speak of it. */
export interface Side {
  /** Normal. */
  readonly name: string;
  /** As the question calls it. */
  readonly called: string;
  readonly facts: readonly Fact[];
  /** What is asked of it alone: "Is A …". */
  readonly alone?: string;
}

/** What is asked to be the same: "the same province", "the same record label". */
const SAME =
  /\bsame ((?!(?:time|way|things?|kind|sort|type|as|one|person|people|year|day|month|date)\b)\p{Ll}+(?: (?!(?:as|of|in|for|with|from|at|by)\b)\p{Ll}+)?)/u;
/** What can't be asked of each alone. */
const TOGETHER =
  /\b(?:same|different|each other|one another|together|shares?|shared|common|related|married|neighbou?r\w*|similar)\b/i;
const DENIES = /\bnot\b|n['’]t\b/i;
const PLACE = /^(?:city|town|village|state|province|county|country|continent|region|district|island)$/;
/** Passages of a side that are read. */
const PASSAGES = 3;
/** Less sure, and a side's own is not known. */
const SURE = 0.3;
/** Other words may mean the same ("American", "of the United States"). */
const UNLIKE = 0.7;

/** Chance that a passage says it either way from which on its verdict is taken. */
const SAID = 0.5;

/** What is asked of two, asked of the reader for each alone. Null where it isn't told of both. */
export async function answerBoth(
  sides: readonly Side[],
  asking: string,
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<Found | null> {
  if (TOGETHER.test(asking)) return null;
  const judged = await Promise.all(
    sides.map(async (side) => {
      if (side.alone === undefined) return undefined;
      const [best] = await judge(reader, { question: { text: side.alone } }, passagesOfSide(side), signal);
      const [fact] = best?.facts ?? [];
      return best && fact && best.said >= SAID ? { ...best, called: side.called, fact } : undefined;
    }),
  );
  const known = judged.flatMap((one) => one ?? []);
  if (known.length < sides.length) return null;
  const least = known.reduce((a, b) => (b.yes < a.yes ? b : a));
  const yes = least.yes >= 0.5;
  const missing = known.filter((one) => one.yes < 0.5).map(({ called }) => called);
  return verdict(
    yes,
    yes ? 'it is said of both' : `it is not so of ${missing.join(' or ')}`,
    (yes ? least.yes : 1 - least.yes) * Math.min(...known.map(({ said }) => said)),
    known.map(({ fact }) => evidenceOf(fact)),
  );
}

/** "Are A and B in the same province?": the reader is asked for each one's own. Null where it isn't found of both. */
export async function answerSame(
  [left, right]: readonly Side[],
  asking: string,
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<Found | null> {
  const asked = SAME.exec(asking)?.[1];
  if (asked === undefined || !left || !right || DENIES.test(asking)) return null;
  const [one, other] = await Promise.all(
    [left, right].map((side) => ownOf(side, asked, /\bborn\b/i.test(asking), reader, signal)),
  );
  if (!one || !other || Math.min(one.sure, other.sure) < SURE) return null;
  // "New York" and "New York City", but not "York" and "New York".
  const [short = '', long = ''] = [one, other]
    .map((own) => `${normalName(own.said)} `)
    .toSorted((a, b) => a.length - b.length);
  const same = long.startsWith(short);
  return verdict(
    same,
    same ? `both have ${quoted(one.said)}` : `it is ${quoted(one.said)} and ${quoted(other.said)}`,
    (same ? 1 : UNLIKE) * (0.4 + 0.5 * Math.min(one.sure, other.sure)),
    [evidenceOf(one.fact), evidenceOf(other.fact)],
  );
}

async function ownOf(
  side: Side,
  asked: string,
  isBorn: boolean,
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<{ said: string; sure: number; fact: Fact } | undefined> {
  const passages = passagesOfSide(side);
  const { called } = side;
  const question = !PLACE.test(asked)
    ? `What is the ${asked} of ${called}?`
    : isBorn
      ? `In which ${asked} was ${called} born?`
      : `In which ${asked} is ${called}?`;
  const read = await reader.read(
    question,
    passages.map(({ lead, text }) => lead + text),
    signal,
  );
  const [best] = read
    .flatMap(({ spans: [span], absent }, i) => {
      const { text = '', lead = '', facts = [] } = passages[i] ?? {};
      const found = span && spanIn(span, lead.length, facts);
      return found
        ? [{ said: text.slice(found.from, found.to), sure: sureness(span.score - absent), fact: found.fact }]
        : [];
    })
    .toSorted((x, y) => y.sure - x.sure);
  return best;
}

/** The passages of its best facts, those that are about it first, each behind its title. */
function passagesOfSide({ name, facts }: Side): ReadPassage[] {
  const isOwn = ({ ranked }: Fact) => (sameName(normalName(titleName(ranked.asset.title)), name) ? 1 : 0);
  return bestPassages(
    facts.toSorted((a, b) => isOwn(b) - isOwn(a)),
    PASSAGES,
    ({ ranked: { segment, asset } }) => ({ lead: leadOf(asset.title, segment.text) }),
  );
}
