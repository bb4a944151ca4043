import { isPicture, type Asset, type Segment } from '../domain.ts';
import type { Ledger } from '../ports/ledger.ts';
import { sharedSeconds, timeOf } from '../time.ts';
import { momentOf } from './moment.ts';

/** Segments read of one film, and given of the film at hand. */
const MOST = 1000;
const PAGE = 200;
const AT_HAND = 20;
/** Shots given of a film that is asked about as a whole. */
const SHOTS = 8;
/** Films whose sounds are joined with what is seen at the time. */
const FILMS = 3;

/**
 * The segments of the asset at hand that a question is answered from. A film or long recording has more than can be read closely: those
 * that say words of the question, or lie at the time it names, what happens meanwhile, and shots from all over it.
 */
export async function readAtHand(
  question: string,
  asset: Asset,
  ledger: Pick<Ledger, 'segmentsOf'>,
): Promise<Segment[]> {
  const first = await ledger.segmentsOf(asset.id, { first: AT_HAND });
  const isTimed = asset.modality === 'VIDEO' || asset.modality === 'AUDIO';
  if (!isTimed || first.next === null) return [...first.items];
  const all = await readAll(asset.id, ledger);
  const words = new Set(wordsOf(question));
  const seconds = momentOf(question)?.seconds;
  const worth = (segment: Segment): number => {
    const time = timeOf(segment);
    // A named second is the whole of it.
    const isThen = seconds !== undefined && time && time.startSeconds < seconds + 1 && time.endSeconds > seconds;
    return (isThen ? 10 : 0) + wordsOf(segment.text).filter((word) => words.has(word)).length;
  };
  const fitting = all
    .map((segment) => ({ segment, worth: worth(segment) }))
    .filter((one) => one.worth > 0)
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, AT_HAND / 2)
    .map(({ segment }) => segment);
  const chosen = new Set([...fitting, ...meanwhile(fitting, all)]);
  const shots = all.filter(({ kind }) => kind === 'SHOT');
  for (let i = 0; i < Math.min(SHOTS, shots.length); i++) {
    const shot = shots[Math.floor(((i + 0.5) * shots.length) / Math.min(SHOTS, shots.length))];
    if (shot) chosen.add(shot);
  }
  for (const segment of all) {
    if (chosen.size >= 2 * AT_HAND) break;
    if (segment.kind !== 'SHOT') chosen.add(segment);
  }
  return all.filter((segment) => chosen.has(segment)).slice(0, 2 * AT_HAND);
}

/** What is seen where something was heard, and heard or written where something was seen, in the films among the best segments. */
export async function findMeanwhile(
  best: readonly { readonly segment: Segment; readonly asset: Asset }[],
  ledger: Pick<Ledger, 'segmentsOf'>,
): Promise<Segment[]> {
  const films = [...new Set(best.filter(({ asset }) => asset.modality === 'VIDEO').map(({ asset }) => asset.id))];
  const found: Segment[] = [];
  for (const film of films.slice(0, FILMS)) {
    const own = best.map(({ segment }) => segment).filter(({ assetId }) => assetId === film);
    found.push(...meanwhile(own, await readAll(film, ledger)));
  }
  const known = new Set(best.map(({ segment }) => segment.id));
  return found.filter(({ id }) => !known.has(id));
}

/** For each segment the one of another sense that shares most of its time. */
function meanwhile(own: readonly Segment[], all: readonly Segment[]): Segment[] {
  const found = new Map<string, Segment>();
  for (const segment of own) {
    let most = 0;
    let other: Segment | undefined;
    for (const candidate of all) {
      if (isPicture(candidate) === isPicture(segment) || candidate.kind === 'TEXT_LINE') continue;
      const shared = sharedSeconds(segment, candidate);
      if (shared > most) [most, other] = [shared, candidate];
    }
    if (other) found.set(other.id, other);
  }
  return [...found.values()];
}

async function readAll(assetId: string, ledger: Pick<Ledger, 'segmentsOf'>): Promise<Segment[]> {
  const all: Segment[] = [];
  let after: string | null | undefined;
  do {
    const page = await ledger.segmentsOf(assetId, { first: PAGE, ...(after ? { after } : {}) });
    all.push(...page.items);
    after = page.next;
  } while (after && all.length < MOST);
  return all;
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .map((word) => word.replace(/(?:ing|ed|s)$/, ''))
    .filter((word) => word.length > 2);
}
