import { describe, expect, it } from 'vitest';
import { programsAsked } from '../../../src/reason/answer-table.ts';
import { consider } from '../../../src/reason/consider.ts';
import { askTable, extractor, tableRetrieval } from './table.ts';

const GOALS = `"Match","Date","Venue","Opponent","Goals","Attendance"
"1","8 October 2009","Budapest, Hungary","San Marino","3","12,500"
"2","12 October 2010","Helsinki, Finland","Finland","1","8,000"
"3","3 June 2010","Turku, Finland","San Marino","2","950"
"4","7 June 2011","Budapest, Hungary","Sweden","0","20,400[a]"
"5","9 March 2012","London, England","England","4","31,000"
`;
const RACE = `Pos,Driver,Nationality,Team,Laps,Time
1,Ana Gomes,Portugal,Honda,25,39:02.55
2,Bea Lind,Sweden,Yamaha,25,39:10.05
T-3,Cleo Marsh,England,Honda,25,39:30.00
T-3,Dina Rossi,Italy,Ducati,24,40:01.00
5,Eva Nilsson,Sweden,Honda,20,41:15.25
Ret,Fay Young,England,Ducati,7,
`;
const MEDALS = `Rank,Nation,Gold,Silver,Bronze,Total
1,Cuba,9,11,12,32
2,Canada,7,4,2,13
3,Mexico,4,3,3,10
4,Jamaica,1,5,8,14
`;
const WINNERS = `Year,Winner,Runner-up,Score
2013,Leeds,York,2–1
2012,York,Hull,1–0
2011,Leeds,Hull,3–2
2010,Derby,Leeds,2–0
2009,Leeds,Derby,1–0
`;
const FILMS = `Title,Year,Length,Director,Rating
"Open ""Water""",1999,95 min,Kim Ray,45%
Long Way,2004,181 min,Lou Ash,71.5%
The Quay,2004,102 min,Kim Ray,88%
Night Boat,2010,88 min,Mo Hart,
`;

const CASES: readonly (readonly [form: string, table: string, question: string, answer: string])[] = [
  ['looks a cell up', RACE, 'what team does dina rossi ride for?', 'Ducati'],
  ['looks a person up', FILMS, 'who directed the quay?', 'Kim Ray'],
  ['looks a date up', GOALS, 'when did they play sweden?', '7 June 2011'],
  ['looks a place up', GOALS, 'where was the match against england?', 'London, England'],
  ['looks a number up', MEDALS, 'how many silver medals did jamaica win?', '5'],
  ['looks a time up', RACE, "what was bea lind's time?", '39:10.05'],
  ['looks a percentage up', FILMS, 'what is the rating of long way?', '71.5%'],
  ['joins two conditions', GOALS, 'how many goals were made against san marino in 2010?', '2'],
  ['counts rows', RACE, 'how many riders have a honda?', '3'],
  ['counts all rows', FILMS, 'how many films are listed?', '4'],
  ['counts by an adjective', RACE, 'how many swedish drivers are there?', '2'],
  ['counts above a bound', MEDALS, 'how many nations have at least 4 gold medals?', '3'],
  ['counts below a bound with commas', GOALS, 'how many matches had an attendance below 10,000?', '2'],
  ['counts before a year', FILMS, 'how many films were made before 2004?', '1'],
  ['counts between years', GOALS, 'how many matches were between 2010 and 2011?', '3'],
  ['counts times', WINNERS, 'how many times was leeds the winner?', '3'],
  ['counts what is not', RACE, 'how many drivers are not from sweden?', '4'],
  ['counts different values', RACE, 'how many different teams are there?', '3'],
  ['counts a shared rank', RACE, 'how many drivers finished third?', '2'],
  ['sums a column', MEDALS, 'what is the total number of gold medals won by cuba and mexico?', '13'],
  ['averages a column', MEDALS, 'what is the average number of bronze medals?', '6.25'],
  ['subtracts', MEDALS, 'what is the difference in gold medals between cuba and mexico?', '5'],
  ['tells how many more', MEDALS, 'how many more silver medals did cuba win than canada?', '7'],
  ['subtracts times', RACE, 'what is the difference in time between ana gomes and bea lind?', '0:07.5'],
  ['subtracts years', FILMS, 'how many years were between open water and night boat?', '11'],
  ['finds the most', MEDALS, 'which nation has the most bronze medals?', 'Cuba'],
  ['finds the least', MEDALS, 'which nation has the least silver medals?', 'Mexico'],
  ['finds the longest', FILMS, 'which is the longest film?', 'Long Way'],
  ['finds the greatest value itself', GOALS, 'what is the highest attendance?', '31,000'],
  ['finds the earliest', WINNERS, 'who was the first winner?', 'Leeds'],
  ['finds the last listed', FILMS, 'what is the last title listed?', 'Night Boat'],
  ['finds the most frequent', WINNERS, 'which team was the runner-up most often?', 'Hull'],
  ['finds the next row', RACE, 'who finished after bea lind?', 'Cleo Marsh'],
  ['finds the row before', MEDALS, 'which nation is listed above jamaica?', 'Mexico'],
  ['follows time where the newest is first', WINNERS, 'who was the next winner after derby?', 'Leeds'],
  ['chooses by a number', MEDALS, 'who won more silver medals, canada or jamaica?', 'Jamaica'],
  ['chooses by how often', WINNERS, 'which team won more often, leeds or derby?', 'Leeds'],
  ['chooses by order', FILMS, 'which film came first, the quay or open water?', 'Open "Water"'],
  ['says more or less', MEDALS, 'did mexico win more or less than 5 gold medals?', 'less'],
  ['says yes', RACE, 'is ana gomes from portugal?', 'yes'],
  ['says no', RACE, 'is ana gomes from italy?', 'no'],
  ['compares for yes or no', MEDALS, 'did cuba win more gold medals than canada?', 'yes'],
  ['lists', RACE, 'list all drivers from england.', 'Cleo Marsh, Fay Young'],
  ['tells how long', FILMS, 'how long is night boat?', '88 min'],
];

