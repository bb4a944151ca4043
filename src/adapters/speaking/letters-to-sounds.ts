import { SPELLING_RULES } from './spelling-rules.ts';

const VOWEL = /^(?:AA|AE|AH|AO|AW|AY|EH|ER|EY|IH|IY|OW|OY|UH|UW)$/;
/** Endings that draw the stress to the vowel right before them. */
const DRAWS = /(?:tion|sion|cian|ic|ics|ical|ity|ial|ian|ious|eous|ify|ia)s?$/;
/** Prefixes that leave the stress to what follows, in words of two vowels. */
const LIGHT =
  /^(?:a(?=bb|cc|ff|gg|ll|nn|pp|ss|tt|[bcdfglmnprstv][aeiou])|be|com|con|de|dis|em|en|ex|im|in|mis|pre|pro|re|un)(?=[^aeiou]*[aeiouy])/;
/** What a vowel becomes that has no stress. */
const WEAK: Readonly<Record<string, string>> = { AE: 'AH', AA: 'AH', EH: 'AH' };

/**
 * A word that no dictionary has, by the rules of English spelling: ARPAbet with stress. `word`: a–z and apostrophes. The
 * stress is a guess too: before an ending that draws it, else on the last vowel but two (of two, on the first).
 */
export function lettersToSounds(word: string): string[] {
  const letters = word.replaceAll("'", '');
  const sounds: string[] = [];
  for (let at = 0; at < letters.length;) {
    const rule = SPELLING_RULES.find(([pattern]) => ((pattern.lastIndex = at), pattern.test(letters)));
    if (rule?.[1]) sounds.push(...rule[1].split(' '));
    at = rule ? Math.max(at + 1, rule[0].lastIndex) : at + 1;
  }
  const vowels = [...sounds.keys()].filter((i) => VOWEL.test(sounds[i] ?? ''));
  const stressed = vowels[stressedVowel(letters, vowels.length)];
  return sounds.map((sound, i) => {
    if (!VOWEL.test(sound)) return sound;
    if (i === stressed) return `${sound}1`;
    return `${sounds[i + 1] === 'R' ? sound : (WEAK[sound] ?? sound)}0`;
  });
}

function stressedVowel(letters: string, vowels: number): number {
  const drawing = DRAWS.exec(letters)?.[0].replace(/s$/, '');
  // "-ity" and "-ify" have two vowels of their own, "-ical" two, the others one or two said as one.
  const own =
    drawing && /^(?:ity|ify|ical|ia|ious|eous|ial|ian)$/.test(drawing) && !/[ct]i(?:al|an|ous)s?$/.test(letters)
      ? 2
      : 1;
  if (drawing && vowels > own) return vowels - 1 - own;
  if (vowels === 2) return LIGHT.test(letters) && !/(?:ing|e[drs]|ly|y|ive|[aoi])$/.test(letters) ? 1 : 0;
  // Names and loan words that end in a full vowel: Lomani, Verona.
  if (/[aoi]$/.test(letters)) return vowels - 2;
  return Math.max(0, vowels - 3);
}
