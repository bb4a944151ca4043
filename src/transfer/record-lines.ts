import type { AssetRecord } from '../ports/ledger.ts';
import { quantise } from '../quantised-vectors.ts';
import { base64Of, type Line } from './line.ts';

/** An asset and all that it brought, line by line. */
export function* recordLines(record: AssetRecord): Generator<Line> {
  yield { asset: record.asset };
  for (const entity of record.entities) yield { entity };
  for (const segment of record.segments) yield { segment };
  for (const reading of record.readings) yield { reading };
  for (const mention of record.mentions) yield { mention };
  for (const relation of record.relations) yield { relation };
  for (const [space, embeddings] of Object.entries(record.embeddings))
    for (const { nodeId, vector } of embeddings) yield { vector: { space, nodeId, values: base64Of(vector) } };
  for (const { id, sentences } of record.segments) {
    const vectors = record.sentenceVectors.get(id);
    if (!vectors || sentences.length === 0) continue;
    const { scales, packed } = quantise(vectors, vectors.length / sentences.length);
    const values = Buffer.from(packed.buffer, packed.byteOffset, packed.length).toString('base64');
    yield { sentences: { segmentId: id, scales: base64Of(scales), values } };
  }
}
