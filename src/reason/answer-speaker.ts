import type { Asset, Evidence } from '../domain.ts';
import { evidenceAt } from '../retrieve/evidence.ts';
import type { Considered } from './consider.ts';
import type { Found } from './found.ts';
import { verdict } from './verdict.ts';
import { normalName } from './words.ts';

const ASKS_WHO =
  /^\W*(?:who|whose)\b.*\b(?:speak(?:s|ing|er)?|talk(?:s|ing)?|voices?|spoken|narrat\w+|reads? aloud)\b/i;
const ASKS_SAME =
  /\bsame (?:person|speaker|voice|man|woman|people|speakers)\b.*\b(?:speak\w*|talk\w*|heard?|voice|recordings?|say|says|in)\b/i;
/** A voice is told rightly this often at the threshold of its linking (see the card of the voice encoder). */
const CONFIDENCE = 0.8;

/** A recording and whose voices are heard in it. */
interface Recording {
  readonly asset: Asset;
  /** Evidence by the speaker's node. */
  readonly speakers: ReadonlyMap<string, Evidence[]>;
}

/**
 * Answers who speaks in a recording, and whether the same person speaks in two, from the graph's voices. Null for any
 * other question, and where no voice is told.
 */
export function answerSpeaker({ retrieval }: Considered): Found | null {
  const { text, asset } = retrieval.question;
  const [who, same] = [ASKS_WHO.test(text), ASKS_SAME.test(text)];
  if (!who && !same) return null;
  const recordings = recordingsOf(retrieval).filter(
    (one) => one.asset.id === asset?.id || isNamed(one.asset.title, text),
  );
  const [first, second] = recordings;
  if (same && first && second) return compare(first, second, retrieval.nodes);
  if (!who || !first || recordings.length > 1) return null;
  const names = [...first.speakers.keys()].map((id) => retrieval.nodes.get(id)?.caption ?? id);
  const evidence = [...first.speakers.values()].flatMap((own) => own.slice(0, 1));
  const said = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const verb = names.length === 1 ? 'speaks' : 'speak';
  return {
    shortAnswer: names.join(', '),
    text: `${said} ${verb} in ${first.asset.title}.`,
    confidence: CONFIDENCE,
    evidence,
  };
}

function compare(a: Recording, b: Recording, nodes: Considered['retrieval']['nodes']): Found {
  const shared = [...a.speakers.keys()].filter((id) => b.speakers.has(id));
  const cited = shared.length > 0 ? shared : [...a.speakers.keys(), ...b.speakers.keys()];
  const evidence = [a, b].flatMap(({ speakers }) => cited.flatMap((id) => (speakers.get(id) ?? []).slice(0, 1)));
  const names = shared.map((id) => nodes.get(id)?.caption ?? id).join(', ');
  const why = shared.length > 0 ? `${names} speaks in both` : 'their voices are different';
  return verdict(shared.length > 0, why, CONFIDENCE, evidence);
}

/** Recordings at hand in which a voice is told, those of the best segments first. */
function recordingsOf({ segments, edges }: Considered['retrieval']): Recording[] {
  const speaking = Map.groupBy(
    edges.filter(({ properties }) => properties['method'] === 'SPEAKS'),
    ({ from }) => from,
  );
  const recordings = new Map<string, { asset: Asset; speakers: Map<string, Evidence[]> }>();
  for (const ranked of segments) {
    for (const { to } of speaking.get(ranked.segment.id) ?? []) {
      const own = recordings.get(ranked.asset.id) ?? { asset: ranked.asset, speakers: new Map() };
      recordings.set(ranked.asset.id, own);
      own.speakers.set(to, [...(own.speakers.get(to) ?? []), evidenceAt(ranked, -1)]);
    }
  }
  return [...recordings.values()];
}

/** Whether the question names the recording by its title, with or without the ending of a file's name. */
function isNamed(title: string, question: string): boolean {
  const [asked, name] = [` ${normalName(question)} `, normalName(title.replace(/\.\w{2,5}$/, ''))];
  return name !== '' && asked.includes(` ${name} `);
}
