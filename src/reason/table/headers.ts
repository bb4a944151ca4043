import type { Column, Table } from './rows.ts';
import type { Token } from './tokens.ts';

/** Words of the question that a column's header says, or means. */
export interface HeaderMatch {
  readonly column: Column;
  /** Places of the question's tokens. */
  readonly at: readonly number[];
  /** Share of the header's words that are said, 0…1; less where it is only meant. */
  readonly share: number;
}

/** Words that ask for the same column. General English of lists and results. */
const SENSES: readonly (readonly string[])[] = [
  ['country', 'nation', 'nationality', 'noc', 'countries'],
  ['location', 'venue', 'place', 'city', 'site', 'town', 'where', 'stadium', 'located'],
  ['date', 'year', 'when', 'season', 'day'],
  ['win', 'won', 'wins', 'victories', 'victory', 'winner', 'champion', 'winning'],
  ['position', 'pos', 'rank', 'place', 'finish', 'fin', 'placed', 'finished', 'ranked', 'standing'],
  ['length', 'distance', 'duration', 'time', 'long'],
  ['height', 'tall', 'elevation', 'high'],
  ['opponent', 'opposition', 'against'],
  ['score', 'result', 'results'],
  ['film', 'movie', 'title'],
  ['song', 'single', 'track', 'title'],
  ['game', 'match', 'date'],
  ['cost', 'price', 'fee', 'worth', 'money'],
  ['name', 'title', 'called'],
  ['loss', 'losses', 'lost', 'defeat'],
  ['tie', 'ties', 'draw', 'draws', 'drawn', 'tied'],
  ['team', 'club'],
  ['population', 'people', 'inhabitants', 'residents'],
  ['area', 'size', 'large'],
  ['make', 'manufacturer', 'maker', 'constructor'],
  ['driver', 'rider', 'racer'],
  ['episode', 'title'],
  ['notes', 'comments', 'description'],
  ['attendance', 'crowd', 'attended', 'spectators', 'people'],
  ['network', 'channel', 'station'],
  ['competition', 'tournament', 'event', 'championship'],
  ['award', 'prize'],
  ['party', 'affiliation'],
  ['start', 'began', 'started', 'begin'],
];
const PEOPLE =
  /^(?:player|driver|rider|winner|candidate|athlete|artist|name|swimmer|skipper|author|director|actor|actress|singer|performer|incumbent|coach|manager|president|mayor|governor|member|champion|opponent|cyclist|nominee|recipient|contestant|celebrity|competitor|captain|person|composer|writer|crew|pilot|wrestler|golfer|skater|gymnast|rower|representative|senator|king|ruler|minister|successor|officeholder|men|women)s?$/;
const PLACES =
  /^(?:location|venue|place|city|site|town|stadium|country|arena|county|state|headquarters|region|address|circuit|course)s?$/;

const stemsOfSense = new Map<string, Set<string>>();
for (const sense of SENSES)
  for (const word of sense) {
    const known = stemsOfSense.get(word) ?? new Set<string>();
    for (const other of sense) known.add(other);
    stemsOfSense.set(word, known);
  }

/** Every column that the question says or means, best first. `taken`: tokens that are cells already. */
export function matchHeaders(tokens: readonly Token[], table: Table, taken: ReadonlySet<number>): HeaderMatch[] {
  return table.columns
    .flatMap((column): HeaderMatch[] => {
      const own = column.tokens.filter(({ stop }) => !stop);
      if (own.length === 0) return [];
      const at: number[] = [];
      const said = new Set<string>();
      let meant = 0;
      for (const [place, token] of tokens.entries()) {
        if (taken.has(place)) continue;
        const same = own.find(({ stem, text }) => (!token.stop && stem === token.stem) || isShort(text, token.text));
        if (same) {
          said.add(same.stem);
          at.push(place);
        } else if (
          own.some(({ text }) => stemsOfSense.get(token.text)?.has(text) || stemsOfSense.get(token.stem)?.has(text))
        ) {
          at.push(place);
          meant = 0.5;
        }
      }
      if (at.length === 0) return [];
      // What stands in brackets of a header is its unit.
      const main = column.header.replace(/\([^)]*\)/g, '').trim();
      const words = Math.max(1, own.filter(({ text }) => main === '' || main.toLowerCase().includes(text)).length);
      return [{ column, at, share: Math.min(1, Math.max(said.size / words, meant)) }];
    })
    .toSorted((a, b) => b.share - a.share);
}

/** "Pos." for "position", "Pts" for "points". */
function isShort(header: string, word: string): boolean {
  return (
    (header.length >= 3 && header.length <= 4 && word.length > 4 && word.startsWith(header)) ||
    (header === 'pts' && /^points?$/.test(word)) ||
    (header === 'no' && word === 'number')
  );
}

/** Whether a header names somebody, or a place. */
export function namesPeople({ tokens }: Column): boolean {
  return tokens.some(({ text }) => PEOPLE.test(text));
}

export function namesPlaces({ tokens }: Column): boolean {
  return tokens.some(({ text }) => PLACES.test(text));
}
