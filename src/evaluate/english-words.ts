import { digitsForWords } from './number-words.ts';

/** What nobody means to say. */
const FILLERS = /\b(?:hmm|mm|mhm|mmm|uh|um)\b/g;
/** Contractions and titles, in the order in which they are looked for. */
const LONG_FORMS: readonly [RegExp, string][] = [
  [/\bwon't\b/g, 'will not'],
  [/\bcan't\b/g, 'can not'],
  [/\bcannot\b/g, 'can not'],
  [/\blet's\b/g, 'let us'],
  [/\bain't\b/g, 'aint'],
  [/\by'all\b/g, 'you all'],
  [/\bwanna\b/g, 'want to'],
  [/\bgotta\b/g, 'got to'],
  [/\bgonna\b/g, 'going to'],
  [/\bmr\b\.?/g, 'mister'],
  [/\bmrs\b\.?/g, 'missus'],
  [/\bst\b\./g, 'saint'],
  [/\bdr\b\.?/g, 'doctor'],
  [/\bprof\b\.?/g, 'professor'],
  [/\bjr\b\.?/g, 'junior'],
  [/\bsr\b\.?/g, 'senior'],
  [/n't\b/g, ' not'],
  [/'re\b/g, ' are'],
  [/'d\b/g, ' would'],
  [/'ll\b/g, ' will'],
  [/'t\b/g, ' not'],
  [/'ve\b/g, ' have'],
  [/'m\b/g, ' am'],
];

/**
 * English text as the words that count for an error rate, as Whisper's EnglishTextNormalizer does in the main
 * (Radford et al., arXiv 2212.04356, appendix C): lower case, no marks and fillers, no remarks in brackets, contractions
 * written out, numbers in digits. Its table of British and American spellings is left out.
 */
export function spokenWords(text: string): string[] {
  let said = text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[<[][^>\]]*[>\]]/g, '')
    .replace(/\([^)]+?\)/g, '')
    .replace(FILLERS, '')
    .replace(/\s+'/g, "'");
  for (const [short, long] of LONG_FORMS) said = said.replace(short, long);
  const plain = said
    .replace(/(\d),(?=\d)/g, '$1')
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/\.(?!\d)/g, ' ')
    // "Abel's" and "Abels" sound the same, but Whisper's normaliser keeps the s apart.
    .replace(/'s\b/g, ' s')
    .replace(/[^\p{L}\p{N}.%$£€]+/gu, ' ')
    .replace(/([$£€])\s*(\d+(?:\.\d+)?)/g, '$2 $1')
    .trim();
  const digits = digitsForWords(plain.split(/\s+/)).join(' ');
  const units = digits
    .replace(/(\d) per ?cent\b/g, '$1%')
    .replace(/(\d) %/g, '$1%')
    .replace(/(\d) dollars?\b/g, '$1 $$')
    .replace(/(\d) pounds?\b/g, '$1 £');
  return units === '' ? [] : units.split(' ');
}
