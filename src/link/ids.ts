import { createHash } from 'node:crypto';
import type { EntityKind } from '../domain.ts';

/** 24 hex digits of the SHA-256 of the parts: the same thing has the same id in every run. */
export function stableId(label: string, ...parts: readonly (string | number)[]): string {
  return `${label}:${createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 24)}`;
}

/** Id of the entity that a name of this kind is, before any merge. */
export function entityId(kind: EntityKind, normal: string): string {
  return stableId('Entity', kind, normal);
}
