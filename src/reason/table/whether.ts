import type { Asked, Result } from './asked.ts';
import { sides, sideValues } from './compare.ts';
import { intersection } from './match.ts';
import { told } from './select.ts';
import { written } from './value.ts';

/** Yes or no: whether rows meet every condition. Null for a question of another form. */
export function answerWhether(asked: Asked): Result | null {
  const { text, tokens, conditions, bounds } = asked;
  if (
    !/^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|where any)\b/.test(text) ||
    tokens.some(({ text: word }) => word === 'or')
  )
    return null;
  const than = tokens.findIndex(({ text: word }) => /^(?:than|before|after)$/.test(word));
  const pair = than < 0 ? undefined : sides(asked, than);
  if (pair && bounds.length === 0) {
    const [a, b] = pair;
    const least = /\b(?:less|fewer|lower|smaller|shorter|earlier|before|older|faster|better)\b/.test(text);
    const measured = sideValues(asked, a, b);
    if (measured) {
      const yes = least ? measured.left < measured.right : measured.left > measured.right;
      return {
        values: [yes ? 'yes' : 'no'],
        rows: [...a.rows, ...b.rows],
        how: `${measured.by}: ${written(measured.left)} and ${written(measured.right)}`,
        sure: 0.55,
      };
    }
  }
  if (conditions.length + bounds.length < 2) return null;
  let rows = new Set(asked.table.rows.map(({ index }) => index));
  const groups = [...Map.groupBy([...conditions, ...bounds], ({ column }) => column).values()];
  for (const group of groups) rows = intersection(rows, new Set(group.flatMap((one) => [...one.rows])));
  const yes = rows.size > 0;
  const support = yes ? [...rows] : [...(conditions[0]?.rows ?? [])];
  return {
    values: [yes ? 'yes' : 'no'],
    rows: support,
    how: told([...rows], [...conditions, ...bounds]),
    sure: yes ? 0.6 : 0.4,
  };
}
