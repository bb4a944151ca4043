import type { MentionMethod, Modality } from '../domain.ts';

/** A question about how many, or which, of the ingested things show, tell or let one hear something. */
export interface CensusQuestion {
  /** MORE, FEWER: whether there are more or fewer than with `than`. MOST, LEAST: which of the two more or fewer have. DIFFERENCE: how many more. */
  readonly asks: 'COUNT' | 'LIST' | 'WHETHER' | 'MORE' | 'FEWER' | 'MOST' | 'LEAST' | 'DIFFERENCE';
  /** "pictures", as the question says it. */
  readonly noun: string;
  readonly modalities: readonly Modality[];
  readonly methods: readonly MentionMethod[];
  /** "a dog": what is looked for, without its article. */
  readonly thing: string;
  /** What it is compared with. */
  readonly than?: string;
}

const NOUNS: readonly (readonly [noun: string, modalities: readonly Modality[], methods: readonly MentionMethod[]])[] =
  [
    ['pictures?|photos?|photographs?|images?', ['IMAGE'], ['DEPICTED']],
    ['recordings?|sounds?|audio files?', ['AUDIO'], ['HEARD']],
    ['films?|videos?|movies?|clips?', ['VIDEO'], ['DEPICTED', 'HEARD']],
    ['texts?|articles?', ['TEXT'], ['NAMED', 'TITLE']],
    ['documents?', ['DOCUMENT', 'TEXT'], ['NAMED', 'TITLE', 'DEPICTED', 'READ']],
    [
      'files?|assets?',
      ['TEXT', 'IMAGE', 'AUDIO', 'VIDEO', 'DOCUMENT'],
      ['NAMED', 'TITLE', 'DEPICTED', 'READ', 'HEARD'],
    ],
  ];
const SAYS = 'mentions?|names?|speaks? of|speaks? about|tells? of|says?|talks? about';
const SHOWS = `shows?|depicts?|contains?|has|have|includes?|with|of|are about|is about|that show|that have|in which (?:there is|one hears|one sees)|is there|(?:one |you |we )?hears?|(?:one |you |we )?sees?|let one hear|${SAYS}`;

/** Reads a question as one that goes over everything ingested; undefined for any other. */
export function censusQuestion(text: string): CensusQuestion | undefined {
  const words = text
    .trim()
    .replace(/[?.!\s]+$/, '')
    .replace(/\s+/g, ' ');
  for (const [nouns, modalities, methods] of NOUNS) {
    const forms: readonly (readonly [CensusQuestion['asks'], string])[] = [
      [
        'COUNT',
        `^(?:in )?how many (?:of the )?(${nouns})(?: are there)? (?:that |which |do |does |can )?(${SHOWS}) (.+)$`,
      ],
      [
        'LIST',
        `^(?:in )?(?:which|what|list(?: all)?(?: of)?(?: the)?|name(?: all)?(?: the)?) (${nouns}) (?:that |which |do |does |can )?(${SHOWS}) (.+)$`,
      ],
      ['WHETHER', `^(?:is|are) there (?:an?|any|some) (${nouns}) (?:that |which )?(${SHOWS}) (.+)$`],
    ];
    const compared = comparedIn(words, nouns);
    if (compared) return { ...compared.asked, modalities, methods: methodsOf(compared.verb, methods) };
    for (const [asks, form] of forms) {
      const match = new RegExp(form, 'i').exec(words);
      const [, noun, verb = '', rest = ''] = match ?? [];
      const thing = thingIn(rest);
      if (noun === undefined || thing === undefined) continue;
      return { asks, noun, modalities, methods: methodsOf(verb, methods), thing };
    }
  }
  return undefined;
}

/** "More pictures of cats than of dogs", "in more pictures, a cat or a dog": with one of the nouns. */
function comparedIn(
  words: string,
  nouns: string,
): { asked: Pick<CensusQuestion, 'asks' | 'noun' | 'thing' | 'than'>; verb: string } | undefined {
  const than = `(?<verb>${SHOWS}) (?<thing>.+?) than (?:there are )?(?:(?:${nouns}|ones) )?(?:(?:that |which )?(?:${SHOWS}|do) )?(?<than>.+)`;
  const or = '[,:]? (?<thing>.+?),? or (?<than>.+)';
  const more = '(?<more>more|fewer|less)';
  const noun = `(?<noun>${nouns})`;
  const forms: readonly (readonly [more: CensusQuestion['asks'], fewer: CensusQuestion['asks'], string])[] = [
    ['DIFFERENCE', 'DIFFERENCE', `^how many more ${noun} (?:are there )?(?:that |which )?${than}$`],
    ['MORE', 'FEWER', `^(?:are there|is it true that there are) ${more} ${noun} (?:that |which )?${than}$`],
    ['MORE', 'FEWER', `^do ${more} ${noun} ${than}$`],
    [
      'MOST',
      'LEAST',
      `^(?:which|what|who) (?:is|are) (?:(?:shown|seen|depicted|to be seen|(?<verb>heard|mentioned|named)) )?in ${more} ${noun}${or}$`,
    ],
    ['MOST', 'LEAST', `^of (?:which|what|whom) are there ${more} ${noun}${or}$`],
    ['MOST', 'LEAST', `^(?:which|what|who) are there ${more} ${noun} of${or}$`],
  ];
  for (const [asksMore, asksFewer, form] of forms) {
    const found = new RegExp(form, 'i').exec(words)?.groups;
    const [thing, other] = [thingIn(found?.['thing']), thingIn(found?.['than'])];
    if (!found?.['noun'] || thing === undefined || other === undefined) continue;
    const asks = /^(?:fewer|less)$/i.test(found['more'] ?? '') ? asksFewer : asksMore;
    return { asked: { asks, noun: found['noun'], thing, than: other }, verb: found['verb'] ?? '' };
  }
  return undefined;
}

/** What is looked for, without its article; undefined for what is no name of a thing. */
function thingIn(words = ''): string | undefined {
  const thing = words
    .replace(/^(?:of\s+)?(?:(?:an?|any|some|the|one)\s+)?/i, '')
    .replace(/\s+(?:in (?:it|them|all|total)|on (?:it|them)|are there|(?:do|did) (?:i|we|you) have|is there)$/i, '');
  // "… than recordings with dogs" counts two sorts.
  const isOther = new RegExp(`^(?:${NOUNS.map(([nouns]) => nouns).join('|')})\\b`, 'i').test(thing);
  return thing === '' || isOther || thing.split(' ').length > 4 ? undefined : thing;
}

function methodsOf(verb: string, methods: readonly MentionMethod[]): readonly MentionMethod[] {
  const isSaid = new RegExp(`^(?:${SAYS}|mentioned|named)$`, 'i').test(verb);
  return isSaid ? ['NAMED', 'TITLE', 'READ', 'HEARD', 'DEPICTED'] : methods;
}
