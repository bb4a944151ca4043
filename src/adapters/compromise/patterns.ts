import type { EntityKind } from '../../domain.ts';

const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const YEAR = '(?:1\\d{3}|20\\d{2})';

/** Dates: 12 March 1911, March 12, 1911, March 1911, 1911–1914 (each year by itself), the 1920s. */
export const DATE = new RegExp(
  `\\b(?:\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}\\.?,?\\s+${YEAR}|${MONTH}\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+${YEAR}|${MONTH}\\.?\\s+${YEAR}|\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}\\b|${MONTH}\\s+\\d{1,2}(?!\\d)|${YEAR}s?)\\b`,
  'g',
);

const NUMBER =
  '(?:\\d{1,3}(?:[,\\u202f ]\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred)';
const UNIT =
  '(?:per\\s?cent|percent|%|met(?:re|er)s?|kilomet(?:re|er)s?|km|centimet(?:re|er)s?|cm|mm|m|miles?|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?|tonn?es?|tons?|kilograms?|kg|grams?|pounds?|lbs?|ounces?|lit(?:re|er)s?|gallons?|degrees?|°C|°F|years?|months?|weeks?|days?|hours?|minutes?|seconds?|people|men|women|members|seats?|dollars?|euros?|francs?|knots|volts?|watts?|kW|MW|Hz|mph|steps|guns|rooms|times)';

/** Quantities: money, and numbers with a unit or a round word. */
export const QUANTITY = new RegExp(
  `(?:[£$€]\\s?\\d+(?:[.,]\\d+)*(?:\\s?(?:million|billion|thousand|bn|m|k))?|\\b${NUMBER}(?:\\s?(?:million|billion|thousand|hundred))?[\\s-]?${UNIT}(?![\\w])|\\b\\d+(?:[.,]\\d+)*\\s(?:million|billion|thousand)\\b)`,
  'gi',
);

/** Titles of works between quotation marks. */
export const QUOTED = /["“]([A-Z][^"”\n]{1,60}?)[,.]?["”]/g;

const HEADS: readonly [EntityKind, ReadonlySet<string>][] = [
  [
    'PLACE',
    words(
      'river lake sea ocean bay island islands isle mount mountain mountains hill valley forest park street road avenue lane square bridge harbour harbor port pier quay beach coast county district province state city town village castle palace tower lighthouse airport station canal desert peninsula cape point',
    ),
  ],
  [
    'ORGANISATION',
    words(
      'university college school academy institute company corporation inc ltd co museum society club association party church cathedral army navy force council committee ministry department agency bank band orchestra team press records studios union league trust foundation hospital library group',
    ),
  ],
  [
    'EVENT',
    words(
      'war battle siege festival championship championships cup olympics games revolution rebellion treaty election crisis conference exhibition prize award awards regatta',
    ),
  ],
];

/** Kind that a name's first or last word tells ("Mount Etna", "Harbour Museum"); undefined when it tells none. */
export function kindByHead(name: string): EntityKind | undefined {
  const parts = name.toLowerCase().split(/\s+/);
  if (parts.length < 2) return undefined;
  for (const [kind, heads] of HEADS) {
    if (
      heads.has(parts.at(-1) ?? '') ||
      (kind === 'PLACE' && /^(?:mount|lake|port|cape|fort|river|isle)$/.test(parts[0] ?? ''))
    )
      return kind;
  }
  // "University of X", "Battle of Y".
  if (parts[1] === 'of') for (const [kind, heads] of HEADS) if (heads.has(parts[0] ?? '')) return kind;
  return undefined;
}

/** Words that begin a sentence with a capital letter without naming anything, and that no name begins with. */
export const NOT_A_NAME = words(
  'the a an he she it they we you i his her its their our my your this that these those there here who whom whose which what where when why how in on at of for and but or nor so yet if as by with from to was were is are be been am do does did has have had after before during while although though because since until unless however also then than thus both many some most several such each every all any no not only one two first second third other another now today later soon once often never always perhaps maybe please let may can could would should will shall might must upon among between under over into about against through despite following according well even just still very more less',
);

/** Nouns that say too little to join anything. */
export const GENERIC_NOUNS = words(
  'time way year day month week people person man woman thing part number place name case group member kind type form order end side point line area example use work world life state fact lot set hand head something nothing anything everything someone everyone anyone everybody somebody anybody nobody other one first second third half rest result reason order term level range period century decade age date beginning start middle top bottom left right front back addition amount total variety majority bit piece couple pair dozen hundred thousand million today yesterday tomorrow morning evening night afternoon hour minute second moment',
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
