import type { MentionMethod, Modality } from '../domain.ts';

/** A question about how many, or which, of the ingested things show, tell or let one hear something. */
export interface CensusQuestion {
  readonly asks: 'COUNT' | 'LIST' | 'WHETHER';
  /** "pictures", as the question says it. */
  readonly noun: string;
  readonly modalities: readonly Modality[];
  readonly methods: readonly MentionMethod[];
  /** "a dog": what is looked for, without its article. */
  readonly thing: string;
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
    for (const [asks, form] of forms) {
      const match = new RegExp(form, 'i').exec(words);
      const [, noun, verb = '', rest = ''] = match ?? [];
      const thing = rest
        .replace(/^(?:an?|any|some|the|one)\s+/i, '')
        .replace(/\s+(?:in (?:it|them)|on (?:it|them))$/i, '');
      if (noun === undefined || thing === '' || thing.split(' ').length > 4) continue;
      const isSaid = new RegExp(`^(?:${SAYS})$`, 'i').test(verb);
      return {
        asks,
        noun,
        modalities,
        methods: isSaid ? ['NAMED', 'TITLE', 'READ', 'HEARD', 'DEPICTED'] : methods,
        thing,
      };
    }
  }
  return undefined;
}
