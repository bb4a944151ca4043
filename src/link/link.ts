import { setImmediate } from 'node:timers/promises';
import {
  isPicture,
  type Entity,
  type Locator,
  type Mention,
  type MentionMethod,
  type Relation,
  type Segment,
} from '../domain.ts';
import { BY_PLACE, type EncodedAsset } from '../encode/encoded.ts';
import type { TranscribedWord } from '../ports/encoders.ts';
import type { Extraction, Extractor, Lexicon } from '../ports/extractor.ts';
import { addCaption } from './caption-names.ts';
import { stableId } from './ids.ts';
import { placeOf } from '../place.ts';
import type { LinkedAsset } from './linked.ts';
import { addHeard, addLabels } from './perceived.ts';
import { spokenPlace } from './spoken-place.ts';
import { resolveSpeakers, utterancesOf, type SpeakerDeps, type VoicesOfAsset } from './speakers.ts';
import { nameKey, resolveNames, type NameToResolve, type ResolveDeps } from './resolve.ts';
import { titleName } from './title-name.ts';

export interface LinkDeps extends ResolveDeps {
  readonly extractor: Extractor;
  readonly lexicon: Lexicon;
  /** Where voices are told; without it nobody's are. */
  readonly voices?: SpeakerDeps;
}

/** A name at a place, before it is an entity. */
interface Occurrence {
  readonly segment: Segment;
  readonly name: NameToResolve;
  readonly surface: string;
  readonly method: MentionMethod;
  readonly score: number;
  readonly sentence: number;
  readonly locator: Locator;
}

/** A relation between two names, before they are entities. */
interface Statement {
  readonly segment: Segment;
  readonly subject: NameToResolve;
  readonly predicate: string;
  readonly object: NameToResolve;
  readonly type: Relation['type'];
  readonly confidence: number;
  readonly sentence: number;
}

/** Names and statements of one asset, not resolved yet. */
export interface FoundInAsset {
  readonly occurrences: Occurrence[];
  readonly statements: Statement[];
  readonly voices?: VoicesOfAsset;
}

/**
 * What the assets name, show and say, as entities, mentions and relations, one result an asset in the same order. The
 * names of all are resolved together, among themselves and with what the ledger knows. Needs no language model.
 */
export async function linkAssets(assets: readonly EncodedAsset[], deps: LinkDeps): Promise<LinkedAsset[]> {
  return resolveFound(await findNames(assets, deps), deps);
}

/** First half: what each asset holds by itself. Lets other work in between assets: it takes milliseconds each. */
export async function findNames(
  assets: readonly EncodedAsset[],
  deps: Pick<LinkDeps, 'extractor' | 'lexicon' | 'voices'>,
): Promise<FoundInAsset[]> {
  const found: FoundInAsset[] = [];
  for (const asset of assets) {
    const utterances = deps.voices ? utterancesOf(asset.segments, asset.embeddings[deps.voices.space]) : [];
    found.push({ ...findInAsset(asset, deps), voices: { title: asset.asset.title, utterances } });
    await setImmediate();
  }
  return found;
}

