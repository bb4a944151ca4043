import type { EntityKind } from '../domain.ts';
import { verbForm } from '../word-forms.ts';

/** A stated relation with what is known of its ends, and the sentence that states it. */
export interface Asked {
  readonly subject: string;
  readonly subjectKind: EntityKind;
  readonly predicate: string;
  readonly object: string;
  readonly objectKind: EntityKind;
  readonly sentence: string;
}

const PLACE_PREPOSITION = / (?:in|at)$/;
/** What something is done in or at is a place, as far as its name goes. */
const PLACES: readonly EntityKind[] = ['PLACE', 'ORGANISATION', 'NAME'];

/** What a relation's object is asked for: "Where was Thomas Miller born?", "What was it that George Baker cast?" Undefined where no template reads well. */
export function askForObject({ subject, predicate, object, objectKind, sentence }: Asked): string | undefined {
  if (!isPast(predicate) || !isNameable(subject)) return undefined;
  const passive = auxiliaryOf(predicate, sentence);
  const time = / (?:in|on)$/;
  const [word, verb] =
    PLACES.includes(objectKind) && PLACE_PREPOSITION.test(predicate)
      ? ['Where', predicate.replace(PLACE_PREPOSITION, '')]
      : objectKind === 'DATE' && time.test(predicate)
        ? ['When', predicate.replace(time, '')]
        : [objectKind === 'PERSON' ? 'Who' : 'What', predicate];
  // In a sentence that has another clause between, the verb's object may be another.
  if (!isNameable(object)) return undefined;
  return passive === undefined ? `${word} was it that ${subject} ${verb}?` : `${word} ${passive} ${subject} ${verb}?`;
}

/** What a relation's subject is asked for: "Who cast the fog bell?" Undefined where no template reads well. */
export function askForSubject({
  subject,
  subjectKind,
  predicate,
  object,
  objectKind,
  sentence,
}: Asked): string | undefined {
  if (!isPast(predicate) || !isNameable(object) || !isNameable(subject)) return undefined;
  if (objectKind === 'DATE' || objectKind === 'QUANTITY') return undefined;
  const passive = auxiliaryOf(predicate, sentence);
  const word = subjectKind === 'PERSON' || subjectKind === 'NAME' ? 'Who' : 'What';
  const thing = objectKind === 'CONCEPT' ? `the ${object}` : object;
  return `${word}${passive === undefined ? '' : ` ${passive}`} ${predicate} ${thing}?`;
}

/** What is asked of a neighbour that nothing was said of yet. */
export function askWhatItIs(name: string, kind: EntityKind): string | undefined {
  if (kind === 'DATE' || kind === 'QUANTITY' || kind === 'CONCEPT') return undefined;
  return kind === 'PERSON' ? `Who is ${name}?` : `What is known of ${name}?`;
}

/** The verb is in the past, so that no other form of it must be found. */
function isPast(predicate: string): boolean {
  const form = verbForm(predicate.split(' ')[0] ?? '');
  return form === 'PAST' || form === 'EITHER';
}

/** "was" or "were" before the verb, where the sentence has it there. */
function auxiliaryOf(predicate: string, sentence: string): string | undefined {
  const verb = (predicate.split(' ')[0] ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`\\b(was|were)(?: \\w+ly| also| once| never)? ${verb}\\b`, 'i').exec(sentence);
  // "Cast by" was turned round: its subject is who did it, whatever stands before the verb.
  const isTurned = new RegExp(`\\b${verb} by\\b`, 'i').test(sentence) && !predicate.endsWith(' by');
  return isTurned ? undefined : found?.[1]?.toLowerCase();
}

/** Short, one line, no question in itself. */
function isNameable(name: string): boolean {
  return name.length > 1 && name.length <= 60 && !/[\n?]/.test(name);
}
