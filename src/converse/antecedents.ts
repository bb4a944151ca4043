import type { Referent } from '../conversation.ts';
import { kindsOfHead } from '../reason/answer-types.ts';
import { stem } from '../word-forms.ts';
import type { Pronoun } from './pronouns.ts';
import { backwards, isNamedThing, unique, type Talk } from './talk.ts';

/** What a pronoun may stand for: one thing, several between which nothing decides, or none. */
export type Antecedents = readonly Referent[];

/**
 * The latest turn that spoke of anything fitting decides. Of persons, those that the texts call otherwise are out; two
 * that fit equally are both given.
 */
export function antecedentsOf(wants: Pronoun['wants'], talk: Talk): Antecedents {
  for (const { referents } of backwards(talk)) {
    const said = unique(referents.filter(({ role }) => role === 'QUESTION' || role === 'ANSWER'));
    const found = wants === 'IT' ? things(said, referents) : wants === 'THERE' ? places(said) : persons(said, wants);
    if (found.length > 0) return found;
  }
  return [];
}

function persons(said: readonly Referent[], wants: Pronoun['wants']): Antecedents {
  const all = said.filter(({ kind }) => kind === 'PERSON');
  const likely = all.length > 0 ? all : said.filter(({ kind }) => kind === 'NAME');
  if (wants !== 'HE' && wants !== 'SHE') return all;
  const fitting = likely.filter(({ pronoun }) => pronoun === undefined || pronoun === wants);
  const sure = fitting.filter(({ pronoun }) => pronoun === wants);
  return sure.length === 1 ? sure : fitting;
}

/** Named things come before common ones, those before places, and what was shown comes last. */
function things(said: readonly Referent[], all: readonly Referent[]): Antecedents {
  const named = said.filter(isNamedThing);
  if (named.length > 0) return named;
  const common = said.filter(({ kind }) => kind === 'CONCEPT');
  const [first] = common;
  if (first) return [first];
  const somewhere = places(said);
  return somewhere.length > 0 ? somewhere : all.filter(({ role }) => role === 'ASSET').slice(0, 1);
}

function places(said: readonly Referent[]): Antecedents {
  const all = said.filter(({ kind }) => kind === 'PLACE');
  const answer = all.filter(({ role }) => role === 'ANSWER');
  return answer.length > 0 ? answer : all;
}

const MALE = /^(?:man|boy|father|son|brother|husband|king|uncle|gentleman|actor)$/i;
const FEMALE = /^(?:woman|girl|mother|daughter|sister|wife|queen|aunt|lady|actress)$/i;

/** What "that ship", "this man" or "the town" may stand for: what was asked for by the noun, or has it in its name. */
export function antecedentsOfNoun(noun: string, isPointing: boolean, talk: Talk): Antecedents {
  const wanted = stem(noun);
  const kinds = kindsOfHead(wanted);
  for (const { referents } of backwards(talk).slice(0, isPointing ? undefined : 3)) {
    const said = unique(referents.filter(({ role }) => role === 'QUESTION' || role === 'ANSWER'));
    const asked = said.filter((one) => one.noun === wanted);
    if (asked.length > 0) return asked;
    const called = said.filter(({ name }) => stem(name.split(/\s+/).at(-1) ?? '') === wanted && name.includes(' '));
    if (called.length > 0) return called;
    if (!isPointing) continue;
    if (MALE.test(noun)) return persons(said, 'HE');
    if (FEMALE.test(noun)) return persons(said, 'SHE');
    if (kinds.includes('PERSON') && !kinds.includes('ORGANISATION')) return persons(said, 'THEY');
    if (kinds[0] === 'PLACE' && /^(?:place|city|town|village|country|island|river|lake)$/i.test(noun))
      return places(said);
    const fitting = said.filter((one) => isNamedThing(one) && kinds.some((kind) => kind === one.kind));
    if (fitting.length > 0) return fitting;
  }
  return [];
}
