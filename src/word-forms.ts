/** Forms that no suffix rule brings back to their word, after it. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  [
    'eat ate eaten, begin began begun beginning, bear bore, buy bought, bring brought, break broke broken, build built, come came',
    'catch caught, choose chose chosen, draw drew drawn, drive drove driven, feed fed, fall fell fallen, feel felt, fly flew flown',
    'fight fought, find found, give gave given, go gone went goes, get got, grow grew grown, hear heard, hold held, hide hid hidden',
    'keep kept, know knew known, lay laid, lead led, leave left, lend lent, lose lost, make made, mean meant, meet met, pay paid',
    'run ran running runner, ring rang rung, ride rode ridden, rise rose risen, say said, sing sang sung, sink sank sunk, sit sat',
    'see saw seen, send sent, shoot shot, show showed shown, sleep slept, sell sold, speak spoke spoken, spend spent',
    'steal stole stolen, stand stood, strike struck, swim swam, teach taught, think thought, throw threw thrown, tell told',
    'take took taken, win won winner, wear wore worn, write wrote written writing writer, die died dies dying dead death, lie lied lies lying lay',
    'child children, people people, man men, woman women, mouse mice, foot feet, wife wives, live lives',
    'establish founded founder founding founders, birth born, weigh weighs, use used, big bigger biggest',
  ]
    .flatMap((line) => line.split(', '))
    .flatMap((entry) => {
      const [base = '', ...forms] = entry.split(' ');
      return forms.map((form): [string, string] => [form, base]);
    }),
);

/**
 * Words that ask for the same fact: a question says "birthplace", the text "was born in". Each line is one idea, its first
 * word stands for the rest. General English only.
 */
const IDEAS: readonly string[] = [
  'build construct erect builder construction architect',
  'design designer designed architect',
  'establish found form set formation establishment start incorporate',
  'write author pen wrote novelist',
  'compose composer composed',
  'birth bear birthplace native',
  'die perish kill decease',
  'marry spouse wife husband married marriage wed',
  'father mother parent son daughter child',
  'sibling brother sister',
  'direct director directed',
  'perform performer sing singer record artist band musician vocalist',
  'play star portray actor actress role cast character',
  'live reside resident dwell inhabit',
  'locate situate lie stand location located place',
  'begin start open commence launch introduce',
  'end close finish stop cease abolish',
  'call name nickname title term know',
  'make create produce manufacture creator maker producer manufacturer',
  'buy purchase acquire bought',
  'own owner possess belong',
  'lead leader head rule ruler govern president chief charge',
  'population inhabitant people resident census',
  'high height tall altitude elevation',
  'long length',
  'weigh weight heavy mass',
  'old age aged',
  'cost price pay worth fee sum',
  'discover discovery discoverer',
  'invent inventor invention',
  'study attend educate university school college alma graduate student',
  'teach teacher instructor professor',
  'work job employ career profession occupation',
  'border adjoin neighbour neighbor adjacent share',
  'river stream flow',
  'country nation state national',
  'citizen nationality citizenship',
  'publish publisher publication release issue',
  'win winner victory champion',
  'paint painter painting',
  'find finder discover rescue',
  'keep keeper tend look guard',
  'language speak spoken tongue',
  'give donate gift present',
  'big large largest',
  'picture photo photograph image',
  'recording audio sound clip',
];

const IDEA_OF: ReadonlyMap<string, readonly string[]> = (() => {
  const ideas = new Map<string, string[]>();
  for (const line of IDEAS) {
    const words = line.split(' ').map(rawStem);
    for (const word of words) ideas.set(word, [...(ideas.get(word) ?? []), words[0] ?? word]);
  }
  return ideas;
})();

/** A word without its inflection: lower case, no possessive, plural, past or agent ending. Rough on purpose, and the same for both sides. */
export function stem(word: string): string {
  return rawStem(word.toLowerCase().replace(/['’]s?$/u, ''));
}

/** The stems of words with spaces between. */
export function stemsOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(stem));
}

function rawStem(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular === undefined && (word.length <= 3 || /\d/.test(word))) return word;
  const base = irregular ?? withoutEnding(word);
  // "stopped" → "stop"; a silent e and a final y go from every form alike: "close", "closed".
  return base
    .replace(/(?<=..)([bdfgmnprt])\1$/, '$1')
    .replace(/(?<=.{3})e$/, '')
    .replace(/(?<=.{2})y$/, 'i');
}

function withoutEnding(word: string): string {
  const singular = word
    .replace(/sses$/, 'ss')
    .replace(/ies$/, 'y')
    .replace(/(?<=[sxz]|ch|sh)es$/, '')
    .replace(/(?<![su])s$/, '');
  const base = singular.length > 4 ? singular.replace(/(?:ations?|ings?|ed|ers?|ors?|ions?)$/, '') : singular;
  return base.length >= 3 ? base : singular;
}

/** The ideas a stem stands for, beside itself: texts and questions that share one speak of the same thing. */
export function ideasOf(stemmed: string): readonly string[] {
  return IDEA_OF.get(stemmed) ?? [];
}

/** Words that the tables have but that are no verbs. */
const NO_VERBS = new Set(['child', 'people', 'man', 'woman', 'mouse', 'foot', 'big', 'establish']);
const BASES: ReadonlySet<string> = new Set([...IRREGULAR.values()].filter((base) => !NO_VERBS.has(base)));
/** Verbs whose past is their base. */
const UNCHANGED = new Set('cast put cut hit set shut hurt read spread split burst'.split(' '));
/** Regular verbs that questions end with. */
const VERBS = new Set(
  (
    'play live die work study attend teach open close start launch happen occur arrive climb serve join marry invent discover publish release ' +
    'perform direct produce paint visit travel sail reach cover measure weigh cost last own use invade become refuse stop need want help kill carry mend repair ' +
    'strike flow border share belong appear represent contain provide receive earn score retire graduate learn return move change call name'
  ).split(' '),
);

/** Whether a word looks like a verb as it stands: its base ("did … build"), or a past form ("was … built"), as far as one can tell without its sentence. */
export function verbForm(word: string): 'BASE' | 'PAST' | 'EITHER' | undefined {
  const lower = word.toLowerCase();
  const base = IRREGULAR.get(lower);
  if (base !== undefined) return !NO_VERBS.has(base) || lower.endsWith('ed') ? 'PAST' : undefined;
  if (UNCHANGED.has(lower)) return 'EITHER';
  if (BASES.has(lower) || VERBS.has(lower)) return 'BASE';
  return /(?:[^e]ed|ied)$/.test(lower) ? 'PAST' : undefined;
}
