import type { SpanReader } from '../ports/span-reader.ts';
import { sureness } from '../retrieve/sub-answers.ts';
import { evidenceOf, type Fact } from './facts.ts';
import { quoted, type Found } from './found.ts';
import { spanIn } from './read.ts';
import { verdict } from './verdict.ts';
import { normalName } from './words.ts';

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

/** What is asked to be the same: "the same province". */
const SAME = /\bsame ((?!time|way|thing|kind|sort|type)\p{Ll}+)/u;
const PLACE = /^(?:city|town|village|state|province|county|country|continent|region|district|island)$/;
/** Passages of a side that are read. */
const PASSAGES = 3;
/** Less sure, and a side's own is not known. */
const SURE = 0.3;

/** Chance that a passage says it either way from which on its verdict is taken. */
const SAID = 0.5;

/** What is asked of two, asked of the reader for each alone. Null where it isn't told of both. */
export async function answerBoth(
  sides: readonly Side[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<Found | null> {
  const judged = await Promise.all(
    sides.map(async ({ called, facts, alone }) => {
      const passages = passagesOfSide(facts);
      const read =
        alone === undefined
          ? []
          : await reader.read(
              alone,
              passages.map(({ text }) => text),
              signal,
            );
      const [best] = read
        .flatMap(({ verdict: own }, i) => (own ? [{ called, own, fact: passages[i]?.facts[0] }] : []))
        .toSorted((x, y) => x.own.unsaid - y.own.unsaid);
      return best?.fact && 1 - best.own.unsaid >= SAID
        ? { called, fact: best.fact, yes: best.own.yes / (best.own.yes + best.own.no) }
        : undefined;
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
    yes ? least.yes : 1 - least.yes,
    known.map(({ fact }) => evidenceOf(fact)),
  );
}

/** "Are A and B in the same province?": the reader is asked for each one's own. Null where it isn't found of both. */
export async function answerSame(
  [left, right]: readonly Side[],
  text: string,
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<Found | null> {
  const asked = SAME.exec(text)?.[1];
  if (asked === undefined || !left || !right) return null;
  const [one, other] = await Promise.all([left, right].map((side) => ownOf(side, asked, reader, signal)));
  if (!one || !other || Math.min(one.sure, other.sure) < SURE) return null;
  const [a, b] = [one, other].map((own) => ` ${normalName(own.said)} `) as [string, string];
  const same = a.includes(b) || b.includes(a);
  return verdict(
    same,
    same ? `both have ${quoted(one.said)}` : `it is ${quoted(one.said)} and ${quoted(other.said)}`,
    0.4 + 0.5 * Math.min(one.sure, other.sure),
    [evidenceOf(one.fact), evidenceOf(other.fact)],
  );
}

async function ownOf(
  { name, facts }: Side,
  asked: string,
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<{ said: string; sure: number; fact: Fact } | undefined> {
  const passages = passagesOfSide(facts);
  const question = PLACE.test(asked) ? `In which ${asked} is ${name}?` : `What is the ${asked} of ${name}?`;
  const read = await reader.read(
    question,
    passages.map(({ text }) => text),
    signal,
  );
  const [best] = read
    .flatMap(({ spans: [span], absent }, i) => {
      const { segment, lead = 0, facts: own = [] } = passages[i] ?? {};
      const found = span && spanIn(span, lead, own);
      return found && segment
        ? [{ said: segment.text.slice(found.from, found.to), sure: sureness(span.score - absent), fact: found.fact }]
        : [];
    })
    .toSorted((x, y) => y.sure - x.sure);
  return best;
}

/** The passages of its best facts, each behind its title. */
function passagesOfSide(facts: readonly Fact[]) {
  const bySegment = Map.groupBy(facts, ({ ranked }) => ranked.segment.id);
  return [...bySegment.values()].slice(0, PASSAGES).flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { segment, asset } = first.ranked;
    const title = `${asset.title}: `;
    return [{ segment, text: title + segment.text, lead: title.length, facts: own }];
  });
}
