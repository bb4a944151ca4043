import { randomUUID } from 'node:crypto';
import type { AskInput, SearchInput } from './application.ts';
import { requireAsset } from './asset-at-hand.ts';
import type { Clarification, ClarificationCandidate, Conversation, Reference, Turn } from './conversation.ts';
import {
  entityCandidates,
  latestAssets,
  nearbyCandidates,
  referentCandidates,
} from './converse/candidates.ts';
import { answerEvidence, referentsOf } from './converse/referents.ts';
import { chosenInWords } from './converse/reply.ts';
import { resolveQuestion, withChosen } from './converse/resolve.ts';
import { sameName } from './converse/same-name.ts';
import type { Resolution } from './converse/talk.ts';
import type { Answer, Evidence, Page } from './domain.ts';
import { SensegraphError } from './errors.ts';
import type { Conversations } from './ports/conversations.ts';
import type { Extractor } from './ports/extractor.ts';
import type { Ledger, Projector } from './ports/ledger.ts';

/** A question that may be one of a conversation. */
export interface ConverseInput extends AskInput {
  readonly conversationId?: string;
  /** Of the clarification that the conversation waits for a reply to: its question goes on, whatever `question` says. */
  readonly candidateId?: string;
}

/** An answer, or a question back. `turn`: as it is kept, of a question of a conversation. */
export interface Conversed {
  readonly answer: Answer | null;
  readonly clarification: Clarification | null;
  readonly turn: Turn | null;
}

/** What can be done with conversations. */
export interface ConversationCalls {
  /** Asks as the next turn of a conversation, or alone. What is unclear is asked back, in a conversation, so that a reply can go on. NOT_FOUND, BAD_INPUT, and what `ask` throws. */
  converse(input: ConverseInput): Promise<Conversed>;
  startConversation(): Promise<Conversation>;
  conversation(id: string): Promise<Conversation | null>;
  /** Newest first. */
  conversations(options: { first: number; after?: string }): Promise<Page<Conversation>>;
  turn(id: string): Promise<Turn | null>;
  turns(conversationId: string, options: { first: number; after?: string }): Promise<Page<Turn>>;
  /** A copy up to that turn. NOT_FOUND. */
  forkConversation(id: string, atTurn: string): Promise<Conversation>;
  /** With its turns, and with their answers that no fork has. Null when unknown. */
  deleteConversation(id: string): Promise<{ readonly turns: number; readonly answers: number } | null>;
}

interface ConversingDeps {
  readonly ledger: Ledger;
  readonly conversations: Conversations;
  readonly extractor: Extractor;
  readonly projector: Projector;
  readonly ask: (input: AskInput) => Promise<Answer>;
  readonly search: (input: SearchInput) => Promise<Page<Evidence>>;
}

/** Characters of a question beyond which `ask` refuses it. */
const LONGEST = 2000;
/** Turns that are looked back over. */
const CONTEXT = 100;
/** Evidence among which someone or something meant is looked for. */
const NEARBY = 8;