describe('a question about a table at hand', () => {
  it.each(CASES)('%s', (_form, table, question, answer) => {
    expect(askTable(question, table)?.shortAnswer).toBe(answer);
  });

  it('rests on the rows that were used, and says how', () => {
    const found = askTable('how many times was leeds the winner?', WINNERS);
    expect(found?.evidence.map(({ quote }) => quote.slice(0, 26))).toEqual([
      'Year: 2013; Winner: Leeds;',
      'Year: 2011; Winner: Leeds;',
      'Year: 2009; Winner: Leeds;',
    ]);
    expect(found?.text).toContain('3 rows have Winner leeds');
  });

  it('cites the characters of the file', () => {
    const [evidence] = askTable('who directed the quay?', FILMS)?.evidence ?? [];
    expect(evidence?.locator).toMatchObject({ type: 'TextSpan', quote: 'The Quay,2004,102 min,Kim Ray,88%' });
  });

  it('cites a dozen rows at most, and counts them all', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `Boat ${i},${i % 2 === 0 ? 'red' : 'blue'}`);
    const found = askTable('how many boats are red?', ['Name,Colour', ...rows].join('\n'));
    expect(found?.shortAnswer).toBe('20');
    expect(found?.evidence).toHaveLength(12);
  });

  it('finds what the question says in a wide table', () => {
    const numbers = Array.from({ length: 14 }, (_, i) => `Figure ${i}`);
    const line = (name: string, seed: number) =>
      `${name},${numbers.map((_, i) => (seed * (i + 3)) % 17).join(',')},${seed}`;
    const wide =
      ['Name', ...numbers].join(',') +
      ',Assists\n' +
      ['Ann', 'Bob', 'Cid', 'Dan'].map((name, i) => line(name, [7, 12, 3, 5][i] ?? 0)).join('\n');
    expect(askTable('who has the most assists?', wide)?.shortAnswer).toBe('Bob');
  });

  it('takes no word of the question for a number because objects have it', () => {
    const table = 'Constructor,Points\nLotus,12\nBrabham,30\nCooper,4';
    expect(askTable('who was the top constructor by points?', table)?.shortAnswer).toBe('Brabham');
  });

  it('tells signs apart', () => {
    const marks = [
      'Town,Bell,Mill',
      ...['A,✓,✗', 'B,✗,✗', 'C,✓,✓', 'D,✓,✗'].map((row) => row.replace(/^(.)/, '$1ton')),
    ].join('\n');
    const asked = programsAsked(consider(tableRetrieval('what is the most common value of bell?', marks), extractor));
    const commonest = asked?.programs.filter(({ op, target }) => op === 'COMMONEST' && target?.header === 'Bell');
    expect(commonest?.map(({ values }) => values)).toContainEqual(['✓']);
  });

  it('is surer where the table says more of the question', () => {
    const known = askTable('what team does dina rossi ride for?', RACE)?.confidence ?? 0;
    const guessed = askTable('what weather did the brave old helmet of dina rossi survive?', RACE)?.confidence ?? 0;
    expect(known).toBeGreaterThan(guessed);
  });

  it('is left to others where the asset is no table, or the table says nothing of it', () => {
    expect(askTable('what team does dina rossi ride for?', RACE, 'text/plain')).toBeNull();
    expect(askTable('why is the sea salty?', RACE)).toBeNull();
  });
});
