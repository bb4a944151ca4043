/**
 * ARPAbet, as CMUdict writes it, in the signs that the voice was trained on: IPA as espeak writes American English, the
 * stress mark right before its vowel.
 */
const VOWELS: Readonly<Record<string, string>> = {
  AA: 'ɑː',
  AE: 'æ',
  AH: 'ʌ',
  AO: 'ɔː',
  AW: 'aʊ',
  AY: 'aɪ',
  EH: 'ɛ',
  ER: 'ɜː',
  EY: 'eɪ',
  IH: 'ɪ',
  IY: 'iː',
  OW: 'oʊ',
  OY: 'ɔɪ',
  UH: 'ʊ',
  UW: 'uː',
};
const CONSONANTS: Readonly<Record<string, string>> = {
  B: 'b',
  CH: 'tʃ',
  D: 'd',
  DH: 'ð',
  F: 'f',
  G: 'ɡ',
  HH: 'h',
  JH: 'dʒ',
  K: 'k',
  L: 'l',
  M: 'm',
  N: 'n',
  NG: 'ŋ',
  P: 'p',
  R: 'ɹ',
  S: 's',
  SH: 'ʃ',
  T: 't',
  TH: 'θ',
  V: 'v',
  W: 'w',
  Y: 'j',
  Z: 'z',
  ZH: 'ʒ',
};
/** Vowels that another sound follows change: short before R, and before the sounds that ring on. */
const BEFORE_R: Readonly<Record<string, string>> = {
  AO: 'ɔː',
  IY: 'ɪ',
  IH: 'ɪ',
  EH: 'ɛ',
  EY: 'ɛ',
  UH: 'ʊ',
  UW: 'ʊ',
  AA: 'ɑː',
};
const SHORT_BEFORE: Readonly<Record<string, string>> = { NG: 'ɔ', F: 'ɔ', S: 'ɔ', TH: 'ɔ' };
/** Prefixes and endings whose weak vowel is a sign of its own: decide, wanted, roses. */
const WEAK_PREFIX = new Set(['D', 'B', 'R', 'P']);
const WEAK_ENDING = new Set(['D', 'Z']);

export const isVowel = (phone: string | undefined): boolean => phone !== undefined && /\d$/.test(phone);
const base = (phone: string | undefined) => phone?.replace(/\d$/, '');
const stressOf = (phone: string | undefined) => phone?.at(-1);

/** One word's sounds as the voice's signs; `spelling` tells sounds apart that CMUdict writes alike. */
export function voiceSounds(phones: readonly string[], spelling = ''): string {
  let out = '';
  for (let i = 0; i < phones.length; i++) {
    const phone = phones[i] ?? '';
    const [last, next] = [phones[i - 1], phones[i + 1]];
    if (!isVowel(phone)) {
      out += consonant(phone, last, next, phones[i + 2], i + 3 >= phones.length);
      continue;
    }
    if (base(phone) === 'AH' && stressOf(phone) === '0' && out.endsWith('ʔ') && next === 'N') {
      out += 'n̩';
      i++;
      continue;
    }
    const stress = stressOf(phone);
    out += (stress === '1' ? 'ˈ' : stress === '2' ? 'ˌ' : '') + vowel(phone, phones, i, spelling);
    if (base(phone) === 'ER' && isVowel(next)) out += 'ɹ';
  }
  return out;
}

function vowel(phone: string, phones: readonly string[], i: number, spelling: string): string {
  const [name, next, last] = [base(phone) ?? '', phones[i + 1], phones[i - 1]];
  const isWeak = stressOf(phone) === '0';
  if (next === 'R' && BEFORE_R[name]) return BEFORE_R[name];
  if (name === 'AO' && next && SHORT_BEFORE[next]) return SHORT_BEFORE[next];
  if (!isWeak) return name === 'IY' && isVowel(next) ? 'i' : (VOWELS[name] ?? '');
  if (name === 'ER') return 'ɚ';
  if (name === 'IY') {
    const isLast = i === phones.length - 1 || (i === phones.length - 2 && WEAK_ENDING.has(next ?? ''));
    return isLast || isVowel(next) ? 'i' : 'iː';
  }
  if (name === 'AH') {
    if (i === 0 && /^a/i.test(spelling)) return 'ɐ';
    if (i === 0 && /^u/i.test(spelling)) return 'ʌ';
    if (next && WEAK_ENDING.has(next) && i === phones.length - 2 && /e[ds]$/i.test(spelling)) return 'ᵻ';
    return next === 'T' && base(phones[i + 2]) === 'IY' && i + 3 >= phones.length ? 'ᵻ' : 'ə';
  }
  if (name === 'IH') {
    if (next && WEAK_ENDING.has(next) && i === phones.length - 2) return 'ᵻ';
    if (i === 1 && last && WEAK_PREFIX.has(last) && next && isVowel(phones[i + 2])) return 'ᵻ';
  }
  return VOWELS[name] ?? '';
}

/** T between a vowel and a weak one is a tap (water), before a syllabic N a stop of the throat (button). */
function consonant(
  phone: string,
  last: string | undefined,
  next: string | undefined,
  after: string | undefined,
  ends: boolean,
): string {
  if (phone === 'T' && (isVowel(last) || last === 'R') && isVowel(next) && stressOf(next) === '0')
    return base(next) === 'AH' && after === 'N' ? (ends && isVowel(last) ? 'ʔ' : 't') : 'ɾ';
  return CONSONANTS[phone] ?? '';
}