/** Second half: names become entities, in the light of what the ledger holds by now. */
export async function resolveFound(
  found: readonly FoundInAsset[],
  deps: ResolveDeps & Pick<LinkDeps, 'voices'>,
): Promise<LinkedAsset[]> {
  const names = found.flatMap(({ occurrences, statements }) => [
    ...occurrences.map((occurrence) => occurrence.name),
    ...statements.flatMap(({ subject, object }) => [subject, object]),
  ]);
  const resolutions = await resolveNames(names, deps);
  const entityOf = (name: NameToResolve) => resolutions.get(nameKey(name.kind, name.name));
  const recordings = found.map(({ voices }) => voices ?? { title: '', utterances: [] });
  const speakers = deps.voices ? await resolveSpeakers(recordings, deps.voices) : [];
  return found.map(({ occurrences, statements }, i): LinkedAsset => {
    const entities = new Map<string, Entity>();
    const merges = new Map<string, NonNullable<ReturnType<typeof entityOf>>['merge']>();
    const use = (name: NameToResolve): Entity | undefined => {
      const resolution = entityOf(name);
      if (!resolution) return undefined;
      const { entity } = resolution;
      const known = entities.get(entity.id);
      // Several names may have joined one entity, each with its own alias.
      const aliases = known && [...new Set([...known.aliases, ...entity.aliases])];
      entities.set(entity.id, aliases ? { ...entity, aliases } : entity);
      if (resolution.merge) merges.set(resolution.merge.id, resolution.merge);
      return resolution.entity;
    };
    const mentions = new Map<string, Mention>();
    for (const { segment, name, surface, method, score, sentence, locator } of occurrences) {
      const entity = use(name);
      if (!entity) continue;
      const id = stableId('Mention', segment.id, entity.id, method, JSON.stringify(locator));
      mentions.set(id, { id, segmentId: segment.id, entityId: entity.id, surface, method, score, locator, sentence });
    }
    const relations = new Map<string, Relation>();
    for (const statement of statements) {
      const [subject, object] = [use(statement.subject), use(statement.object)];
      if (!subject || !object || subject.id === object.id) continue;
      const { segment, predicate, type, confidence, sentence } = statement;
      const id = stableId('Relation', subject.id, type, predicate, object.id);
      const known = relations.get(id);
      const evidence = { segmentId: segment.id, sentence, locator: placeOf(segment, segment.sentences[sentence]) };
      const again = known?.evidence.some((other) => other.segmentId === segment.id && other.sentence === sentence);
      relations.set(id, {
        id,
        subjectId: subject.id,
        predicate,
        objectId: object.id,
        type,
        confidence: Math.max(confidence, known?.confidence ?? 0),
        evidence: again && known ? known.evidence : [...(known?.evidence ?? []), evidence],
      });
    }
    return {
      entities: [...entities.values(), ...(speakers[i]?.entities ?? [])],
      mentions: [...mentions.values(), ...(speakers[i]?.mentions ?? [])],
      relations: [...relations.values()],
      merges: [...[...merges.values()].filter((merge) => merge !== undefined), ...(speakers[i]?.merges ?? [])],
    };
  });
}

function findInAsset(asset: EncodedAsset, deps: Pick<LinkDeps, 'extractor' | 'lexicon'>): FoundInAsset {
  const found: FoundInAsset = { occurrences: [], statements: [] };
  const title = titleName(asset.asset.title, deps.extractor);
  for (const segment of asset.segments) {
    if (isPicture(segment)) {
      addLabels(segment, asset, deps.lexicon, found);
      if (hasOwnCaption(segment, asset)) addText(segment, deps.extractor.extract(captionOf(segment)), undefined, found);
      else addCaption(segment, asset, deps, found);
      continue;
    }
    if (segment.kind === 'SOUND') {
      addHeard(segment, asset, deps.lexicon, found);
      continue;
    }
    const extraction = segment.text === '' ? undefined : deps.extractor.extract(segment);
    if (extraction) addText(segment, extraction, asset.words?.get(segment.id), found);
    if (title && segment.kind === 'PASSAGE') {
      const kind = extraction?.names.find(
        (name) => nameKey('NAME', name.name) === nameKey('NAME', title.name) && name.kind !== 'CONCEPT',
      )?.kind;
      found.occurrences.push({
        segment,
        name: kind ? { ...title, kind } : title,
        surface: asset.asset.title,
        method: 'TITLE',
        score: 1,
        sentence: -1,
        locator: placeOf(segment),
      });
    }
  }
  return found;
}

/** Whether the document itself says what its figure shows; a model's words for it are weaker. */
function hasOwnCaption({ id }: Segment, { readings }: EncodedAsset): boolean {
  return readings.some(({ segmentId, model }) => segmentId === id && model === BY_PLACE.model);
}

/** The sentences of a figure's caption; what was seen in it stands behind them. */
function captionOf({ text, sentences }: Segment): Pick<Segment, 'text' | 'sentences'> {
  return { text: text.slice(0, sentences.at(-1)?.end), sentences };
}

function addText(
  segment: Segment,
  { names, relations }: Extraction,
  words: readonly TranscribedWord[] | undefined,
  found: FoundInAsset,
): void {
  const method: MentionMethod = segment.kind === 'SPEECH' ? 'HEARD' : segment.kind === 'TEXT_LINE' ? 'READ' : 'NAMED';
  for (const { name, kind, surface, score, sentence, start, end } of names) {
    found.occurrences.push({
      segment,
      name: { name, kind },
      surface,
      method,
      score,
      sentence,
      locator: words ? spokenPlace(segment, { start, end }, words) : placeOf(segment, { start, end }),
    });
  }
  for (const { subject, object, predicate, type, confidence, sentence } of relations) {
    const [a, b] = [names[subject], names[object]];
    if (a && b) found.statements.push({ segment, subject: a, predicate, object: b, type, confidence, sentence });
  }
}
