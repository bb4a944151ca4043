import type { Fact } from './facts.ts';
import { normalName, sameName } from './words.ts';

/** True when the fact or its topic names the thing. */
export function isAbout(fact: Fact, name: string): boolean {
  return (
    [...fact.topic, ...fact.names].some((known) => sameName(known, name)) ||
    ` ${normalName(fact.text)} `.includes(` ${name} `)
  );
}
