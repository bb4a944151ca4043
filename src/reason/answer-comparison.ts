import { isAbout } from './about.ts';
import { measure, type Measured } from './measure.ts';
import type { Considered } from './consider.ts';
import { evidenceOf } from './facts.ts';
import { quoted, type Found } from './found.ts';
import { termCoverage } from './chain.ts';
import { normalName, sameName, wordsOf } from './words.ts';

/** Answers "which of A and B": by their dates, by their quantities, or by which of them is said to be what is asked. Null when neither is known. */
export function answerComparison(considered: Considered): Found | null {
  const { question, facts } = considered;
  const names = question.options.map((option) =>
    normalName(option.replace(/^(?:the )?(?:birth|forming|founding|release|opening|death) of /i, '')),
  );
  // "Was Dune a book or a film first?" is about Dune: neither side is a name.
  const subjects = question.names.some((name) => names.some((own) => sameName(own, name))) ? [] : question.names;
  const about = facts.filter((fact) => subjects.some((name) => isAbout(fact, name)));
  // "Which was found first in Egypt, the tomb or the temple?" isn't, where a side is not told with it.
  const own = names.every((name) => about.some((fact) => isAbout(fact, name))) ? about : facts;
  const sides = question.options.map((option, i): Measured => ({
    option: option.replace(/^the (?=\p{Lu})/u, ''),
    facts: own.filter((fact) => isAbout(fact, names[i] ?? '')),
  }));
  if (sides.every((side) => side.facts.length === 0)) return null;
  const { order } = question;
  const measured = order ? sides.map((side) => measure(side, considered, order)) : sides;
  const known = measured.filter((side) => side.value !== undefined);
  if (order && known.length === measured.length) {
    const upwards = order === 'FIRST' || order === 'LEAST';
    const sorted = known.toSorted((a, b) => ((a.value ?? 0) - (b.value ?? 0)) * (upwards ? 1 : -1));
    const [best] = sorted;
    const tie = sorted[0]?.value === sorted[1]?.value;
    if (best && !tie) return found(best.option, sorted, 0.75);
  }
  return bySaying(sides, considered);
}

function found(option: string, sides: readonly Measured[], confidence: number): Found {
  const evidence = sides.flatMap((side) => (side.fact ? [evidenceOf(side.fact)] : []));
  const said = sides.flatMap((side) =>
    side.fact ? [`${side.option}: ${side.said ?? quoted(side.fact.text, 120)}`] : [],
  );
  return { shortAnswer: option, text: `${option} (${said.join('; ')}).`, confidence, evidence };
}

/** Which option's facts say most of the rest of the question. */
function bySaying(sides: readonly Measured[], considered: Considered): Found | null {
  const { question, keys, weightOf } = considered;
  const own = new Set(sides.flatMap((side) => wordsOf(side.option).map((word) => word.stem)));
  const asked = question.terms.filter((term) => !own.has(term.stem));
  const total = asked.reduce((sum, term) => sum + weightOf(term), 0) || 1;
  const scored = sides
    .map((side) => {
      let share = 0;
      let by = side.facts[0];
      for (const fact of side.facts) {
        const said =
          termCoverage(fact, asked, keys).reduce((sum, c, i) => sum + c * (asked[i] ? weightOf(asked[i]) : 0), 0) /
          total;
        if (said > share) [share, by] = [said, fact];
      }
      return { ...side, share, ...(by ? { fact: by } : {}) };
    })
    .toSorted((a, b) => b.share - a.share);
  const [best, next] = scored;
  if (!best || !best.fact) return null;
  return found(best.option, scored, Math.min(0.8, 0.2 + 0.4 * best.share + 0.5 * (best.share - (next?.share ?? 0))));
}
