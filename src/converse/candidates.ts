import type { ClarificationCandidate, Referent } from '../conversation.ts';
import type { Entity, Evidence, Segment } from '../domain.ts';
import type { Ledger } from '../ports/ledger.ts';
import { evidenceAt } from '../retrieve/evidence.ts';
import { pronounFor } from './referents.ts';
import type { Wanted } from './talk.ts';

type Deps = {
  readonly ledger: Pick<
    Ledger,
    | 'assets'
    | 'assetsById'
    | 'segmentsById'
    | 'segmentsOf'
    | 'readingsOf'
    | 'mentionsOf'
    | 'mentionsOfEntity'
    | 'entitiesById'
  >;
};

/** Candidates given, at most. */
export const MOST_CANDIDATES = 6;
/** Mentions of an entity among which one in a picture is looked for. */
const LOOKED_AT = 20;

/** Entities as candidates, each with where it is seen, or else named best. */
export async function entityCandidates(
  entities: readonly Entity[],
  { ledger }: Deps,
): Promise<ClarificationCandidate[]> {
  return Promise.all(
    entities.slice(0, MOST_CANDIDATES).map(async (entity) => {
      const { items } = await ledger.mentionsOfEntity(entity.id, { first: LOOKED_AT });
      const mention = items.find(({ method }) => method === 'DEPICTED') ?? items[0];
      const [segment] = mention ? await ledger.segmentsById([mention.segmentId]) : [];
      const evidence = segment && (await evidenceIn(segment, mention?.sentence ?? -1, ledger));
      const isSeen = mention?.method === 'DEPICTED';
      return {
        id: entity.id,
        caption: entity.name,
        kind: entity.kind,
        // A thing seen has a box of its own in the picture.
        evidence: evidence ? (isSeen ? { ...evidence, locator: mention.locator } : evidence) : null,
      };
    }),
  );
}

/** Pictures, recordings or texts as candidates. */
export async function assetCandidates(ids: readonly string[], { ledger }: Deps): Promise<ClarificationCandidate[]> {
  const assets = await ledger.assetsById(ids.slice(0, MOST_CANDIDATES));
  return Promise.all(
    assets.map(async (asset) => {
      const { items } = await ledger.segmentsOf(asset.id, { first: 1 });
      const evidence = items[0] ? await evidenceIn(items[0], -1, ledger) : undefined;
      return { id: asset.id, caption: asset.title, kind: asset.modality, evidence: evidence ?? null };
    }),
  );
}

/** Stretches of recordings and films as candidates. */
async function segmentCandidates(referents: readonly Referent[], { ledger }: Deps): Promise<ClarificationCandidate[]> {
  const segments = await ledger.segmentsById(referents.flatMap(({ id }) => id ?? []).slice(0, MOST_CANDIDATES));
  return Promise.all(
    segments.map(async (segment) => {
      const { name = '', kind = 'AUDIO' } = referents.find(({ id }) => id === segment.id) ?? {};
      return { id: segment.id, caption: name, kind, evidence: (await evidenceIn(segment, -1, ledger)) ?? null };
    }),
  );
}

/** Candidates from earlier turns, as far as they are still there. */
export async function referentCandidates(
  referents: readonly Referent[],
  deps: Deps,
): Promise<ClarificationCandidate[]> {
  const ids = referents.flatMap(({ id }) => id ?? []);
  const [entities, assets] = await Promise.all([
    deps.ledger.entitiesById(ids.filter((id) => id.startsWith('Entity:'))).then((all) => entityCandidates(all, deps)),
    assetCandidates(
      ids.filter((id) => id.startsWith('Asset:')),
      deps,
    ),
  ]);
  const stretches = await segmentCandidates(
    referents.filter(({ id }) => id?.startsWith('Segment:')),
    deps,
  );
  const byId = new Map([...entities, ...assets, ...stretches].map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Whom or what the evidence nearest to the question speaks of, where nothing was spoken of before. */
export async function nearbyCandidates(
  wanted: Wanted,
  phrase: string,
  evidence: readonly Evidence[],
  deps: Deps,
): Promise<ClarificationCandidate[]> {
  const segments = evidence.map(({ segment }) => segment);
  const mentions = await deps.ledger.mentionsOf(segments.map(({ id }) => id));
  const ids = new Set(segments.flatMap(({ id }) => (mentions.get(id) ?? []).map(({ entityId }) => entityId)));
  const gender = /^(?:he|him|his)$/i.test(phrase) ? 'HE' : /^(?:she|her)$/i.test(phrase) ? 'SHE' : undefined;
  const texts = segments.map(({ text }) => text);
  const entities = await deps.ledger.entitiesById([...ids]);
  const of = (...kinds: readonly string[]): Entity[] => entities.filter(({ kind }) => kinds.includes(kind));
  const people = of('PERSON').length > 0 ? of('PERSON') : of('NAME');
  const fitting =
    wanted === 'PLACE'
      ? of('PLACE')
      : wanted === 'PERSON'
        ? people.filter(({ name }) => !gender || (pronounFor(name, texts) ?? gender) === gender)
        : of('ORGANISATION', 'WORK', 'EVENT', 'NAME');
  return entityCandidates(fitting, deps);
}

/** The latest pictures, or recordings, that there are. */
export async function latestAssets(wanted: Wanted, deps: Deps): Promise<ClarificationCandidate[]> {
  if (wanted === 'PERSON' || wanted === 'THING' || wanted === 'PLACE') return [];
  const { items } = await deps.ledger.assets({ first: MOST_CANDIDATES, modalities: [wanted] });
  return assetCandidates(
    items.map(({ id }) => id),
    deps,
  );
}

async function evidenceIn(segment: Segment, sentence: number, ledger: Deps['ledger']): Promise<Evidence | undefined> {
  const [[asset], readings] = await Promise.all([
    ledger.assetsById([segment.assetId]),
    ledger.readingsOf([segment.id]),
  ]);
  return asset && evidenceAt({ segment, asset, readings: readings.get(segment.id) ?? [], score: 1 }, sentence);
}
