import { PhraseParser, type NounAt } from './phrase-parser.ts';
import { sceneWords } from './scene-words.ts';
import type { Phrase, Statement } from './statement.ts';

/**
 * Reads a statement or question about what stands in a picture: quantifiers, attributes, places, edges, relations,
 * what a box or tower holds, comparisons. `nounAt` knows the things besides plain shapes. Null for anything that is not
 * understood to its last word.
 */
export function parseStatement(text: string, nounAt: NounAt = () => 0): Statement | null {
  const parser = new PhraseParser(sceneWords(text), nounAt);
  const first = question(parser) ?? clause(parser);
  if (!first) return null;
  const all = [first];
  while (!parser.atEnd) {
    const next = parser.attempt(() => {
      const comma = parser.take(',');
      if (!parser.take('and', 'but') && !comma) return null;
      const before = all.at(-1);
      return (before?.kind === 'IS' ? ofThem(parser, before.subject) : null) ?? clause(parser);
    });
    if (!next) return null;
    all.push(next);
  }
  return all.length === 1 ? first : { kind: 'AND', all };
}

const isThere = (parser: PhraseParser) =>
  parser.attempt(() => (parser.take('there') && parser.take('is', 'are', 'be') ? true : null)) !== null ||
  parser.attempt(() => (parser.take('is', 'are') && parser.take('there') ? true : null)) !== null;

function question(parser: PhraseParser): Statement | null {
  return parser.attempt((): Statement | null => {
    if (parser.takeAll('how', 'many')) {
      const subject = parser.phrase();
      if (!subject) return null;
      if (parser.atEnd || isThere(parser)) return parser.atEnd ? { kind: 'COUNT', subject } : null;
      parser.take('is', 'are');
      const more = verb(parser, subject);
      return more ? { kind: 'COUNT', subject: { ...subject, conditions: [...subject.conditions, ...more] } } : null;
    }
    if (parser.takeAll('what', 'color')) {
      const subject = parser.take('is', 'are') ? parser.phrase() : null;
      return subject ? { kind: 'COLOUR_OF', subject } : null;
    }
    if (parser.words[parser.at + 1] === 'there' || !parser.take('is', 'are', 'do', 'does')) return null;
    const subject = parser.phrase(false);
    if (!subject) return null;
    const conditions = parser.take('have') ? parser.has() : parser.predicate();
    return conditions ? { kind: 'IS', subject, conditions } : null;
  });
}

function clause(parser: PhraseParser): Statement | null {
  if (isThere(parser)) return comparison(parser) ?? existence(parser);
  return parser.attempt((): Statement | null => {
    const subjects: Phrase[] = [];
    for (let subject = parser.phrase(); subject; subject = parser.take('and') ? parser.phrase() : null)
      subjects.push(subject);
    const [first] = subjects;
    if (!first) return null;
    parser.take('that', 'which');
    const isIn = parser.attempt(() =>
      parser.take('is', 'are') && parser.takeAll('in', 'the', 'same', 'box') ? true : null,
    );
    if (isIn) return { kind: 'TOGETHER', subject: first };
    const conditions = verb(parser, first);
    if (!conditions) return null;
    const all = subjects.map((subject): Statement => ({ kind: 'IS', subject, conditions }));
    return all.length === 1 ? (all[0] ?? null) : { kind: 'AND', all };
  });
}

/** "Is blue", "has two blocks", "touching the wall". */
function verb(parser: PhraseParser, { level }: Phrase) {
  return parser.attempt(() => {
    if (parser.takeAll('does', 'not', 'have') || parser.takeAll('do', 'not', 'have')) {
      const conditions = parser.has();
      return conditions ? [{ is: 'NOT' as const, conditions }] : null;
    }
    if (parser.take('have', 'with')) return parser.has();
    if (parser.take('is', 'are')) return parser.predicate();
    return parser.said(level);
  });
}

function existence(parser: PhraseParser): Statement | null {
  const subjects: Phrase[] = [];
  const next = () => parser.attempt(() => (subjects.length === 0 || parser.take('and') ? parser.phrase() : null));
  for (let subject = next(); subject; subject = next()) subjects.push(subject);
  const holding = parser.take('have') ? parser.has() : null;
  const all = subjects.map((one) => spread(holding ? { ...one, conditions: [...one.conditions, ...holding] } : one));
  return all.length > 1 ? { kind: 'AND', all } : (all[0] ?? null);
}

/** "There is a circle in each box" says of each box that it has a circle. */
function spread(subject: Phrase): Statement {
  const within = subject.conditions.find((one) => one.is === 'IN');
  if (within?.is !== 'IN' || within.whole.level !== 'BOX' || !['ALL', 'EQ'].includes(within.whole.quantity.op))
    return { kind: 'IS', subject, conditions: [] };
  const part = { ...subject, conditions: subject.conditions.filter((one) => one !== within) };
  return { kind: 'IS', subject: within.whole, conditions: [{ is: 'HAS', parts: [part] }] };
}

/** "More yellow squares than circles", "the same number of …", "as many … as …". */
function comparison(parser: PhraseParser): Statement | null {
  return parser.attempt((): Statement | null => {
    const op = parser.take('more')
      ? 'MORE'
      : parser.take('fewer', 'less')
        ? 'FEWER'
        : parser.takeAll('the', 'same', 'number', 'of') || parser.takeAll('as', 'many')
          ? 'SAME'
          : null;
    const a = op && parser.phrase(false);
    if (!op || !a || !parser.take('than', 'and', 'as')) return null;
    const b = parser.phrase(false);
    return b ? { kind: 'COMPARE', op, a, b } : null;
  });
}

/** "One of them has a black block", "it is blue": more of what was just spoken of. */
function ofThem(parser: PhraseParser, subject: Phrase): Statement | null {
  return parser.attempt((): Statement | null => {
    const n = parser.number();
    const pronoun = n === null ? parser.take('it', 'they') : parser.take('of') && parser.take('them');
    const conditions = pronoun ? verb(parser, subject) : null;
    if (!conditions) return null;
    return {
      kind: 'IS',
      subject: { ...subject, quantity: n === null ? { op: 'THE', n: 0 } : { op: 'EQ', n } },
      conditions,
    };
  });
}
