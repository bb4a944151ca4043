import type { Claim, Evidence, Locator, Reading, Step } from '../domain.ts';
import type { RankedSegment, Retrieval } from '../retrieve/retrieval.ts';
import { bestEvidence } from '../retrieve/evidence.ts';
import { clock } from '../time.ts';
import { quoted } from './found.ts';

/** Assets told of, and labels and lines of each. */
const ASSETS = 4;
const LABELS = 3;
/** Boxes of one label that are given as evidence. */
const BOXES = 5;
const LINES = 4;
/** Shots of a film that are told of. */
const SHOTS = 3;

/** First step: what the pictures, sounds and texts at hand show. The asked asset comes first. */
export function describe(retrieval: Retrieval): Step {
  const claims: Claim[] = [];
  const byAsset = Map.groupBy(retrieval.segments, ({ asset }) => asset.id);
  for (const segments of [...byAsset.values()].slice(0, ASSETS)) claims.push(...claimsOf(segments));
  return { kind: 'DESCRIBE', text: textOf(claims, 'Nothing at hand speaks of this.'), claims };
}

/** Claims as the text of a step. */
export function textOf(claims: readonly Claim[], otherwise: string): string {
  return claims.length > 0 ? claims.map((claim) => claim.text).join(' ') : otherwise;
}

function claimsOf(segments: readonly RankedSegment[]): Claim[] {
  const [first] = segments;
  if (!first) return [];
  const { title } = first.asset;
  const claims: Claim[] = [];
  const [shots, still] = [true, false].map((shot) =>
    segments.filter(({ segment }) => (segment.kind === 'SHOT') === shot),
  );
  claims.push(...(shots ?? []).slice(0, SHOTS).flatMap(claimOfShot));
  const labels = [...Map.groupBy(readingsOf(still ?? [], 'LABEL'), ({ reading }) => reading.text)].slice(0, LABELS);
  if (labels.length > 0) {
    // Three boxes with a sheep are told of once, with each box as evidence.
    const shown = labels.map(([text, found]) => {
      const name = found.length > 1 ? `${text} × ${found.length}` : withArticle(text);
      return `${name} (${(found[0]?.reading.score ?? 0).toFixed(2)})`;
    });
    claims.push({
      text: `The picture ${title} shows ${listed(shown)}.`,
      evidence: labels.flatMap(([, found]) => found.slice(0, BOXES).map(({ evidence }) => evidence)),
    });
  }
  for (const { reading, evidence } of readingsOf(segments, 'CAPTION').slice(0, 1))
    claims.push({ text: `The picture ${title} is described as ${quoted(reading.text)}.`, evidence: [evidence] });
  for (const { reading, evidence } of readingsOf(segments, 'TEXT_LINE').slice(0, LINES))
    claims.push({ text: writtenText(reading, title), evidence: [evidence] });
  for (const { reading, evidence } of readingsOf(segments, 'SOUND_EVENT').slice(0, LABELS))
    claims.push({ text: `${during(reading.locator)}one hears ${reading.text} in ${title}.`, evidence: [evidence] });
  for (const ranked of segments.filter(({ segment }) => segment.kind === 'SPEECH').slice(0, 2)) {
    const evidence = bestEvidence(ranked);
    claims.push({ text: `${during(evidence.locator)}${title} says ${quoted(evidence.quote)}.`, evidence: [evidence] });
  }
  for (const ranked of segments.filter(({ segment }) => segment.kind === 'PASSAGE').slice(0, 1)) {
    const evidence = bestEvidence(ranked);
    claims.push({ text: `${title} says ${quoted(evidence.quote)}.`, evidence: [evidence] });
  }
  return claims;
}

function writtenText({ locator, text }: Reading, title: string): string {
  const time = during(locator);
  return `${time}${time === '' ? 'In' : 'in'} ${title} is written ${quoted(text)}.`;
}

/** What is seen in one shot, with its time. */
function claimOfShot(shot: RankedSegment): Claim[] {
  const labels = [...Map.groupBy(readingsOf([shot], 'LABEL'), ({ reading }) => reading.text).values()]
    .flatMap(([strongest]) => strongest ?? [])
    .slice(0, LABELS);
  if (labels.length === 0) return [];
  const shown = labels.map(({ reading }) => `${withArticle(reading.text)} (${reading.score.toFixed(2)})`);
  return [
    {
      text: `${during(shot.segment.locator)}${shot.asset.title} shows ${listed(shown)}.`,
      evidence: labels.map(({ evidence }) => evidence),
    },
  ];
}

/** Readings of a kind, strongest first, each as evidence at its own place. */
export function readingsOf(
  segments: readonly RankedSegment[],
  kind: Reading['kind'],
): { reading: Reading; evidence: Evidence }[] {
  return segments
    .flatMap((ranked) =>
      ranked.readings.filter((reading) => reading.kind === kind).map((reading) => ({ ranked, reading })),
    )
    .toSorted((a, b) => (kind === 'TEXT_LINE' ? 0 : b.reading.score - a.reading.score))
    .map(({ ranked, reading }) => ({ reading, evidence: evidenceOfReading(ranked, reading) }));
}

/** A reading as evidence at its own place. */
export function evidenceOfReading({ segment, asset, score }: RankedSegment, reading: Reading): Evidence {
  return {
    id: `Evidence:${reading.id.slice(reading.id.indexOf(':') + 1)}`,
    segment,
    asset,
    locator: reading.locator,
    quote: reading.text,
    reading,
    score,
  };
}

/** "a tabby", "an owl". */
export function withArticle(noun: string): string {
  if (/^\p{Lu}/u.test(noun) && !/\s\p{Ll}/u.test(noun)) return noun;
  return `${/^[aeio]|^u(?!ni|se)/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}

function during(locator: Locator): string {
  return locator.type === 'TimeSpan' || locator.type === 'VideoSpan'
    ? `At ${clock(locator.startSeconds)}–${clock(locator.endSeconds)} `
    : '';
}
