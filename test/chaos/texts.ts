/** Small made-up texts that share people, places and things, so that assets have entities in common. */
const PEOPLE = ['Anna Berg', 'Peter Lowe', 'Ruth Marsh', 'Henry Dale', 'Clara Stone', 'Oscar Finch', 'Martha Quill'];
const PLACES = ['Port Alder', 'Green Island', 'Stonebridge', 'Lake Morrow', 'Westhaven'];
const THINGS = ['lighthouse', 'bell', 'harbour', 'windmill', 'library', 'ferry'];

export interface Item {
  readonly title: string;
  readonly text: string;
}

/** No two numbers give the same bytes. */
export function note(number: number): Item {
  const at = (list: readonly string[], i: number): string => list[i % list.length] ?? '';
  return {
    title: `Note ${number} on ${at(PLACES, number)}`,
    text:
      `${at(PEOPLE, number)} came to ${at(PLACES, number)} in ${1800 + (number % 200)}. ` +
      `The ${at(THINGS, number)} of ${at(PLACES, number + 1)} was built by ${at(PEOPLE, number + 3)} for ${number} pounds.`,
  };
}

/** Two people whom nothing else names, `first` and `second`. */
export function pair(number: number): Item & { readonly first: string; readonly second: string } {
  const letters = (n: number): string =>
    (n < 26 ? '' : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(97 + (n % 26));
  const [first, second] = [`Zora Quin${letters(number)}ov`, `Milo Trab${letters(number)}ek`];
  return {
    title: `Letter ${number}`,
    text: `${first} wrote letter ${number} to ${second} in Stonebridge. ${second} answered ${first} from Westhaven.`,
    first,
    second,
  };
}

export function question(number: number): string {
  return `Who built the ${THINGS[number % THINGS.length]} of ${PLACES[(number + 1) % PLACES.length]}?`;
}
