// First, as it chooses which of graphql's builds all others get.
import { example, exampleText, startServing, type ApiClient, type Serving, type UserError } from './serving.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openSensegraph } from '../../src/main.ts';

const ASKED = `answer { id shortAnswer question asset { id } }
  clarification { reason text phrase candidates { id caption node { id } evidence { quote asset { id url } locator { __typename } } } }
  turn { id number question understoodAs references { phrase name node { id } } asset { id } conversation { id turnCount title } }
  userErrors { code message }`;

interface Asked {
  readonly answer: { id: string; shortAnswer: string | null; question: string; asset: { id: string } | null } | null;
  readonly clarification: {
    reason: string;
    text: string;
    phrase: string;
    candidates: { id: string; caption: string; evidence: { quote: string; asset: { id: string } } | null }[];
  } | null;
  readonly turn: {
    id: string;
    number: number;
    question: string;
    understoodAs: string | null;
    references: { phrase: string; name: string; node: { id: string } | null }[];
    asset: { id: string } | null;
    conversation: { id: string; turnCount: number; title: string };
  } | null;
  readonly userErrors: UserError[];
}

const CAREWS = [
  'Ellen Carew was a teacher in Westbrook. Ellen Carew was born in Kingsbridge in 1861. She wrote a book about ferns.',
  'Richard Carew was a baker in Port Albert. Richard Carew was born in Oakford in 1844. He baked bread for the ships.',
];

let serving: Serving;
let api: ApiClient;
let ids: Record<'miller' | 'star' | 'walker' | 'cat' | 'flock', string>;
beforeAll(async () => {
  serving = await startServing({ SENSEGRAPH_CAPTIONS: 'off' });
  ({ api } = serving);
  const texts = ['thomas-miller', 'morning-star', 'henry-walker'];
  const [miller = '', star = '', walker = '', cat = '', flock = ''] = await api.ingestAll([
    ...(await Promise.all(texts.map(async (name) => ({ text: await exampleText(`texts/${name}.md`), title: name })))),
    { uploadId: await api.uploaded('museum-cat.jpg', await example('images/museum-cat.jpg')) },
    { uploadId: await api.uploaded('flock.jpg', await example('images/flock.jpg')) },
    ...CAREWS.map((text, i) => ({ text, title: `Carew ${i + 1}` })),
  ]);
  ids = { miller, star, walker, cat, flock };
});
afterAll(() => serving.close());

async function ask(input: object): Promise<Asked> {
  const { ask: asked } = await api.data<{ ask: Asked }>(
    `mutation ($input: AskInput!) { ask(input: $input) { ${ASKED} } }`,
    { input },
  );
  return asked;
}

async function start(): Promise<string> {
  const { startConversation } = await api.data<{ startConversation: { conversation: { id: string } } }>(
    'mutation { startConversation { conversation { id } userErrors { code } } }',
  );
  return startConversation.conversation.id;
}

async function turnsOf(id: string) {
  const { conversation } = await api.data<{
    conversation: {
      title: string;
      turns: { nodes: { id: string; question: string; answer: { id: string } | null }[] };
    } | null;
  }>('query ($id: ID!) { conversation(id: $id) { title turns { nodes { id question answer { id } } } } }', { id });
  return conversation;
}

