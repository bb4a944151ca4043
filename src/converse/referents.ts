import type { Referent } from '../conversation.ts';
import type { Answer, Asset, EntityKind, Evidence } from '../domain.ts';
import { findQuestionNames, type QuestionName } from '../link/question-names.ts';
import { normalName } from '../link/blocking.ts';
import type { Extractor } from '../ports/extractor.ts';
import type { Ledger } from '../ports/ledger.ts';
import { analyseQuestion } from '../reason/question-type.ts';
import { stem } from '../word-forms.ts';

interface Deps {
  readonly ledger: Pick<Ledger, 'entitiesByName' | 'entitiesByBlock'>;
  readonly extractor: Extractor;
}

const LIFE = /\b(?:born|died?|buried|marr(?:y|ied)|gr[eo]w up)\b/i;
/** Referents of a turn, and stretches of one recording or film, at most. */
const MOST = 24;
const MOMENTS = 6;

/** What a question and its answer spoke of and showed, for later turns to point back at. */
export async function referentsOf(answer: Answer, asset: Asset | undefined, deps: Deps): Promise<Referent[]> {
  const { question, shortAnswer } = answer;
  const { asks, head, form } = analyseQuestion(question);
  const evidence = answerEvidence(answer);
  const texts = [...new Set(evidence.map(({ segment }) => segment.text))];
  const said = [question, answer.text ?? '', ...texts];
  const referents: Referent[] = [];
  for (const found of distinct(await findQuestionNames(question, deps), question)) {
    // "Which ship …": the ship is what is asked for, and nothing that was spoken of.
    if (found.entity.kind === 'CONCEPT' && head !== undefined && stem(found.surface) === head && !asset) continue;
    const one = referentOf(found, 'QUESTION', said, texts);
    // Who is born is somebody, whatever the extractor made of the name ("Olive Marsh").
    const isBorn = LIFE.test(question) && isProper(one.kind) && !one.takesThe && !isPlaced(found.surface, [question]);
    referents.push(isBorn ? { ...one, kind: 'PERSON' } : one);
  }
  if (shortAnswer !== null && form !== 'YES_NO' && !/^(?:yes|no)$/i.test(shortAnswer)) {
    const [found] = distinct(await findQuestionNames(shortAnswer, deps), shortAnswer);
    const kind: EntityKind | undefined =
      asks === 'PERSON' ? 'PERSON' : asks === 'PLACE' ? 'PLACE' : asks === 'THING' ? undefined : 'QUANTITY';
    const noun = head === undefined ? {} : { noun: head };
    if (found && covers(found.surface, shortAnswer)) {
      const one = referentOf(found, 'ANSWER', said, texts);
      const isTold = found.entity.kind !== 'NAME' && found.entity.kind !== 'CONCEPT';
      const isAsked = kind !== undefined && kind !== 'QUANTITY';
      // Where one is born "in", is nobody, though the question was who.
      const isPlace = !isTold && kind !== 'PLACE' && isPlaced(one.name, texts);
      referents.push({ ...one, ...noun, kind: isPlace ? 'PLACE' : isAsked && !isTold ? kind : one.kind });
    } else if (kind !== 'QUANTITY' && /\p{L}/u.test(shortAnswer) && shortAnswer.split(/\s+/).length <= 6)
      referents.push({
        id: null,
        name: shortAnswer.replace(/^(?:the|an?)\s+/i, ''),
        kind: kind ?? (/^(?:the\s+)?\p{Lu}/u.test(shortAnswer) ? 'NAME' : 'CONCEPT'),
        role: 'ANSWER',
        ...noun,
      });
  }
  const shown = new Map<string, Referent>();
  const show = ({ id, title, modality }: Asset, role: Referent['role']) =>
    shown.set(id, { id, name: title, kind: modality, role, ...momentsIn(evidence, id) });
  if (asset) show(asset, 'ASSET');
  for (const one of evidence.map((each) => each.asset))
    if (one.modality !== 'TEXT' && !shown.has(one.id)) show(one, 'SHOWN');
  return [...shown.values(), ...referents].slice(0, MOST);
}

