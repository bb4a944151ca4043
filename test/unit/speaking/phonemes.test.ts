import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PronouncingDictionary } from '../../../src/adapters/speaking/dictionary.ts';
import { lettersToSounds } from '../../../src/adapters/speaking/letters-to-sounds.ts';
import { sentencePhonemes } from '../../../src/adapters/speaking/phonemes.ts';
import { readAloud } from '../../../src/adapters/speaking/read-aloud.ts';
import { voiceSounds } from '../../../src/adapters/speaking/voice-sounds.ts';
import { wordSounds } from '../../../src/adapters/speaking/word-sounds.ts';
import { packageRoot } from '../../../src/config.ts';

let dictionary: PronouncingDictionary;
beforeAll(async () => {
  dictionary = await PronouncingDictionary.open(join(packageRoot, 'models/piper-joe/words.txt.gz'));
});
const signs = (text: string) => sentencePhonemes(readAloud(text), dictionary).signs;
const sounds = (word: string) => wordSounds(word, dictionary).join(' ');

describe('voiceSounds', () => {
  // Worked out by hand from the ARPAbet and the voice's notation.
  it.each([
    ['HH AH0 L OW1', 'hello', 'həlˈoʊ'],
    ['W AO1 T ER0', 'water', 'wˈɔːɾɚ'],
    ['B AH1 T AH0 N', 'button', 'bˈʌʔn̩'],
    ['AH0 B AW1 T', 'about', 'ɐbˈaʊt'],
    ['B IH0 F AO1 R', 'before', 'bᵻfˈɔːɹ'],
    ['HH ER1 IY0', 'hurry', 'hˈɜːɹi'],
    ['CH ER1 CH', 'church', 'tʃˈɜːtʃ'],
    ['L AO1 NG', 'long', 'lˈɔŋ'],
    ['B AO1 D IY0 Z', 'bodies', 'bˈɔːdiz'],
    ['N IH1 R', 'near', 'nˈɪɹ'],
    ['W AA1 N T IH0 D', 'wanted', 'wˈɑːntᵻd'],
    ['R EY1 D IY0 OW2', 'radio', 'ɹˈeɪdiˌoʊ'],
    ['F OW1 T AH0 G R AE2 F', 'photograph', 'fˈoʊɾəɡɹˌæf'],
  ])('writes %s (%s) as the voice knows it', (arpabet, word, expected) =>
    expect(voiceSounds(arpabet.split(' '), word)).toBe(expected),
  );
});

describe('wordSounds', () => {
  it('takes a word from the dictionary, a letter by its name', () => {
    expect(sounds('knowledge')).toBe('N AA1 L AH0 JH');
    expect(sounds('W')).toBe('D AH1 B AH0 L Y UW2');
    expect(sounds("F's")).toBe('EH1 F S');
  });

  it('makes an unknown word of known parts', () => {
    for (const word of ['blogs', 'blogged', 'unfriend', 'cyberspaces', 'webcam', 'snowboarded'])
      expect(wordSounds(word, dictionary)).not.toEqual(lettersToSounds(word));
    expect(sounds('blogs')).toBe('B L AO1 G Z');
    expect(sounds('blogged')).toBe('B L AO1 G D');
    expect(sounds('waterboat')).toBe('W AO1 T ER0 B OW2 T');
  });

  it('spells capitals that are no word, and reads those that are', () => {
    expect(sounds('XKCD')).toBe('EH1 K S K EY1 S IY1 D IY1');
    expect(sounds('NASA')).toBe('N AE1 S AH0');
  });
});

describe('lettersToSounds', () => {
  it.each([
    ['splorking', 'S P L AO1 R K IH0 NG'],
    ['blick', 'B L IH1 K'],
    ['knape', 'N EY1 P'],
    ['phote', 'F OW1 T'],
    ['dravation', 'D R AH0 V EY1 SH AH0 N'],
    ['wibbled', 'W IH1 B AH0 L D'],
    ['quight', 'K W AY1 T'],
    ['shoodle', 'SH UW1 D AH0 L'],
  ])('pronounces the made-up word %s', (word, expected) => expect(lettersToSounds(word).join(' ')).toBe(expected));

  it('says something with one stress for any letters', () => {
    for (const word of ['zzyx', 'brrr', 'aeiou', 'strengthspqr', 'mxyzptlk', 'e', 'rhythms']) {
      const said = lettersToSounds(word);
      expect(said.length).toBeGreaterThan(0);
      expect(said.filter((one) => one.endsWith('1')).length).toBeLessThanOrEqual(1);
    }
  });
});

describe('sentencePhonemes', () => {
  it('weakens function words amid a sentence and says them in full at its end', () => {
    expect(signs('What is it for?')).toBe('wˌʌt ɪz ɪt fˈɔːɹ?');
    expect(signs('The apple and the pear, to a boat')).toBe('ðɪ ˈæpəl ænd ðə pˈɛɹ, tʊ ɐ bˈoʊt.');
  });

  it('tells words of one spelling apart by what stands around them', () => {
    expect(signs('I record a record.')).toBe('aɪ ɹəkˈɔːɹd ɐ ɹˈɛkɚd.');
    expect(signs('Close the door, he is close.')).toBe('klˈoʊz ðə dˈɔːɹ, hiː ɪz klˈoʊs.');
    expect(signs('I read. I have read.')).toBe('aɪ ɹˈiːd. aɪ hæv ɹˈɛd.');
  });

  it('keeps the place of each word as it is written', () => {
    const words = readAloud('It cost $5, FBI.');
    const { signs: all, places } = sentencePhonemes(words, dictionary);
    expect(places.map(({ start, end }) => all.slice(start, end))).toEqual([
      'ɪt',
      'kˈɑːst',
      'fˈaɪv dˈɑːlɚz',
      'ˌɛfbˌiːˈaɪ',
    ]);
  });
});