describe('a conversation', () => {
  test('goes on with who and what was spoken of, and says what it took the words for', async () => {
    const conversation = await start();
    const first = await ask({ question: 'Where was Thomas Miller born?', conversation });
    expect(first.turn).toMatchObject({ number: 1, understoodAs: 'Where was Thomas Miller born?', references: [] });
    const second = await ask({ question: 'In which year did he sell the business?', conversation });
    expect(second.turn).toMatchObject({
      number: 2,
      question: 'In which year did he sell the business?',
      understoodAs: 'In which year did Thomas Miller sell the business?',
      references: [{ phrase: 'he', name: 'Thomas Miller', node: { id: expect.stringMatching(/^Entity:/) } }],
    });
    expect(second.answer?.shortAnswer).toContain('1903');
    const third = await ask({ question: 'And Henry Walker?', conversation });
    expect(third.turn?.understoodAs).toContain('Henry Walker');
    expect(await turnsOf(conversation)).toMatchObject({
      title: 'Where was Thomas Miller born?',
      turns: { nodes: [{ answer: { id: first.answer?.id } }, { answer: { id: second.answer?.id } }, {}] },
    });
  });

  test('takes a picture as a follow-up, and knows it as the second one after', async () => {
    const conversation = await start();
    await ask({ question: 'What animal is in this picture?', asset: ids.cat, conversation });
    const follow = await ask({ question: 'And in this one?', asset: ids.flock, conversation });
    expect(follow.turn).toMatchObject({ understoodAs: 'What animal is in this picture?', asset: { id: ids.flock } });
    expect(follow.answer?.asset?.id).toBe(ids.flock);
    const back = await ask({ question: 'Is there a cat in the first picture?', conversation });
    expect(back.turn).toMatchObject({ understoodAs: 'Is there a cat in this picture?', asset: { id: ids.cat } });
    expect(back.turn?.references).toMatchObject([{ phrase: 'the first picture', node: { id: ids.cat } }]);
    expect(back.answer?.shortAnswer).toBe('yes');
    const second = await ask({ question: 'Is there a cat in the second picture?', conversation });
    expect(second.answer?.asset?.id).toBe(ids.flock);
    expect(second.answer?.shortAnswer).not.toBe('yes');
  });

  test('takes that sound for its stretch of the recording that the answer rested on', async () => {
    const [bell] = await api.ingestAll([
      { uploadId: await api.uploaded('lantern-bell.wav', await example('recordings/lantern-bell.wav')) },
    ]);
    const conversation = await start();
    const first = await ask({ question: 'When is Thomas Miller mentioned?', asset: bell, conversation });
    expect(first.answer?.shortAnswer).toMatch(/^\d+:\d\d–/);
    const follow = await ask({ question: 'What is said during that sound?', conversation });
    expect(follow.turn?.understoodAs).toMatch(/^What is said at 0:0\d in this recording\?$/);
    expect(follow.turn).toMatchObject({ asset: { id: bell }, references: [{ phrase: 'during that sound' }] });
    expect(follow.turn?.references[0]?.node?.id).toMatch(/^Segment:/);
    expect(follow.answer?.shortAnswer).toContain('Thomas Miller');
  });

  test('is kept in the graph, each turn with what it spoke of', async () => {
    const conversation = await start();
    const first = await ask({ question: 'Where was Thomas Miller born?', conversation });
    const second = await ask({ question: 'When was he born?', conversation });
    const { neighbourhood } = await api.data<{
      neighbourhood: {
        nodes: { id: string; label: string; caption: string }[];
        edges: { type: string; from: string; to: string }[];
      };
    }>(
      'query ($of: [ID!]!) { neighbourhood(of: $of, hops: 2) { nodes { id label caption } edges { type from to } } }',
      {
        of: [conversation],
      },
    );
    const types = new Set(neighbourhood.edges.map(({ type }) => type));
    expect([...types]).toEqual(expect.arrayContaining(['HAS_TURN', 'NEXT', 'SPEAKS_OF', 'CITES']));
    expect(neighbourhood.edges).toContainEqual({ type: 'NEXT', from: first.turn?.id, to: second.turn?.id });
    expect(neighbourhood.nodes.map(({ caption }) => caption)).toContain('Thomas Miller');
    // What is known is not what was asked: around the person there is no turn.
    const person = second.turn?.references[0]?.node?.id;
    const around = await api.data<{ neighbourhood: { nodes: { label: string }[] } }>(
      'query ($of: [ID!]!) { neighbourhood(of: $of) { nodes { label } } }',
      { of: [person] },
    );
    expect(around.neighbourhood.nodes.filter(({ label }) => label === 'Turn')).toEqual([]);
  });

  test('is forked, and deleted with the answers that no fork has', async () => {
    const conversation = await start();
    const first = await ask({ question: 'Where was Thomas Miller born?', conversation });
    const second = await ask({ question: 'When was he born?', conversation });
    const { forkConversation } = await api.data<{
      forkConversation: { conversation: { id: string; turnCount: number; forkedFrom: { id: string } } };
    }>(
      'mutation ($id: ID!, $at: ID!) { forkConversation(id: $id, atTurn: $at) { conversation { id turnCount forkedFrom { id } } userErrors { code } } }',
      { id: conversation, at: first.turn?.id },
    );
    const fork = forkConversation.conversation;
    expect(fork).toMatchObject({ turnCount: 1, forkedFrom: { id: first.turn?.id } });
    const { deleteConversation } = await api.data<{ deleteConversation: object }>(
      'mutation ($id: ID!) { deleteConversation(id: $id) { deletedId turns answers userErrors { code } } }',
      { id: conversation },
    );
    expect(deleteConversation).toEqual({ deletedId: conversation, turns: 2, answers: 1, userErrors: [] });
    expect(await turnsOf(conversation)).toBeNull();
    const gone = await api.data('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: [second.answer?.id, second.turn?.id, first.answer?.id],
    });
    expect(gone).toEqual({ nodes: [null, null, { id: first.answer?.id }] });
    // The fork goes on where the other was, though that is gone.
    const further = await ask({ question: 'What was his trade?', conversation: fork.id });
    expect(further.turn).toMatchObject({ number: 2, understoodAs: "What was Thomas Miller's trade?" });
    const again = await api.data<{ deleteConversation: { userErrors: UserError[] } }>(
      'mutation ($id: ID!) { deleteConversation(id: $id) { userErrors { code } } }',
      { id: conversation },
    );
    expect(again.deleteConversation.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });

  test('reads on when a picture and a text of its turns are deleted', async () => {
    const [text = '', picture = ''] = await api.ingestAll([
      { text: 'Olive Marsh was born in Brambleton. Olive Marsh kept bees.' },
      { uploadId: await api.uploaded('museum-cat.jpg', await example('images/mountains.jpg')) },
    ]);
    const conversation = await start();
    const first = await ask({ question: 'Where was Olive Marsh born?', conversation });
    await ask({ question: 'What is in this picture?', asset: picture, conversation });
    for (const id of [text, picture])
      await api.data('mutation ($id: ID!) { deleteAsset(id: $id) { deletedId } }', { id });
    const { conversation: read } = await api.data<{ conversation: { turns: { nodes: object[] } } }>(
      `query ($id: ID!) { conversation(id: $id) { turns { nodes {
        question asset { id } references { node { id } } answer { id shortAnswer verification { verified } } } } } }`,
      { id: conversation },
    );
    expect(read.turns.nodes).toMatchObject([
      { question: 'Where was Olive Marsh born?', answer: { id: first.answer?.id, verification: { verified: false } } },
      { question: 'What is in this picture?', asset: null },
    ]);
    const on = await ask({ question: 'What did she keep?', conversation });
    expect(on.turn?.understoodAs).toBe('What did Olive Marsh keep?');
  });

  test('is one of a list by pages, newest first', async () => {
    const [a, b] = [await start(), await start()];
    const page = async (after: string | null) => {
      const { conversations } = await api.data<{
        conversations: { nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
      }>(
        'query ($after: String) { conversations(first: 1, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
      return conversations;
    };
    const first = await page(null);
    expect(first).toMatchObject({ nodes: [{ id: b }], pageInfo: { hasNextPage: true } });
    expect((await page(first.pageInfo.endCursor)).nodes).toEqual([{ id: a }]);
  });

  test('that is not there, or a turn of another, is told', async () => {
    expect((await ask({ question: 'Who?', conversation: 'Conversation:none' })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    expect(
      (await ask({ question: 'Who?', conversation: await start(), candidate: 'Entity:x' })).userErrors,
    ).toMatchObject([{ code: 'BAD_INPUT' }]);
    const { forkConversation } = await api.data<{ forkConversation: { userErrors: UserError[] } }>(
      'mutation ($id: ID!) { forkConversation(id: $id, atTurn: "Turn:none") { userErrors { code } } }',
      { id: await start() },
    );
    expect(forkConversation.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    expect(await api.data('{ conversation(id: "Conversation:none") { id } node(id: "Turn:none") { id } }')).toEqual({
      conversation: null,
      node: null,
    });
  });
});

describe('an unclear question', () => {
  test('about one of two of a name is asked back with where each is named, and the reply goes on', async () => {
    const asked = await ask({ question: 'Who is Carew?' });
    expect(asked).toMatchObject({
      answer: null,
      clarification: { reason: 'SEVERAL_ENTITIES', phrase: 'Carew' },
      turn: { number: 1, understoodAs: null },
      userErrors: [],
    });
    const candidates = asked.clarification?.candidates ?? [];
    expect(candidates.map(({ caption }) => caption).toSorted()).toEqual(['Ellen Carew', 'Richard Carew']);
    for (const { caption, evidence } of candidates) expect(evidence?.quote).toContain(caption);
    const conversation = asked.turn?.conversation.id;
    const richard = candidates.find(({ caption }) => caption === 'Richard Carew');
    const reply = await ask({ question: '', conversation, candidate: richard?.id });
    expect(reply.turn).toMatchObject({ number: 2, question: 'Richard Carew', understoodAs: 'Who is Richard Carew?' });
    expect(reply.answer).not.toBeNull();
    const further = await ask({ question: 'Where was he born?', conversation });
    expect(further.turn?.understoodAs).toBe('Where was Richard Carew born?');
    expect(further.answer?.shortAnswer).toContain('Oakford');
  });

  test('is replied to in words as well, or left for another question', async () => {
    const { turn } = await ask({ question: 'Where was Carew born?' });
    const conversation = turn?.conversation.id;
    const reply = await ask({ question: 'I mean Ellen', conversation });
    expect(reply.turn?.understoodAs).toBe('Where was Ellen Carew born?');
    expect(reply.answer?.shortAnswer).toContain('Kingsbridge');
    const again = await ask({ question: 'Who is Carew?', conversation });
    expect(again.clarification?.reason).toBe('SEVERAL_ENTITIES');
    const other = await ask({ question: 'Where was Thomas Miller born?', conversation });
    expect(other.answer?.shortAnswer).toContain('Westbrook');
  });

  test('with nothing before it offers whom the nearest texts speak of', async () => {
    const asked = await ask({ question: 'What bread did he bake?' });
    expect(asked.clarification).toMatchObject({ reason: 'NO_REFERENT', phrase: 'he' });
    expect(asked.clarification?.candidates.map(({ caption }) => caption)).toContain('Richard Carew');
    expect(asked.clarification?.candidates.map(({ caption }) => caption)).not.toContain('Ellen Carew');
  });

  test('about this picture without one is asked back, and goes on with the one that is chosen or sent', async () => {
    const asked = await ask({ question: 'What animal is in this picture?' });
    expect(asked.clarification).toMatchObject({ reason: 'NO_ASSET', phrase: 'this picture' });
    expect(asked.clarification?.candidates.map(({ id }) => id)).toEqual(expect.arrayContaining([ids.cat, ids.flock]));
    for (const { id, evidence } of asked.clarification?.candidates ?? []) expect(evidence?.asset.id).toBe(id);
    const conversation = asked.turn?.conversation.id;
    const chosen = await ask({ question: '', conversation, candidate: ids.cat });
    expect(chosen.turn).toMatchObject({ understoodAs: 'What animal is in this picture?', asset: { id: ids.cat } });
    const other = await ask({ question: 'What animal is in this picture?' });
    const sent = await ask({ question: 'Here it is.', conversation: other.turn?.conversation.id, asset: ids.flock });
    expect(sent.turn).toMatchObject({ understoodAs: 'What animal is in this picture?', asset: { id: ids.flock } });
  });

  test('comes over the subscription as the last event', async () => {
    const { results } = await api.over<{ answerSteps: { clarification: object | null; turn: object | null } }>(
      'subscription { answerSteps(input: { question: "Where was she born?" }) { step { kind } clarification { phrase } turn { number } } }',
    );
    expect(results.map(({ data }) => data?.answerSteps)).toEqual([
      { step: null, clarification: { phrase: 'she' }, turn: { number: 1 } },
    ]);
  });
});

test('a conversation survives a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sensegraph-talk-'));
  const config = readConfig({ SENSEGRAPH_DATA: folder, SENSEGRAPH_CAPTIONS: 'off' });
  try {
    let application = await openSensegraph(config);
    const { job } = await application.ingest([{ text: CAREWS[0] ?? '' }]);
    for await (const _ of application.jobProgress(job?.id ?? '', new AbortController().signal));
    const { id } = await application.startConversation();
    await application.converse({ question: 'Where was Ellen Carew born?', conversationId: id });
    await application.close();
    application = await openSensegraph(config);
    const { turn } = await application.converse({ question: 'What did she write?', conversationId: id });
    expect(turn).toMatchObject({ number: 2, understoodAs: 'What did Ellen Carew write?' });
    await application.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
