import type { Embedding, Entity, Mention, Reading, Relation, Segment, Space } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import type { AssetRecord } from '../ports/ledger.ts';
import { dequantise } from '../quantised-vectors.ts';
import { floatsOf, type Line } from './line.ts';

/** Puts the lines of one asset together, and refuses what doesn't fit: BAD_INPUT naming the line. */
export class RecordReader {
  readonly #asset: AssetRecord['asset'];
  readonly #where: string;
  readonly #spaces: ReadonlyMap<string, Space>;
  readonly #segments = new Map<string, Segment>();
  readonly #entities = new Map<string, Entity>();
  readonly #readings: Reading[] = [];
  readonly #mentions: Mention[] = [];
  readonly #relations: Relation[] = [];
  readonly #embeddings: Record<string, Embedding[]> = {};
  readonly #sentences = new Map<string, Float32Array>();

  /** `where`: the line that began it. `spaces`: those whose vectors are taken, by name. */
  constructor(asset: AssetRecord['asset'], where: string, spaces: ReadonlyMap<string, Space>) {
    this.#asset = asset;
    this.#where = where;
    this.#spaces = spaces;
  }

  take(line: Line, where: string): void {
    if ('entity' in line) this.#entities.set(line.entity.id, line.entity);
    else if ('segment' in line) this.#takeSegment(line.segment, where);
    else if ('reading' in line) {
      this.#segment(line.reading.segmentId, where);
      this.#readings.push(line.reading);
    } else if ('mention' in line) {
      this.#segment(line.mention.segmentId, where);
      this.#entity(line.mention.entityId, where);
      this.#mentions.push(line.mention);
    } else if ('relation' in line) this.#takeRelation(line.relation, where);
    else if ('vector' in line) this.#takeVector(line.vector, where);
    else if ('sentences' in line) this.#takeSentences(line.sentences, where);
    else throw new SensegraphError('BAD_INPUT', `${where}: such a line can't be here.`);
  }

  record(): AssetRecord {
    return {
      asset: this.#asset,
      segments: [...this.#segments.values()],
      readings: this.#readings,
      embeddings: this.#embeddings,
      sentenceVectors: this.#sentences,
      entities: [...this.#entities.values()],
      mentions: this.#mentions,
      relations: this.#relations,
      merges: [],
    };
  }

  #takeSegment(segment: Segment, where: string): void {
    if (segment.assetId !== this.#asset.id)
      throw new SensegraphError(
        'BAD_INPUT',
        `${where}: ${segment.id} is of another asset than the one of ${this.#where}.`,
      );
    this.#segments.set(segment.id, segment);
  }

  #takeRelation(relation: Relation, where: string): void {
    this.#entity(relation.subjectId, where);
    this.#entity(relation.objectId, where);
    for (const { segmentId } of relation.evidence) this.#segment(segmentId, where);
    this.#relations.push(relation);
  }

  #takeVector({ space, nodeId, values }: { space: string; nodeId: string; values: string }, where: string): void {
    const known = this.#spaces.get(space);
    if (!known) return;
    const vector = floatsOf(values);
    if (vector.length !== known.dimension || !vector.every(Number.isFinite))
      throw new SensegraphError('BAD_INPUT', `${where}: a vector of ${space} is ${known.dimension} numbers.`);
    (this.#embeddings[space] ??= []).push({ nodeId, vector });
  }

  #takeSentences(
    { segmentId, scales, values }: { segmentId: string; scales: string; values: string },
    where: string,
  ): void {
    const segment = this.#segment(segmentId, where);
    if (this.#spaces.size === 0) return;
    const [sizes, packed] = [floatsOf(scales), new Uint8Array(Buffer.from(values, 'base64'))];
    const rows = segment.sentences.length;
    if (rows === 0 || sizes.length !== rows || packed.length % rows !== 0 || !sizes.every(Number.isFinite))
      throw new SensegraphError('BAD_INPUT', `${where}: ${segmentId} has ${rows} sentences, and not as many vectors.`);
    this.#sentences.set(segmentId, dequantise({ scales: sizes, packed }, packed.length / rows));
  }

  #segment(id: string, where: string): Segment {
    const segment = this.#segments.get(id);
    if (segment) return segment;
    throw new SensegraphError(
      'BAD_INPUT',
      `${where}: ${id} is no segment of the asset that ${this.#where} begins, as far as it is told.`,
    );
  }

  #entity(id: string, where: string): void {
    if (this.#entities.has(id)) return;
    throw new SensegraphError('BAD_INPUT', `${where}: ${id} must be told, as an entity, before it is named.`);
  }
}