/** The stretches of one recording or film among the evidence. */
function momentsIn(evidence: readonly Evidence[], assetId: string): Pick<Referent, 'moments'> {
  const found = evidence.flatMap(({ asset, segment, locator }) => {
    if (asset.id !== assetId || (locator.type !== 'TimeSpan' && locator.type !== 'VideoSpan')) return [];
    const { startSeconds, endSeconds } = locator;
    return [[segment.id, { segmentId: segment.id, kind: segment.kind, startSeconds, endSeconds }] as const];
  });
  const moments = [...new Map(found.toReversed()).values()].toReversed().slice(0, MOMENTS);
  return moments.length > 0 ? { moments } : {};
}

/** What the last step rests on. */
export function answerEvidence({ steps }: Answer): Evidence[] {
  const last = steps.findLast(({ kind }) => kind === 'ANSWER');
  return last?.claims.flatMap((claim) => claim.evidence) ?? [];
}

/** One entity a phrase, in the order of the words: of several of one name the first is as good as any. */
function distinct(names: readonly QuestionName[], text: string): QuestionName[] {
  const bySurface = new Map<string, QuestionName>();
  for (const name of names) {
    const known = bySurface.get(name.surface);
    if (!known || (known.entity.kind === 'CONCEPT' && name.entity.kind !== 'CONCEPT'))
      bySurface.set(name.surface, name);
  }
  return [...bySurface.values()]
    .filter(({ entity }) => entity.kind !== 'DATE' && entity.kind !== 'QUANTITY')
    .toSorted((a, b) => text.indexOf(a.surface) - text.indexOf(b.surface));
}

function covers(surface: string, answer: string): boolean {
  return normalName(surface) === normalName(answer.replace(/^(?:in|at|on|by|to|from)\s+/i, ''));
}

function referentOf(
  { entity, surface }: QuestionName,
  role: Referent['role'],
  said: readonly string[],
  texts: readonly string[],
): Referent {
  const { id, kind } = entity;
  // "Tom" goes on as "Thomas Miller"; a kind of thing as the question calls it.
  const name = kind === 'CONCEPT' ? surface.toLowerCase() : entity.name;
  const takesThe = said.some((text) => text.toLowerCase().includes(`the ${name.toLowerCase()}`));
  const pronoun = kind === 'PERSON' || kind === 'NAME' ? pronounFor(name, texts) : undefined;
  // Ships are "she" too, but go with an article; behind "born in Westbrook" a "he" is who was born.
  const isPerson = kind === 'NAME' && pronoun !== undefined && !takesThe && !isPlaced(name, texts);
  return {
    id,
    name,
    kind: isPerson ? 'PERSON' : kind,
    role,
    ...(takesThe ? { takesThe } : {}),
    ...(pronoun ? { pronoun } : {}),
  };
}

function isProper(kind: Referent['kind']): boolean {
  return kind === 'NAME' || kind === 'PLACE' || kind === 'ORGANISATION';
}

/** True where the texts put things in, at or near what has this name, mostly. */
function isPlaced(name: string, texts: readonly string[]): boolean {
  let balance = 0;
  for (const text of texts)
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
      balance += /\b(?:in|at|near|from|to)\s+$/.test(text.slice(0, at)) ? 1 : -1;
  return balance > 0;
}

const TITLES = {
  HE: /\b(?:Mr|Sir|Lord|King|Prince|Father|Brother)\.?\s+$/,
  SHE: /\b(?:Mrs|Miss|Ms|Dame|Lady|Queen|Princess|Sister)\.?\s+$/,
};

/** How the texts go on about a person: by a title before the name, or by most pronouns in the sentence behind it and the next. */
export function pronounFor(name: string, texts: readonly string[]): 'HE' | 'SHE' | undefined {
  let balance = 0;
  for (const text of texts) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      if (TITLES.HE.test(text.slice(0, at))) balance += 3;
      if (TITLES.SHE.test(text.slice(0, at))) balance -= 3;
      const behind = /^[^.!?]*[.!?]?[^.!?]*/.exec(text.slice(at + name.length))?.[0] ?? '';
      const first = /\b(?:(he|him|his)|she|her|hers)\b/i.exec(behind);
      // Another person's name between them takes the pronoun.
      const between = first ? behind.slice(0, first.index) : '';
      if (first && !/\p{Ll}\s+\p{Lu}\p{Ll}+\s+\p{Lu}\p{Ll}+/u.test(between)) balance += first[1] ? 1 : -1;
    }
  }
  return balance > 0 ? 'HE' : balance < 0 ? 'SHE' : undefined;
}
