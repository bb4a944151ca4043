const OPENING = '([{';
const CLOSING = ')]}';

/** The range without what lies beyond a bracket that it doesn't hold both of: "a commune (gmina" is "a commune". */
export function withinBrackets(text: string, from: number, to: number): [start: number, end: number] {
  const open: number[] = [];
  let isInside = opensIn(text.slice(0, from));
  let [start, end] = [from, to];
  for (let i = from; i < to; i++) {
    const mark = text[i] ?? '';
    if (OPENING.includes(mark)) open.push(i);
    else if (CLOSING.includes(mark) && open.pop() === undefined && isInside) [start, isInside] = [i + 1, false];
  }
  const [first = end, second = end] = open;
  const isLed = text.slice(start, first).trim() === '';
  [start, end] = isLed && first < to ? [first + 1, second] : [start, first];
  const own = text.slice(start, end);
  return [start + own.length - own.trimStart().length, start + own.trimEnd().length];
}

/** Whether a bracket is open at the end of a text; a ")" behind none, as in "a)", closes nothing. */
function opensIn(text: string): boolean {
  let depth = 0;
  for (const mark of text)
    if (OPENING.includes(mark)) depth++;
    else if (CLOSING.includes(mark)) depth = Math.max(0, depth - 1);
  return depth > 0;
}
