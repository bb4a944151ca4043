import { clock } from '../time.ts';
import type { Claim, Entity, Evidence } from '../domain.ts';
import type { Aspect } from '../explore/aspects.ts';
import type { Community } from '../explore/communities.ts';
import type { Comparison } from '../explore/compare.ts';
import type { Explanation } from '../explore/explain.ts';
import type { NextQuestion } from '../explore/next-questions.ts';
import { statementOf } from '../retrieve/stated.ts';
import type { TimelineEntry } from '../explore/timeline.ts';
import { evidenceJson, where } from './print-answer.ts';

/** The shape of `sensegraph explain --json`. */
export function explanationJson({ entity, text, claims, relations, modalities }: Explanation): object {
  return {
    entity: entityJson(entity),
    text,
    modalities,
    claims: claims.map(claimJson),
    relations: relations.map((stated) => ({
      id: stated.relation.id,
      subject: { id: stated.relation.subjectId, name: stated.subject },
      predicate: stated.relation.predicate,
      object: { id: stated.relation.objectId, name: stated.object },
      confidence: stated.relation.confidence,
      evidence: stated.evidence.map(evidenceJson),
    })),
  };
}

export function explanationText({ entity, claims, relations }: Explanation): string {
  const lines = [heading(entity), ''];
  for (const { text, evidence } of claims) lines.push(`- ${text}`, ...evidence.map((one) => `    ${place(one)}`));
  if (claims.length === 0) lines.push('Nothing at hand says more of it.');
  if (relations.length > 0) lines.push('', 'Relations');
  for (const stated of relations)
    lines.push(`- ${statementOf(stated)}`, ...stated.evidence.slice(0, 1).map((one) => `    ${place(one)}`));
  return lines.join('\n');
}

/** The shape of `sensegraph compare --json`. */
export function comparisonJson({ entities, text, shared, different }: Comparison): object {
  const aspectJson = ({ kind, label, sides }: Aspect): object => ({
    kind,
    label,
    sides: sides.map(({ entity, value, evidence }) => ({
      entity: entityJson(entity),
      value,
      evidence: evidence.map(evidenceJson),
    })),
  });
  return {
    entities: entities.map(entityJson),
    text,
    shared: shared.map(aspectJson),
    different: different.map(aspectJson),
  };
}

export function comparisonText({ entities, shared, different }: Comparison): string {
  const lines = [entities.map(heading).join('  ·  ')];
  for (const [title, aspects] of [
    ['In common', shared],
    ['Different', different],
  ] as const) {
    if (aspects.length > 0) lines.push('', title);
    for (const { label, sides } of aspects) {
      lines.push(`- ${label}`);
      for (const { entity, value, evidence } of sides)
        lines.push(`    ${entity.name}: ${value}`, ...evidence.slice(0, 1).map((one) => `      ${place(one)}`));
    }
  }
  if (shared.length + different.length === 0) lines.push('', 'Nothing at hand tells them apart or joins them.');
  return lines.join('\n');
}

/** The shape of `sensegraph timeline --json`. */
export function timelineJson(entity: Entity, entries: readonly TimelineEntry[]): object {
  return {
    entity: entityJson(entity),
    entries: entries.map(({ id, date, moment, text, evidence }) => ({
      id,
      date: date ?? null,
      moment: moment ?? null,
      text,
      evidence: evidenceJson(evidence),
    })),
  };
}

export function timelineText(entity: Entity, entries: readonly TimelineEntry[]): string {
  const times = entries.map(({ date, moment }) =>
    date ? date.text : moment ? `${clock(moment.startSeconds)}–${clock(moment.endSeconds)}` : '',
  );
  const width = Math.max(0, ...times.map((time) => time.length));
  const lines = entries.flatMap(({ text, evidence }, i) => [
    `${(times[i] ?? '').padEnd(width)}  ${text}`,
    `${' '.repeat(width)}    ${place(evidence)}`,
  ]);
  return [heading(entity), '', ...(lines.length > 0 ? lines : ['Nothing at hand tells a date or moment of it.'])].join(
    '\n',
  );
}

/** The shape of one of `sensegraph communities --json`. */
export function communityJson({ id, title, size, entities, text, claims }: Community): object {
  return { id, title, size, entities: entities.map(entityJson), text, claims: claims.map(claimJson) };
}

export function communityText({ title, size, entities, claims }: Community): string {
  const more = size - entities.length;
  const names = entities.map(({ name }) => name).join(', ');
  return [
    `${title} (${size} entities)`,
    `  ${names}${more > 0 ? ` and ${more} more` : ''}`,
    ...claims.flatMap(({ text, evidence }) => [`- ${text}`, ...evidence.map((one) => `    ${place(one)}`)]),
  ].join('\n');
}

/** The shape of `sensegraph questions --json`. */
export function questionsJson(found: readonly NextQuestion[]): object[] {
  return found.map(({ question, about, evidence }) => ({
    question,
    about: entityJson(about),
    evidence: evidence.map(evidenceJson),
  }));
}

export function questionsText(found: readonly NextQuestion[]): string {
  if (found.length === 0) return 'Nothing at hand leads on from there.';
  return found
    .flatMap(({ question, evidence }) => [`- ${question}`, ...evidence.slice(0, 1).map((one) => `    ${place(one)}`)])
    .join('\n');
}

function heading({ name, kind, aliases }: Entity): string {
  const others = aliases.filter((alias) => alias !== name);
  return `${name} (${kind.toLowerCase()}${others.length > 0 ? `; also ${others.join(', ')}` : ''})`;
}

function place({ asset, locator }: Evidence): string {
  return `at ${asset.title}, ${where(locator)}`;
}

function entityJson({ id, name, kind }: Entity): object {
  return { id, name, kind };
}

function claimJson({ text, evidence }: Claim): object {
  return { text, evidence: evidence.map(evidenceJson) };
}
