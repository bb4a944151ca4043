import { describe, expect, test } from 'vitest';
import { sameName } from '../../../src/converse/same-name.ts';
import type { Entity, Mention, Page } from '../../../src/domain.ts';
import { normalName } from '../../../src/link/blocking.ts';

type Known = readonly [name: string, kind: Entity['kind'], mentions: number, aliases?: readonly string[]];

/** Looks up what a ledger would of these entities. */
function ledgerOf(known: readonly Known[]) {
  const entities = known.map(([name, kind, , aliases = []]): Entity => ({
    id: `Entity:${kind} ${name}`,
    name,
    kind,
    aliases,
  }));
  const page = <T>(items: readonly T[]): Page<T> => ({ items, cursors: items.map(() => ''), next: null });
  return {
    entitiesByName: async (normals: readonly string[]) =>
      new Map(
        normals.map((normal) => [
          normal,
          entities.filter(({ name, aliases }) => [name, ...aliases].some((one) => normalName(one) === normal)),
        ]),
      ),
    entities: async ({ search = '' }: { search?: string }) =>
      page(entities.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))),
    mentionsOfEntity: async (id: string) => {
      const count = known[entities.findIndex((one) => one.id === id)]?.[2] ?? 0;
      return page(Array.from({ length: count }, () => ({ entityId: id }) as Mention));
    },
  };
}
const asked = async (question: string, ...known: Known[]) =>
  (await sameName(question, ledgerOf(known)))?.entities.map(({ name }) => name);

const CAREWS: Known[] = [
  ['Ellen Carew', 'PERSON', 4],
  ['Richard Carew', 'PERSON', 3],
];

describe('a name that several answer to', () => {
  test('is unclear where they are mentioned about as often', async () => {
    for (const question of ['Who is Carew?', 'Where was Carew born?', 'Tell me about Carew.', 'When did Carew die?'])
      expect(await asked(question, ...CAREWS), question).toEqual(['Ellen Carew', 'Richard Carew']);
    expect(await asked('Who is Carew?', ...CAREWS, ['Carew', 'NAME', 1])).toEqual(['Ellen Carew', 'Richard Carew']);
    expect(await asked('What is Washington?', ['Washington', 'PLACE', 5], ['Washington', 'PERSON', 4])).toEqual([
      'Washington',
      'Washington',
    ]);
  });

  test('is the one that is mentioned far more', async () => {
    expect(await asked('Who is Carew?', ['Ellen Carew', 'PERSON', 9], ['Richard Carew', 'PERSON', 3])).toBeUndefined();
  });

  test.each<[string, string, Known[]]>([
    ['a whole name', 'Who is Ellen Carew?', CAREWS],
    ['a name with more said of it', 'Who was the Carew that baked bread for ships?', CAREWS],
    ['a longer question', 'In which town was the baker Carew born in 1844?', CAREWS],
    ['one bearer', 'Who is Carew?', CAREWS.slice(0, 1)],
    [
      'one bearer with and without a title',
      'Who is Walker?',
      [
        ['Henry Walker', 'PERSON', 4],
        ['Captain Henry Walker', 'PERSON', 3],
      ],
    ],
    [
      'a place and what is named after it',
      'Where is Whitby?',
      [
        ['Whitby', 'PLACE', 3],
        ['Whitby Abbey', 'PLACE', 3],
        ['Whitby Museum', 'ORGANISATION', 3],
      ],
    ],
    [
      'a place that a text only names',
      'Where is Westbrook?',
      [
        ['Westbrook', 'PLACE', 3],
        ['Westbrook', 'NAME', 3],
      ],
    ],
    ['a name that nobody has', 'Who is Nobody?', CAREWS],
  ])('is left alone: %s', async (_, question, known) => {
    expect(await asked(question, ...known)).toBeUndefined();
  });
});
