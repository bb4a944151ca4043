import type { Answer, Box, Evidence, EvidencePath, Locator } from '../domain.ts';
import { around } from '../place.ts';

/** The shape of `sensegraph ask --json`. */
export function answerJson(answer: Answer): object {
  return {
    id: answer.id,
    question: answer.question,
    answer: answer.shortAnswer,
    text: answer.text,
    confidence: answer.confidence,
    abstained: answer.abstained,
    steps: answer.steps.map((step) => ({
      kind: step.kind,
      text: step.text,
      ...(step.model === undefined ? {} : { model: step.model }),
      evidence: unique(step.claims.flatMap((claim) => claim.evidence)).map(evidenceJson),
      claims: step.claims.map((claim) => ({ text: claim.text, evidence: claim.evidence.map((e) => e.id) })),
    })),
    wouldChange: answer.wouldChange
      ? { text: answer.wouldChange.text, evidence: answer.wouldChange.evidence.map(evidenceJson) }
      : null,
    paths: answer.paths.map(pathJson),
  };
}

/** An evidence path in every command's JSON. */
export function pathJson({ score, summary, hops }: EvidencePath): object {
  return {
    score,
    summary,
    hops: hops.map((hop) => ({
      from: { id: hop.fromId, caption: hop.fromCaption },
      predicate: hop.predicate,
      to: { id: hop.toId, caption: hop.toCaption },
      score: hop.score,
      evidence: hop.evidence.map(evidenceJson),
    })),
  };
}

/** A piece of evidence in every command's JSON. */
export function evidenceJson(evidence: Evidence): object {
  return {
    id: evidence.id,
    asset: { id: evidence.asset.id, title: evidence.asset.title, modality: evidence.asset.modality },
    segment: evidence.segment.id,
    locator: evidence.locator,
    quote: evidence.quote,
    score: evidence.score,
  };
}

/** The answer as a person reads it in a terminal. */
export function answerText(answer: Answer): string {
  const lines: string[] = [`Question: ${answer.question}`, ''];
  for (const [i, step] of answer.steps.entries()) {
    lines.push(`${i + 1}. ${STEP_NAMES[step.kind]}`);
    for (const claim of step.claims) {
      lines.push(`   - ${claim.text}`);
      for (const evidence of unique(claim.evidence))
        lines.push(`     at ${evidence.asset.title}, ${where(evidence.locator)}`);
    }
    if (step.claims.length === 0) lines.push(`   ${step.text}`);
  }
  for (const path of answer.paths.slice(0, 3)) lines.push('', pathText(path));
  lines.push(
    '',
    answer.abstained
      ? `Answer: none (confidence ${answer.confidence.toFixed(2)})`
      : `Answer: ${answer.shortAnswer}  (confidence ${answer.confidence.toFixed(2)})`,
    ...(answer.wouldChange ? [`        ${answer.wouldChange.text}`] : []),
    `        ${answer.id}`,
  );
  return lines.join('\n');
}

export function pathText({ score, hops }: EvidencePath): string {
  const lines = [`Evidence path (score ${score.toFixed(2)})`];
  for (const hop of hops) {
    lines.push(`   ${hop.fromCaption} —[${hop.predicate}]→ ${hop.toCaption}`);
    for (const evidence of hop.evidence.slice(0, 1))
      lines.push(
        `     ${evidence.asset.title}, ${where(evidence.locator)}${evidence.quote ? `: “${shorten(evidence.quote)}”` : ''}`,
      );
  }
  return lines.join('\n');
}

export const STEP_NAMES = {
  DESCRIBE: 'Describe',
  KEY_ELEMENTS: 'Key elements',
  RELATE: 'Relate',
  ANSWER: 'Answer',
} as const;

/** A locator in words: `page 2, box 72,130 410×28 pt, characters 10–80`, `box 10,20 300×40 px`, `0:03–0:07`. */
export function where(locator: Locator): string {
  switch (locator.type) {
    case 'TextSpan': {
      const characters = `characters ${locator.start}–${locator.end}`;
      if (locator.page === undefined) return characters;
      const onPage = locator.boxes?.length ? ` ${box(around(locator.boxes), 'pt')},` : '';
      return `page ${locator.page},${onPage} ${characters}`;
    }
    case 'ImageRegion':
      return locator.page === undefined ? box(locator) : `page ${locator.page}, ${box(locator, 'pt')}`;
    case 'TimeSpan':
      return `${clock(locator.startSeconds)}–${clock(locator.endSeconds)}`;
    case 'VideoSpan':
      return `${clock(locator.startSeconds)}–${clock(locator.endSeconds)}, ${box(locator)}`;
  }
}

function box({ x, y, width, height }: Box, unit = 'px'): string {
  return `box ${Math.round(x)},${Math.round(y)} ${Math.round(width)}×${Math.round(height)} ${unit}`;
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}${(seconds - whole).toFixed(1).slice(1)}`;
}

function shorten(text: string): string {
  const folded = text.replace(/\s+/g, ' ');
  return folded.length > 160 ? `${folded.slice(0, 159)}…` : folded;
}

function unique(evidence: readonly Evidence[]): Evidence[] {
  return [...new Map(evidence.map((e) => [e.id, e])).values()];
}
