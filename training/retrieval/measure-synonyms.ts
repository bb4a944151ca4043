/**
 * Whether the vectors of names tell synonyms from neighbours: pairs at a cosine, among titles of a corpus that name
 * different things, and among names that mean the same.
 *   node training/retrieval/measure-synonyms.ts CORPUS.jsonl
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { ModelPack } from '../../src/adapters/onnx/pack.ts';
import { openText } from '../../src/adapters/onnx/text.ts';
import { dot } from '../../src/retrieve/vectors.ts';

const THRESHOLDS = [0.8, 0.85, 0.9];
const MOST = 2500;
const SHOWN = 25;
const SAME =
  'Holland=the Netherlands,Peking=Beijing,Burma=Myanmar,Persia=Iran,Ceylon=Sri Lanka,Siam=Thailand,Constantinople=Istanbul,Saigon=Ho Chi Minh City,Bombay=Mumbai,Madras=Chennai,UK=United Kingdom,USA=United States,USSR=Soviet Union,UN=United Nations,NYC=New York City,LA=Los Angeles,The Big Apple=New York City,Great Britain=United Kingdom,Ivory Coast=Côte d’Ivoire,East Timor=Timor-Leste,Macedonia=North Macedonia,Swaziland=Eswatini,Czechia=Czech Republic,Cape Verde=Cabo Verde,Mark Twain=Samuel Clemens,Lewis Carroll=Charles Dodgson,George Eliot=Mary Ann Evans,Bob Dylan=Robert Zimmerman,Muhammad Ali=Cassius Clay,Prince=Prince Rogers Nelson,Elton John=Reginald Dwight,Voltaire=François-Marie Arouet,JFK=John F. Kennedy,FDR=Franklin D. Roosevelt,MLK=Martin Luther King Jr.,Pelé=Edson Arantes do Nascimento,Lady Gaga=Stefani Germanotta,IBM=International Business Machines,BBC=British Broadcasting Corporation,NASA=National Aeronautics and Space Administration,Москва=Moscow,東京=Tokyo,北京=Beijing,Αθήνα=Athens,القاهرة=Cairo,München=Munich,Köln=Cologne,Wien=Vienna,Praha=Prague,Warszawa=Warsaw,Лондон=London,Россия=Russia,日本=Japan,Deutschland=Germany,España=Spain'
    .split(',')
    .map((pair) => pair.split('=') as [string, string]);

const modelsDir = process.env['SENSEGRAPH_MODELS'] ?? join(import.meta.dirname, '../../models');
const pack = new ModelPack({ modelsDir, device: 'cpu', threads: 0, log: pino({ level: 'warn' }) });
const embedder = openText(pack);
const vectorsOf = async (names: readonly string[]) =>
  (
    await embedder.embed(
      names.map((text) => ({ text })),
      'passage',
    )
  ).map(({ vector }) => vector);

const titles = readFileSync(process.argv[2] ?? '', 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => (JSON.parse(line) as { title: string }).title.replace(/ \(.*\)$/, ''));
const names = [...new Set(titles)].slice(0, MOST);
const vectors = await vectorsOf(names);
const pairs: { cosine: number; pair: string }[] = [];
for (const [i, a] of vectors.entries())
  for (let j = 0; j < i; j += 1) {
    const cosine = dot(a, vectors[j] ?? new Float32Array());
    if (cosine >= (THRESHOLDS[0] ?? 1)) pairs.push({ cosine, pair: `${names[i]} ~ ${names[j]}` });
  }
const [left, right] = await Promise.all([0, 1].map((side) => vectorsOf(SAME.map((pair) => pair[side] ?? ''))));
const same = SAME.map((_, i) => dot(left?.[i] ?? new Float32Array(), right?.[i] ?? new Float32Array()));
for (const threshold of THRESHOLDS)
  console.log(
    `cosine ${threshold}: ${pairs.filter(({ cosine }) => cosine >= threshold).length} pairs among ${names.length} titles, ${same.filter((cosine) => cosine >= threshold).length} of ${same.length} synonyms`,
  );
const every = Math.max(1, Math.floor(pairs.length / SHOWN));
for (const { cosine, pair } of pairs.filter((_, i) => i % every === 0)) console.log(cosine.toFixed(2), pair);
await pack.close();
