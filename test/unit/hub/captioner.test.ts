import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHAT_VOCAB, chatWeights, PICTURE_TOKENS, smolVlmFiles, WIDTH } from '../../fixtures/hub-captioner.ts';
import { writeModel } from '../../fixtures/hub-models.ts';
import { openHub, plain, temporaryFolder, type Folder, type OpenHub } from './hub.ts';

let folder: Folder;
let hub: OpenHub;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/vlm', smolVlmFiles());
  hub = await openHub(folder.path, { captioner: 'tiny/vlm' });
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const END = CHAT_VOCAB.indexOf('<end_of_utterance>');
const row = ({ data }: { data: Float32Array }, i: number, width: number) =>
  Array.from(data.subarray(i * width, (i + 1) * width));

/** The tiny model by hand: embeddings of everything so far → log-probabilities of the next token. */
function nextLogs(embeddings: readonly number[][]): number[] {
  const last = embeddings.at(-1)!;
  const state = last.map((value, d) => Math.tanh(value + embeddings.reduce((sum, one) => sum + one[d]!, 0)));
  const logits = CHAT_VOCAB.map((_, v) =>
    state.reduce((sum, value, d) => sum + value * chatWeights.write.data[d * CHAT_VOCAB.length + v]!, 0),
  );
  const total = Math.log(logits.reduce((sum, value) => sum + Math.exp(value), 0));
  return logits.map((value) => value - total);
}

const embed = (token: number) => row(chatWeights.embed, token, WIDTH);

/** "user: picture question end assistant:" as embeddings, by the chat template. */
function prompt(rgb: readonly number[], question: readonly string[]): number[][] {
  const colour = rgb.map((value) => value / 127.5 - 1);
  const seen = Array.from({ length: WIDTH }, (_, d) =>
    colour.reduce((sum, value, c) => sum + value * chatWeights.see.data[c * WIDTH + d]!, 0),
  );
  const [fake, all] = ['<fake_token_around_image>', '<global-img>'];
  const before = ['user', ':', fake, all];
  const after = [fake, ...question, '<end_of_utterance>', 'assistant', ':'];
  const ofWords = (words: readonly string[]) => words.map((word) => embed(CHAT_VOCAB.indexOf(word)));
  return [...ofWords(before), ...Array.from({ length: PICTURE_TOKENS }, () => seen), ...ofWords(after)];
}

function write(embeddings: readonly number[][]): { tokens: number[]; logProbability: number } {
  const all = [...embeddings];
  const tokens: number[] = [];
  let logProbability = 0;
  while (tokens.length < 64 && tokens.at(-1) !== END) {
    const logs = nextLogs(all);
    const best = logs.indexOf(Math.max(...logs));
    tokens.push(best);
    logProbability += logs[best]!;
    all.push(embed(best));
  }
  return { tokens, logProbability };
}

test.each([
  [
    [255, 0, 0],
    ['a', 'dog'],
  ],
  [
    [0, 40, 200],
    ['the', 'sea', '.'],
  ],
  [[90, 255, 60], ['cat']],
] as const)('an answer is the greedy one, with its log-probability (%j %j)', async (rgb, question) => {
  const [r, g, b] = rgb;
  const expected = write(prompt(rgb, question));
  const words = expected.tokens.map((token) => CHAT_VOCAB[token]!).filter((word) => !/^[<[]/.test(word));
  const answer = await hub.captioner!.answer(plain(r, g, b), question.join(' '));
  expect(answer.logProbability).toBeCloseTo(expected.logProbability, 2);
  const squeeze = (text: string) => text.replaceAll(/[#\s]/g, '');
  expect(squeeze(answer.text)).toBe(squeeze(words.join('')));
});

test('a choice is weighed by the whole answer, its end included', async () => {
  const choices = ['dog', 'boat', 'the sea', 'the sea.'];
  const read = prompt([200, 30, 90], ['a', 'cat']);
  const logs = [['dog'], ['boat'], ['the', 'sea'], ['the', 'sea', '.']].map((words) => {
    const all = [...read];
    let sum = 0;
    for (const token of [...words.map((word) => CHAT_VOCAB.indexOf(word)), END]) {
      sum += nextLogs(all)[token]!;
      all.push(embed(token));
    }
    return sum;
  });
  const total = logs.reduce((sum, log) => sum + Math.exp(log), 0);
  const chosen = await hub.captioner!.choose(plain(200, 30, 90), 'a cat', choices);
  for (const [i, log] of logs.entries()) expect(chosen.probabilities[i]).toBeCloseTo(Math.exp(log) / total, 3);
  expect(chosen.index).toBe(logs.indexOf(Math.max(...logs)));
});

test('a caption looks at the picture', async () => {
  const captioner = hub.captioner!;
  const [red, again, blue] = [
    await captioner.caption(plain(255, 0, 0)),
    await captioner.caption(plain(255, 0, 0)),
    await captioner.caption(plain(0, 0, 255)),
  ];
  expect(red).toEqual(again);
  expect(red.logProbability).not.toBeCloseTo(blue.logProbability, 3);
  expect(red.logProbability).toBeLessThan(0);
  expect(captioner.info).toMatchObject({ id: 'tiny/vlm', device: 'cpu' });
});

test('given captions are weighed with their end, and a statement is more or less true', async () => {
  const weighed = await hub.captioner!.weigh(plain(9, 80, 200), ['dog', 'the sea']);
  expect(weighed.map(({ text, tokens }) => [text, tokens])).toEqual([
    ['dog', 2],
    ['the sea', 3],
  ]);
  for (const { logProbability } of weighed) expect(logProbability).toBeLessThan(0);
  const likely = await hub.captioner!.verify(plain(9, 80, 200), 'the sea .');
  expect(likely).toBeGreaterThan(0);
  expect(likely).toBeLessThan(1);
});

test('no choices is a mistake of the caller', async () => {
  await expect(hub.captioner!.choose(plain(1, 2, 3), 'a cat', [])).rejects.toMatchObject({ code: 'BAD_INPUT' });
});