/** Questions that follow one another: what one points back at is resolved before it is asked, and what is unclear is asked back. */
export function conversing(deps: ConversingDeps): ConversationCalls {
  const { ledger, conversations } = deps;

  async function converse(input: ConverseInput): Promise<Conversed> {
    const { conversationId, candidateId, ...rest } = input;
    const turns = conversationId === undefined ? [] : await past(conversationId);
    const asset = input.assetId === undefined ? undefined : await requireAsset(ledger, input.assetId);
    const reply = replyTo(turns.at(-1)?.clarification, input);
    const asked = reply?.question ?? input.question.trim();
    // A reply in words may say no more than a name.
    const question = input.question.trim() === '' ? (reply?.candidate?.caption ?? reply?.question ?? '') : input.question.trim();
    const chosen = reply?.candidate?.id.startsWith('Asset:') ? await requireAsset(ledger, reply.candidate.id) : asset;
    const resolved = resolveQuestion(asked, { turns, ...(chosen ? { asset: chosen } : {}) });
    const references: Reference[] = [
      ...(reply?.candidate
        ? [{ phrase: reply.phrase, id: reply.candidate.id, name: reply.candidate.caption }]
        : []),
      ...resolved.references,
    ];
    const clarification =
      asked === '' || asked.length > LONGEST ? null : resolved.kind === 'UNCLEAR' ? await unclear(resolved) : reply ? null : await named(resolved.text);
    if (clarification) {
      const kept = conversationId ?? (await startConversation()).id;
      const turn = await keep({
        conversationId: kept,
        question,
        understoodAs: null,
        references,
        clarification,
        referents: asset ? [{ id: asset.id, name: asset.title, kind: asset.modality, role: 'ASSET' }] : [],
        cites: [],
        ...(asset ? { assetId: asset.id } : {}),
      });
      return { answer: null, clarification, turn };
    }
    const assetId = chosen?.id ?? (resolved.kind === 'CLEAR' ? resolved.assetId : undefined);
    const { assetId: _, ...given } = rest;
    const answer = await deps.ask({ ...given, question: resolved.text, ...(assetId === undefined ? {} : { assetId }) });
    if (conversationId === undefined) return { answer, clarification: null, turn: null };
    const about = assetId === undefined ? undefined : ((await ledger.asset(assetId)) ?? undefined);
    const turn = await keep({
      conversationId,
      question,
      understoodAs: resolved.text,
      references,
      answerId: answer.id,
      referents: await referentsOf(answer, about, deps),
      cites: [...new Set(answerEvidence(answer).map(({ segment }) => segment.id))],
      ...(assetId === undefined ? {} : { assetId }),
    });
    return { answer, clarification: null, turn };
  }

  async function past(conversationId: string): Promise<Turn[]> {
    if (!(await conversations.conversation(conversationId)))
      throw new SensegraphError(
        'NOT_FOUND',
        `There is no conversation ${conversationId}. Start one, or ask without naming one.`,
      );
    return conversations.latest(conversationId, CONTEXT);
  }

  async function keep(turn: Omit<Turn, 'id' | 'number' | 'createdAt'>): Promise<Turn> {
    const kept = await conversations.addTurn({ ...turn, id: `Turn:${randomUUID()}`, createdAt: new Date().toISOString() });
    await deps.projector.project();
    return kept;
  }

  async function unclear(found: Extract<Resolution, { readonly kind: 'UNCLEAR' }>): Promise<Clarification> {
    const { reason, text, start, end, wanted } = found;
    const phrase = text.slice(start, end);
    const candidates =
      found.candidates.length > 0
        ? await referentCandidates(found.candidates, deps)
        : reason === 'NO_ASSET'
          ? await latestAssets(wanted, deps)
          : await nearbyCandidates(wanted, phrase, (await deps.search({ query: text, first: NEARBY })).items, deps);
    return clarificationOf({ reason, phrase, start, end, question: text, candidates });
  }

  async function named(question: string): Promise<Clarification | null> {
    const same = await sameName(question, ledger);
    if (!same) return null;
    const { start, end, entities } = same;
    const candidates = await entityCandidates(entities, deps);
    return clarificationOf({
      reason: 'SEVERAL_ENTITIES',
      phrase: question.slice(start, end),
      start,
      end,
      question,
      candidates,
    });
  }

  async function startConversation(): Promise<Conversation> {
    return afterwards(
      conversations.start({ id: `Conversation:${randomUUID()}`, createdAt: new Date().toISOString() }),
    );
  }

  async function afterwards<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    await deps.projector.project();
    return result;
  }

  return {
    converse,
    startConversation,
    conversation: (id) => conversations.conversation(id),
    conversations: (options) => conversations.list(options),
    turn: (id) => conversations.turn(id),
    turns: (id, options) => conversations.turns(id, options),
    forkConversation: (id, atTurn) =>
      afterwards(
        conversations.fork(id, atTurn, { id: `Conversation:${randomUUID()}`, createdAt: new Date().toISOString() }),
      ),
    deleteConversation: (id) => afterwards(conversations.remove(id)),
  };
}

/** Another question, rather than "here it is". */
const WHOLE = /^(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have|can|tell|describe|name)\b/i;

interface Reply {
  /** Absent where the picture that was missing came instead. */
  readonly candidate?: ClarificationCandidate;
  readonly phrase: string;
  readonly question: string;
}

/** The question that waits for a reply, with what was chosen written out. BAD_INPUT for a candidate that was not offered. */
function replyTo(
  open: Clarification | undefined,
  { question, candidateId, assetId }: ConverseInput,
): Reply | undefined {
  const candidate =
    candidateId === undefined
      ? open && chosenInWords(question, open)
      : open?.candidates.find(({ id }) => id === candidateId);
  if (candidateId !== undefined && !candidate)
    throw new SensegraphError(
      'BAD_INPUT',
      open
        ? `${candidateId} is none of the candidates of the last turn: give the id of one of them, or ask another question.`
        : 'The last turn of the conversation asked nothing back: ask without a candidate.',
    );
  if (!open) return undefined;
  const { phrase } = open;
  if (assetId !== undefined && open.reason === 'NO_ASSET' && !candidate && !WHOLE.test(question.trim()))
    return { phrase, question: open.question };
  if (!candidate || assetId !== undefined) return undefined;
  const isAsset = candidate.id.startsWith('Asset:');
  const said = /\b(?:recording|sound|noise|audio)\b/i.test(phrase) ? 'this recording' : /\b(?:film|video|movie|clip)\b/i.test(phrase) ? 'this film' : 'this picture';
  return { candidate, phrase, question: withChosen(open, isAsset ? said : candidate.caption) };
}

function clarificationOf(part: Omit<Clarification, 'text'>): Clarification {
  const { reason, phrase, candidates } = part;
  const listed = candidates.map(({ caption }) => caption).join(', ');
  const asks = {
    NO_REFERENT: `Whom or what do you mean by “${phrase}”?`,
    SEVERAL_REFERENTS: `“${phrase}” may be one of several.`,
    SEVERAL_ENTITIES: `Several are called ${phrase}.`,
    NO_ASSET: `Which do you mean by “${phrase}”? Ask with it, or choose one.`,
  }[reason];
  return { ...part, text: listed === '' ? asks : `${asks} Candidates: ${listed}.` };
}
