import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CAPTION, paper, scan } from '../fixtures/pdf-files.ts';
import { startServing, type ApiClient, type Serving } from './serving.ts';

interface Box {
  readonly page: number | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface FoundEvidence {
  readonly quote: string;
  readonly segment: { readonly kind: string };
  readonly reading: { readonly kind: string; readonly text: string; readonly model: string } | null;
  readonly locator: {
    readonly __typename: string;
    readonly page: number | null;
    readonly boxes?: readonly Box[];
  } & Partial<Box>;
}

let serving: Serving;
let api: ApiClient;
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
  const cat = await readFile(new URL('../../examples/images/museum-cat.jpg', import.meta.url));
  const letter = await scan(['The net loft burned down in 1902.', 'Its keeper was Ada Penrose.']);
  await api.ingestAll([
    { uploadId: await api.uploaded('annals.pdf', await paper(cat)) },
    { uploadId: await api.uploaded('letter.pdf', letter) },
  ]);
});
afterAll(() => serving.close());

const EVIDENCE = `quote segment { kind } reading { kind text model }
  locator { __typename ... on TextSpan { page start end boxes { page x y width height } } ... on ImageRegion { page x y width height } }`;

async function evidenceOf(question: string): Promise<FoundEvidence[]> {
  const { ask } = await api.data<{ ask: { answer: { steps: { claims: { evidence: FoundEvidence[] }[] }[] } } }>(
    `mutation ($question: String!) { ask(input: { question: $question }) { answer { steps { claims { evidence { ${EVIDENCE} } } } } } }`,
    { question },
  );
  return ask.answer.steps.flatMap(({ claims }) => claims.flatMap(({ evidence }) => evidence));
}

test('a sentence of a PDF is evidence with its page and the boxes of its own lines', async () => {
  const evidence = await evidenceOf('Where did the lamp of the lighthouse come from?');
  const found = evidence.find(({ quote }) => quote.includes('glass works in Oakford'));
  expect(found?.locator).toMatchObject({ __typename: 'TextSpan', page: expect.any(Number) as number });
  const boxes = found?.locator.boxes ?? [];
  // "Its lamp came … lantern." goes over four lines of one column; no box reaches into the other.
  expect(boxes.length).toBeGreaterThanOrEqual(3);
  expect(boxes.length).toBeLessThanOrEqual(5);
  const left = Math.min(...boxes.map(({ x }) => x));
  for (const { x, width } of boxes) expect(x + width - left).toBeLessThan(238);
});

test('a caption’s words lead to the figure', async () => {
  const { search } = await api.data<{ search: { nodes: FoundEvidence[] } }>(
    `{ search(query: "tabby cat watches the herring boats", first: 10) { nodes { ${EVIDENCE} } } }`,
  );
  const figure = search.nodes.find(({ segment }) => segment.kind === 'FIGURE');
  expect(figure?.reading).toMatchObject({ kind: 'CAPTION', text: CAPTION });
  expect(figure?.locator).toMatchObject({ __typename: 'ImageRegion', page: 1 });
  expect(figure?.locator.width).toBeCloseTo(280, 0);
  const evidence = await evidenceOf('What does the tabby cat watch at the old quay?');
  expect(evidence.some(({ locator }) => locator.__typename === 'ImageRegion' && locator.page === 1)).toBe(true);
});

test('a scanned page is read, and evidence names its lines and the model that read them', async () => {
  const evidence = await evidenceOf('Who was the keeper of the net loft?');
  const found = evidence.find(({ quote }) => quote.includes('Ada Penrose'));
  expect(found?.locator).toMatchObject({ __typename: 'TextSpan', page: 1 });
  expect(found?.locator.boxes?.length).toBeGreaterThan(0);
  expect(found?.reading?.model).toBe('pp-ocrv4');
});
