import DataLoader from 'dataloader';
import type { Application } from '../application.ts';
import type { Asset, Entity, Mention, Reading, Segment } from '../domain.ts';

/** What resolvers share during one request: the application, and loaders that join look-ups of the same kind. */
export interface Context {
  readonly application: Application;
  readonly assets: DataLoader<string, Asset | null>;
  readonly segments: DataLoader<string, Segment | null>;
  readonly entities: DataLoader<string, Entity | null>;
  readonly readings: DataLoader<string, Reading[]>;
  readonly mentions: DataLoader<string, Mention[]>;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
}

export function createContext(application: Application, signal: AbortSignal): Context {
  return {
    application,
    assets: byId((ids) => application.assetsById(ids)),
    segments: byId((ids) => application.segmentsById(ids)),
    entities: byId((ids) => application.entitiesById(ids)),
    readings: listsOf((ids) => application.readingsOf(ids)),
    mentions: listsOf((ids) => application.mentionsOf(ids)),
    signal,
  };
}

function byId<T extends { readonly id: string }>(load: (ids: readonly string[]) => Promise<T[]>) {
  return new DataLoader<string, T | null>(async (ids) => {
    const found = new Map((await load(ids)).map((item) => [item.id, item]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

function listsOf<T>(load: (ids: readonly string[]) => Promise<Map<string, T[]>>) {
  return new DataLoader<string, T[]>(async (ids) => {
    const found = await load(ids);
    return ids.map((id) => found.get(id) ?? []);
  });
}
