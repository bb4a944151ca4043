import { kindsOfHead } from './answer-types.ts';
import type { Placed } from './nearness.ts';
import type { QuestionAnalysis } from './question-type.ts';
import { isName } from './spans.ts';
import { hasUnit } from './units.ts';
import { wordsOf } from './words.ts';

/** How well the candidate's kind and the words about it fit what is asked for. */
export function typeFeatures(
  question: QuestionAnalysis,
  { span, fact, inside, before, after }: Placed,
): Record<string, number> {
  const named = isName(span);
  const { expects, head, asks } = question;
  const numeric = span.kind === 'DATE' || span.kind === 'QUANTITY';
  const wantsNumber = expects[0] === 'DATE' || expects[0] === 'QUANTITY';
  const fits =
    expects.length === 0
      ? 0
      : expects[0] === span.kind || (expects.includes(span.kind) && span.kind !== 'NAME')
        ? 1
        : 0;
  const maybe =
    fits === 0 && span.kind === 'NAME' && expects.length > 0 && !wantsNumber && expects[0] !== 'CONCEPT' ? 1 : 0;
  const headInside = head !== undefined && inside.length > 1 && inside.some((word) => word.stem === head);
  const headBeside =
    head !== undefined &&
    (before.slice(-3).some((word) => word.stem === head) || after.slice(0, 2).some((word) => word.stem === head)) &&
    !headInside;
  // "The Esk is a river": the sentence says the kind of its subject.
  const isHead =
    head !== undefined &&
    named &&
    after
      .slice(0, 8)
      .some((word, i) => word.stem === head && after.slice(0, i).some((w) => /^(?:is|was|are|were)$/.test(w.text)));
  const unit =
    question.head !== undefined && asks === 'COUNT' && after.slice(0, 3).some((word) => word.stem === question.head);
  const inUnit = span.kind === 'QUANTITY' ? hasUnit(question.measure, span.text) : undefined;
  return {
    type: inUnit === false ? 0 : fits,
    maybe,
    // "How high" is not answered by "sixty people".
    typeClash:
      inUnit === false ||
      (expects.length > 0 &&
        fits === 0 &&
        maybe === 0 &&
        (numeric !== wantsNumber || named || expects[0] === 'CONCEPT'))
        ? 1
        : 0,
    loose: expects.length > 0 && fits === 0 && span.kind === 'CONCEPT' ? 1 : 0,
    untypedNumber: expects.length === 0 && numeric ? 1 : 0,
    untypedName: expects.length === 0 && named ? 1 : 0,
    headInside: headInside ? 1 : 0,
    headBeside: headBeside ? 1 : 0,
    isHead: isHead ? 1 : 0,
    unit: unit ? 1 : 0,
    fullDate: asks === 'TIME' && span.kind === 'DATE' && /\d.*\d{4}/.test(span.text) ? 1 : 0,
    yearForYear: head !== undefined && kindsOfHead(head)[0] === 'DATE' && /^\d{4}$/.test(span.text) ? 1 : 0,
    measured:
      span.kind === 'QUANTITY' && (asks === 'MEASURE' || asks === 'DURATION')
        ? (inUnit ?? wordsOf(span.text).length > 1)
          ? 1
          : 0
        : 0,
    yearForCount: asks === 'COUNT' && /^(?:1[5-9]|20)\d\d$/.test(span.text) ? 1 : 0,
    bare: span.kind === 'QUANTITY' && /^(?:one|once|half|1|2|two)$/i.test(span.text) && fact.words.length > 8 ? 1 : 0,
  };
}
