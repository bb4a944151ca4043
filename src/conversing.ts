import { randomUUID } from 'node:crypto';
import type { AskInput, SearchInput } from './application.ts';
import { questionAbout, requireAsset } from './asset-at-hand.ts';
import type { Clarification, ClarificationCandidate, Conversation, Reference, Turn } from './conversation.ts';
import { entityCandidates, latestAssets, nearbyCandidates, referentCandidates } from './converse/candidates.ts';
import { answerEvidence, referentsOf } from './converse/referents.ts';
import { clarificationOf } from './converse/clarification.ts';
import { replyTo } from './converse/reply.ts';
import { resolveQuestion } from './converse/resolve.ts';
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

/** What a candidate that was chosen makes the question about. */
function assetOf(candidate: ClarificationCandidate | undefined): string | undefined {
  if (candidate?.id.startsWith('Segment:')) return candidate.evidence?.asset.id;
  return candidate?.id.startsWith('Asset:') ? candidate.id : undefined;
}

/** Questions that follow one another: what one points back at is resolved before it is asked, and what is unclear is asked back. */
export function conversing(deps: ConversingDeps): ConversationCalls {
  const { ledger, conversations } = deps;

  async function converse(input: ConverseInput): Promise<Conversed> {
    const { conversationId, candidateId: _candidate, assetId: _asset, ...given } = input;
    const turns = conversationId === undefined ? [] : await past(conversationId);
    const asset = input.assetId === undefined ? undefined : await requireAsset(ledger, input.assetId);
    const reply = replyTo(turns.at(-1)?.clarification, input);
    const words = input.question.trim();
    const asked = reply?.question ?? (words === '' && asset ? questionAbout(asset, input.choices) : words);
    if (asked === '' || asked.length > LONGEST)
      return { answer: await deps.ask({ ...given, question: asked }), clarification: null, turn: null };
    // A reply in words may say no more than a name.
    const question = words === '' ? (reply?.candidate?.caption ?? asked) : words;
    const before = reply && turns.at(-1)?.assetId;
    const chosenId = assetOf(reply?.candidate) ?? before;
    const chosen = asset ?? (chosenId === undefined ? undefined : await requireAsset(ledger, chosenId));
    const resolved = resolveQuestion(asked, { turns, ...(chosen ? { asset: chosen } : {}) });
    const references: Reference[] = [
      ...(reply?.candidate ? [{ phrase: reply.phrase, id: reply.candidate.id, name: reply.candidate.caption }] : []),
      ...resolved.references,
    ];
    const clarification =
      resolved.kind === 'UNCLEAR' ? await unclear(resolved) : reply ? null : await named(resolved.text);
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
    const kept = await conversations.addTurn({
      ...turn,
      id: `Turn:${randomUUID()}`,
      createdAt: new Date().toISOString(),
    });
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
    return afterwards(conversations.start({ id: `Conversation:${randomUUID()}`, createdAt: new Date().toISOString() }));
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
