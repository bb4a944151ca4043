import type { Answer, Entity, Evidence } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import { wordsOf } from '../reason/words.ts';
import type { Retrieval } from '../retrieve/retrieval.ts';
import { requireEntities, gather, type ExploreDeps } from './gather.ts';
import { bestSayings } from './explain.ts';
import { askForObject, askForSubject, askWhatItIs, type Asked } from './question-templates.ts';
import { statedRelations, type Stated } from '../retrieve/stated.ts';

/** A question that can be asked next, and what answers it. */
export interface NextQuestion {
  readonly question: string;
  /** What it is about. */
  readonly about: Entity;
  /** Among what retrieval finds for it. */
  readonly evidence: readonly Evidence[];
}

export interface NextQuestionDeps extends ExploreDeps {
  /** Retrieval of a question in words. */
  readonly find: (question: string) => Promise<Pick<Retrieval, 'segments'>>;
}

/** Entities of an answer that are gone on from, and relations looked up of each, a type and direction. */
const ENTITIES = 6;
const FANOUT = 20;
/** Neighbours that are asked about as such, and mentions read of each. */
const NEIGHBOURS = 4;
const MENTIONS = 20;
/** Questions put to retrieval: each costs one. */
export const MOST_TRIED = 12;
/** The evidence must be among this many segments, as whoever asks reads the best alone. */
const WITHIN = 5;

/**
 * Questions to go on with from an entity or an answer, made by templates of its relations and of neighbours that nothing
 * was said of yet. Each was put to retrieval, and its evidence is among the five best places; at most 12 are tried. Never
 * what was asked already, nor what the answer's own evidence tells. NOT_FOUND.
 */
export async function nextQuestions(id: string, most: number, deps: NextQuestionDeps): Promise<NextQuestion[]> {
  const start = id.startsWith('Answer:') ? await fromAnswer(id, deps) : await fromEntity(id, deps);
  const asked = new Set(start.asked.map(meaningOf));
  const found: NextQuestion[] = [];
  let tried = 0;
  for (const candidate of await candidates(start, deps)) {
    if (found.length >= most || tried >= MOST_TRIED) break;
    const meaning = meaningOf(candidate.question);
    if (asked.has(meaning)) continue;
    asked.add(meaning);
    tried += 1;
    const { segments } = await deps.find(candidate.question);
    const best = new Map(segments.slice(0, WITHIN).map(({ segment }) => [segment.id, segment]));
    const evidence = candidate.evidence.filter(({ segment, quote }) => best.get(segment.id)?.text.includes(quote));
    if (evidence.length > 0) found.push({ ...candidate, evidence });
  }
  return found;
}

interface Start {
  readonly entities: readonly Entity[];
  readonly asked: readonly string[];
  /** Sentences (segment and words) that are known already. */
  readonly told: ReadonlySet<string>;
  /** Entities that the answer's paths pass. */
  readonly explored: ReadonlySet<string>;
}

async function fromEntity(id: string, { ledger }: ExploreDeps): Promise<Start> {
  const entities = await requireEntities([id], ledger);
  return { entities, asked: [], told: new Set(), explored: new Set([id]) };
}

async function fromAnswer(id: string, { ledger }: ExploreDeps): Promise<Start> {
  const answer = await ledger.answer(id);
  if (!answer) throw new SensegraphError('NOT_FOUND', `There is no answer ${id}.`);
  const passed = answer.paths.flatMap(({ hops }) => hops.flatMap(({ fromId, toId }) => [fromId, toId]));
  const explored = new Set(passed.filter((one) => one.startsWith('Entity:')));
  const evidence = evidenceIn(answer);
  const mentions = await ledger.mentionsOf([...new Set(evidence.map(({ segment }) => segment.id))]);
  const named = [...mentions.values()]
    .flat()
    .filter(({ surface }) => evidence.some(({ quote }) => quote.includes(surface)))
    .toSorted((a, b) => b.score - a.score)
    .map(({ entityId }) => entityId);
  const entities = await ledger.entitiesById([...new Set([...explored, ...named])].slice(0, ENTITIES));
  return { entities, asked: [answer.question], told: new Set(evidence.map(placeOf)), explored };
}

/** What the answer itself rests on. */
function evidenceIn({ steps, paths }: Answer): Evidence[] {
  const answered = steps.filter(({ kind }) => kind === 'ANSWER' || kind === 'RELATE');
  return [
    ...answered.flatMap(({ claims }) => claims.flatMap(({ evidence }) => evidence)),
    ...(paths[0]?.hops ?? []).flatMap(({ evidence }) => evidence),
  ];
}

function placeOf({ segment, quote }: Evidence): string {
  return `${segment.id} ${quote}`;
}

interface Candidate {
  readonly question: string;
  readonly about: Entity;
  readonly evidence: readonly Evidence[];
}

/** Candidates, best first: unexplored neighbours before known ones, the entities in turn, so that one with many relations does not fill the list. */
async function candidates(start: Start, deps: ExploreDeps): Promise<Candidate[]> {
  const lists: Candidate[][] = [];
  const neighbours = new Map<string, Entity>();
  for (const entity of start.entities) {
    const stated = (await statedRelations([entity.id], FANOUT, deps, ['RELATES_TO'])).map((one) => ({
      ...one,
      evidence: one.evidence.filter((evidence) => !start.told.has(placeOf(evidence))),
    }));
    const fresh = stated.filter(({ evidence }) => evidence.length > 0);
    const ends = fresh.flatMap(({ relation }) => [relation.subjectId, relation.objectId]);
    const byId = new Map((await deps.ledger.entitiesById([...new Set(ends)])).map((one) => [one.id, one]));
    for (const one of byId.values()) if (!start.explored.has(one.id)) neighbours.set(one.id, one);
    lists.push(fresh.flatMap((one) => ofRelation(one, entity, byId)));
  }
  lists.push(await ofNeighbours([...neighbours.values()], start, deps));
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();
}

function ofRelation(stated: Stated, about: Entity, byId: ReadonlyMap<string, Entity>): Candidate[] {
  const [subject, object] = [byId.get(stated.relation.subjectId), byId.get(stated.relation.objectId)];
  if (!subject || !object) return [];
  const asked: Asked = {
    subject: subject.name,
    subjectKind: subject.kind,
    predicate: stated.relation.predicate,
    object: object.name,
    objectKind: object.kind,
    sentence: stated.evidence[0]?.quote ?? '',
  };
  // What is known is named in the question, what is not is asked for.
  const question = about.id === subject.id ? askForObject(asked) : askForSubject(asked);
  return question === undefined ? [] : [{ question, about, evidence: stated.evidence }];
}

async function ofNeighbours(neighbours: readonly Entity[], { told }: Start, deps: ExploreDeps): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const about of neighbours.slice(0, NEIGHBOURS)) {
    const question = askWhatItIs(about.name, about.kind);
    if (question === undefined) continue;
    const { sayings } = await gather(about, MENTIONS, deps);
    const best = await bestSayings(
      about,
      sayings.filter(({ isFirst }) => isFirst),
      2,
      deps,
    );
    const evidence = best.map((saying) => saying.evidence).filter((one) => !told.has(placeOf(one)));
    if (evidence.length > 0) found.push({ question, about, evidence });
  }
  return found;
}

/** The content of a question: two that share it ask the same. */
function meaningOf(question: string): string {
  const stems = wordsOf(question).flatMap(({ stem, stop }) => (stop ? [] : [stem]));
  return [...new Set(stems)].toSorted().join(' ');
}
