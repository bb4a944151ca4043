/** node training/speaking/measure-rules.ts   the rules of spelling against the dictionary's own words, which they were not fitted to: sounds wrong, words right */
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lettersToSounds } from '../../src/adapters/speaking/letters-to-sounds.ts';
import { packageRoot } from '../../src/config.ts';
import { percent } from '../../src/evaluate/figures.ts';
import { editDistance } from '../../src/evaluate/word-errors.ts';

/** Every so manyth word. */
const STEP = 17;
const words = gunzipSync(readFileSync(join(packageRoot, 'models/piper-joe/words.txt.gz')))
  .toString('utf8')
  .split('\n')
  .filter((line) => /^[a-z]+ /.test(line))
  .filter((_, i) => i % STEP === 0)
  .map((line) => line.split(' '));
const plain = (sounds: readonly string[]) => sounds.map((sound) => sound.replace(/\d$/, ''));
let [wrong, all, right] = [0, 0, 0];
for (const [word = '', ...sounds] of words) {
  const errors = editDistance(plain(sounds), plain(lettersToSounds(word)));
  wrong += errors;
  all += sounds.length;
  if (errors === 0) right++;
}
console.log({ words: words.length, sounds_wrong: percent(wrong / all), words_right: percent(right / words.length) });
