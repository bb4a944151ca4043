import type { Evidence, EvidencePath, Hop } from '../domain.ts';
import { normalName } from '../link/blocking.ts';
import type { GraphEdge } from '../ports/graph-store.ts';
import { hopOver, pathOf } from '../retrieve/paths.ts';
import type { Retrieval } from '../retrieve/retrieval.ts';
import type { Found } from './found.ts';

/** Texts that lead to the one with the answer: a path of three reads; the rest is in the claims. */
const MOST_BEFORE = 2;

/** The way to this answer first, then the retrieval's own paths. */
export function withAnswerPath(found: Found, retrieval: Retrieval): EvidencePath[] {
  const own = answerPath(found, retrieval);
  return own ? [own, ...retrieval.paths.filter((path) => path.id !== own.id)] : [...retrieval.paths];
}

/**
 * From what the question names, over each text, picture or recording that the answer rests on and the entity that
 * joins it to the next, to the answer. Undefined where two of them are joined by no entity of the graph.
 */
function answerPath({ evidence, shortAnswer, confidence }: Found, retrieval: Retrieval): EvidencePath | undefined {
  const walk = new Walk(evidence, retrieval);
  const [last, ...before] = [...new Set(evidence.map((one) => one.segment.id))];
  if (last === undefined) return undefined;
  const asked = retrieval.entities.map((named) => named.entity.id);
  // Support comes nearest to the answer first; it is taken until it reaches what the question names.
  const stations = [last];
  for (const segment of before) {
    if (stations.length > MOST_BEFORE || (stations.length > 1 && walk.names(stations[0] ?? '', asked))) break;
    if (walk.between(segment, stations[0] ?? '', asked)) stations.unshift(segment);
  }
  const [first = last] = stations;
  const atHand = retrieval.segments.filter((ranked) => ranked.asset.id === retrieval.question.asset?.id);
  const fromHand = atHand
    .map(({ segment }) => segment.id !== first && walk.between(segment.id, first, []))
    .find((hops) => hops);
  const hops: Hop[] = [...(fromHand || walk.into(first, asked))];
  for (const [i, station] of stations.slice(1).entries())
    hops.push(...(walk.between(stations[i] ?? '', station, asked) ?? []));
  hops.push(...walk.outTo(last, normalName(shortAnswer)));
  return hops.length > 0 ? pathOf(hops, confidence) : undefined;
}

class Walk {
  readonly #retrieval: Retrieval;
  readonly #evidence: ReadonlyMap<string, readonly Evidence[]>;
  readonly #segments;
  readonly #degree = new Map<string, number>();

  constructor(evidence: readonly Evidence[], retrieval: Retrieval) {
    this.#retrieval = retrieval;
    this.#evidence = Map.groupBy(evidence, (one) => one.segment.id);
    this.#segments = new Map(retrieval.segments.map((ranked) => [ranked.segment.id, ranked]));
    for (const { to } of retrieval.edges) this.#degree.set(to, (this.#degree.get(to) ?? 0) + 1);
  }

  names(segment: string, entities: readonly string[]): boolean {
    return this.#mentions(segment).some((edge) => entities.includes(edge.to));
  }

  /** What the question names → the first segment; nothing where that is at hand itself. */
  into(segment: string, asked: readonly string[]): Hop[] {
    const edge = asked
      .map((id) => this.#mentions(segment).find((one) => one.to === id))
      .find((one) => one !== undefined);
    const hop = edge && this.#hop(edge, edge.to);
    return hop ? [hop] : [];
  }

  /** Segment → entity → segment, by the name that joins fewest others; or over a kind of it ("Egyptian cat", "cat"). */
  between(a: string, b: string, asked: readonly string[]): Hop[] | undefined {
    const [from, to] = [this.#mentions(a), this.#mentions(b)];
    const busy = (id: string) =>
      (this.#degree.get(id) ?? 0) +
      (asked.includes(id) ? 1000 : 0) -
      (to.some((edge) => edge.to === id && edge.type === 'ABOUT') ? 500 : 0);
    const shared = from
      .filter((edge) => to.some((other) => other.to === edge.to))
      .toSorted((x, y) => busy(x.to) - busy(y.to))[0];
    const back = shared && to.find((edge) => edge.to === shared.to);
    if (shared && back) return this.#hops([shared, a], [back, back.to]);
    for (const kind of this.#retrieval.edges) {
      if (kind.type !== 'IS_A') continue;
      const [seen, said] = [from.find((edge) => edge.to === kind.from), to.find((edge) => edge.to === kind.to)];
      if (seen && said) return this.#hops([seen, a], [kind, kind.from], [said, said.to]);
    }
    return undefined;
  }

  /** The segment → the answer, where that is an entity. */
  outTo(segment: string, normal: string): Hop[] {
    const edge = this.#mentions(segment).find(
      (one) => normalName(this.#retrieval.nodes.get(one.to)?.caption ?? '') === normal,
    );
    const hop = edge && this.#hop(edge, segment);
    return hop ? [hop] : [];
  }

  #mentions(segment: string): GraphEdge[] {
    return this.#retrieval.edges.filter(
      (edge) => edge.from === segment && (edge.type === 'MENTIONS' || edge.type === 'ABOUT'),
    );
  }

  #hops(...steps: readonly (readonly [GraphEdge, string])[]): Hop[] {
    return steps.flatMap(([edge, start]) => this.#hop(edge, start) ?? []);
  }

  /** The edge walked from its end `start`, with the sentence that the answer cites of it. */
  #hop(edge: GraphEdge, start: string): Hop | undefined {
    const [a, b] = [
      this.#retrieval.nodes.get(start),
      this.#retrieval.nodes.get(edge.from === start ? edge.to : edge.from),
    ];
    return a && b && hopOver(edge, a, b, this.#segments, this.#evidence.get(edge.from)?.slice(0, 1));
  }
}
