import type { Fact } from './facts.ts';
import { isNested, type QuestionAnalysis } from './question-type.ts';
import { saidIn, type TermKeys } from './term-keys.ts';
import type { Word } from './words.ts';
import { sameName } from './words.ts';

/** How much of the question a fact says, itself and with others it shares a name with. */
export interface Chain {
  /** Share of the terms' weight said by the fact itself (its topic counts in part), 0…1. */
  readonly direct: number;
  /** The same for the whole chain. */
  readonly whole: number;
  /** Of what the fact leaves open, the share that one passage of the support says: a description holds in one place. */
  readonly coherence: number;
  /** The same of its own passage: what it says may be all there is to say. */
  readonly own: number;
  /** Facts that add to it, in order, and the names by which they hang together. */
  readonly support: readonly Fact[];
  readonly links: readonly string[];
}

/** A term of the title, or of the sentence a pronoun points back to, counts this much. */
const TOPIC_SHARE = 0.75;
/** Facts added to a fact: a chain of three covers the questions of four hops that share a text. */
const MAX_SUPPORT = 3;
/** Two sentences of one file that share no name are joined this firmly. */
const SAME_FILE = 0.35;
/** A further fact has to add this share of the question. */
const LEAST_GAIN = 0.04;

/** Share of each term that a fact says, 0…1, in the order of the terms. */
export function termCoverage(fact: Fact, terms: readonly Word[], keys: TermKeys): number[] {
  return terms.map((term) => {
    const { own, topic } = saidIn(fact, keys.get(term) ?? new Map());
    return Math.max(own, topic * TOPIC_SHARE);
  });
}

/**
 * Grows a chain from each fact: the fact that would hold the answer, then those that share a name with it which the
 * question does not give (a bridge) and say most of what is still open. Greedy, so its cost is facts² × support.
 */
export function findChains(
  facts: readonly Fact[],
  question: QuestionAnalysis,
  keys: TermKeys,
  weightOf: (term: Word) => number,
): Map<Fact, Chain> {
  const { terms } = question;
  const weights = terms.map(weightOf);
  const total = weights.reduce((a, b) => a + b, 0) || 1;
  const coverage = new Map(facts.map((fact) => [fact, termCoverage(fact, terms, keys)]));
  const share = (covered: readonly number[]) => covered.reduce((sum, c, i) => sum + c * (weights[i] ?? 0), 0) / total;
  const given = (name: string) => question.names.some((known) => ` ${known} `.includes(` ${name} `));
  // A question without another inside is answered in one place, not by way of whatever else is named there.
  const bridged = isNested(question);
  // Speech is written without capitals: a name that one fact writes as such is one wherever its words stand.
  const written = new Set(facts.flatMap((fact) => [...fact.names, ...fact.topic].filter((name) => name.includes(' '))));
  const links = new Map(
    facts.map((fact) => {
      const said = [...written].filter((name) => fact.normal.includes(` ${name} `));
      const names = new Set([...fact.names, ...fact.topic, ...said]);
      return [fact, [...names].filter((name) => name.length > 2 && !given(name))];
    }),
  );

  // A name that is everywhere (the town) joins less than one that is in two places.
  const places = new Map<string, Set<string>>();
  for (const fact of facts)
    for (const name of links.get(fact) ?? [])
      places.set(name, (places.get(name) ?? new Set()).add(fact.ranked.segment.id));
  const shared = linker(facts, links, places);
  const strength = (name: string) =>
    name === '' ? SAME_FILE : Math.min(1, 2 / Math.max(1, places.get(name)?.size ?? 1)) ** 0.75;

  const chains = new Map<Fact, Chain>();
  for (const fact of facts) {
    let covered = coverage.get(fact) ?? [];
    const direct = share(covered);
    const support: Fact[] = [];
    const used: string[] = [];
    for (let step = 0; step < MAX_SUPPORT; step += 1) {
      let best: { fact: Fact; name: string; covered: number[]; value: number } | undefined;
      for (const other of facts) {
        if (other === fact || support.includes(other)) continue;
        if (!bridged && other.ranked.segment.id !== fact.ranked.segment.id) continue;
        const name = [fact, ...support].map((member) => shared(member, other)).find((link) => link !== undefined);
        if (name === undefined) continue;
        const firmness = strength(name);
        const united = covered.map((c, i) => c + firmness * Math.max(0, (coverage.get(other)?.[i] ?? 0) - c));
        const value = share(united);
        if (!best || value > best.value) best = { fact: other, name, covered: united, value };
      }
      if (!best || best.value - share(covered) < LEAST_GAIN) break;
      covered = best.covered;
      support.push(best.fact);
      used.push(best.name);
    }
    const open = (coverage.get(fact) ?? []).map((c) => 1 - c);
    const openShare = share(open);
    const passages = new Map<string, number[]>();
    for (const other of support) {
      const known = passages.get(other.ranked.segment.id) ?? open.map(() => 0);
      passages.set(
        other.ranked.segment.id,
        known.map((c, k) => Math.max(c, Math.min(open[k] ?? 0, coverage.get(other)?.[k] ?? 0))),
      );
    }
    const ownShare = share(passages.get(fact.ranked.segment.id) ?? []);
    passages.delete(fact.ranked.segment.id);
    const othersShare = Math.max(0, ...[...passages.values()].map(share));
    const [coherence, own] = openShare === 0 ? [0, 0] : [othersShare / openShare, ownShare / openShare];
    chains.set(fact, { direct, whole: share(covered), coherence, own, support, links: used });
  }
  return chains;
}

/** The firmest name two facts share, looked up once a pair. Sentences of one passage share its topic. */
function linker(
  facts: readonly Fact[],
  links: ReadonlyMap<Fact, readonly string[]>,
  places: ReadonlyMap<string, ReadonlySet<string>>,
): (a: Fact, b: Fact) => string | undefined {
  const known = new Map<Fact, Map<Fact, string | undefined>>(facts.map((fact) => [fact, new Map()]));
  return (a, b) => {
    const cache = known.get(a);
    if (cache?.has(b)) return cache.get(b);
    // Sentences of one file all share its title: there, only what they say themselves joins them.
    const within = a.ranked.asset.id === b.ranked.asset.id;
    const namesOf = (fact: Fact) =>
      (links.get(fact) ?? []).filter(
        (name) => !within || !fact.topic.has(name) || fact.names.has(name) || fact.back.has(name),
      );
    const others = namesOf(b);
    const shared = namesOf(a).filter((x) => others.some((y) => sameName(x, y)));
    const firmest = shared.toSorted((x, y) => (places.get(x)?.size ?? 1) - (places.get(y)?.size ?? 1))[0];
    const name = a.atHand && b.atHand ? undefined : (firmest ?? (within ? '' : undefined));
    cache?.set(b, name);
    known.get(b)?.set(a, name);
    return name;
  };
}
