import type { SpanReader } from '../ports/span-reader.ts';
import { sureness } from '../retrieve/sub-answers.ts';
import { evidenceOf, type Fact } from './facts.ts';
import { quoted, type Found } from './found.ts';
import { spanIn } from './read.ts';
import { verdict } from './verdict.ts';
import { normalName } from './words.ts';

/** A thing of "Are A and B …" with the facts that speak of it. */
export interface Side {
  readonly name: string;
  readonly facts: readonly Fact[];
}

/** What is asked to be the same: "the same province". */
const SAME = /\bsame ((?!time|way|thing|kind|sort|type)\p{Ll}+)/u;
const PLACE = /^(?:city|town|village|state|province|county|country|continent|region|district|island)$/;
/** Passages of a side that are read. */
const PASSAGES = 3;
/** Less sure, and a side's own is not known. */
const SURE = 0.3;

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
  const passages = [...Map.groupBy(facts, ({ ranked }) => ranked.segment.id).values()].slice(0, PASSAGES);
  const texts = passages.map(([fact]) => `${fact?.ranked.asset.title ?? ''}: ${fact?.ranked.segment.text ?? ''}`);
  const question = PLACE.test(asked) ? `In which ${asked} is ${name}?` : `What is the ${asked} of ${name}?`;
  const read = await reader.read(question, texts, signal);
  const [best] = read
    .flatMap(({ spans, absent }, i) => {
      const [span] = spans;
      const own = passages[i]?.[0]?.ranked;
      const found = span && own && spanIn(span, `${own.asset.title}: `.length, passages[i] ?? []);
      return found && own
        ? [
            {
              said: own.segment.text.slice(found.from, found.to),
              sure: sureness(span.score - absent),
              fact: found.fact,
            },
          ]
        : [];
    })
    .toSorted((x, y) => y.sure - x.sure);
  return best;
}
