import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateValue, daysOf, findDates, rangeOf } from '../../src/dates.ts';

describe('the range of a date', () => {
  it.each([
    ['14 November 1893', '1893-11-14', '1893-11-14', 'DAY'],
    ['March 3rd, 1911', '1911-03-03', '1911-03-03', 'DAY'],
    ['February 1904', '1904-02-01', '1904-02-29', 'MONTH'],
    ['February 1900', '1900-02-01', '1900-02-28', 'MONTH'],
    ['winter of 1881', '1881-01-01', '1881-12-31', 'SEASON'],
    ['1852', '1852-01-01', '1852-12-31', 'YEAR'],
    ['early 1852', '1852-01-01', '1852-06-30', 'YEAR'],
    ['the late 1920s', '1925-01-01', '1929-12-31', 'DECADE'],
    ['the 1920s', '1920-01-01', '1929-12-31', 'DECADE'],
    ['nineteenth century', '1801-01-01', '1900-12-31', 'CENTURY'],
    ['mid-18th century', '1726-01-01', '1775-12-31', 'CENTURY'],
    ['44 BC', '-0043-01-01', '-0043-12-31', 'YEAR'],
    ['2nd century BC', '-0199-01-01', '-0100-12-31', 'CENTURY'],
  ])('%s', (text, from, to, precision) => {
    expect(rangeOf(text)).toEqual({ from, to, precision });
  });

  it.each([['noon'], ['Monday'], ['in March'], ['3 o’clock'], ['5 May']])(
    'is none of %s, which names no year',
    (text) => {
      expect(rangeOf(text)).toBeUndefined();
    },
  );

  it('goes the same way as the dates, and never backwards', () => {
    const date = fc.record({ year: fc.integer({ min: 1000, max: 2099 }), month: fc.integer({ min: 1, max: 12 }) });
    const names = 'January February March April May June July August September October November December'.split(' ');
    const written = ({ year, month }: { year: number; month: number }) => `${names[month - 1]} ${year}`;
    fc.assert(
      fc.property(date, date, (a, b) => {
        const [one, other] = [rangeOf(written(a)), rangeOf(written(b))];
        expect(daysOf(one?.to ?? '')).toBeGreaterThan(daysOf(one?.from ?? ''));
        const order = Math.sign(daysOf(one?.from ?? '') - daysOf(other?.from ?? ''));
        expect(order).toBe(Math.sign((dateValue(written(a)) ?? 0) - (dateValue(written(b)) ?? 0)));
      }),
    );
  });
});

describe('dates of a text', () => {
  it('stand where the text has them', () => {
    const text = 'It began on 9 January 1881, and in 1897 the brig was sold at noon.';
    const found = findDates(text);
    expect(found.map((one) => one.text)).toEqual(['9 January 1881', '1897']);
    for (const { text: said, start, end } of found) expect(text.slice(start, end)).toBe(said);
  });

  it('are one where the text says from when to when', () => {
    expect(findDates('He led it from 1884 to 1902.')).toMatchObject([{ from: '1884-01-01', to: '1902-12-31' }]);
    expect(findDates('The war (1914–1918) ended.')).toMatchObject([{ from: '1914-01-01', to: '1918-12-31' }]);
    expect(findDates('between May 1880 and 1881')).toMatchObject([{ from: '1880-05-01', precision: 'YEAR' }]);
    expect(findDates('In 1884 and 1902 it rained.')).toHaveLength(2);
  });
});
