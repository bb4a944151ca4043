import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Asset as AssetModel, Segment as SegmentModel, Reading as ReadingModel, Entity as EntityModel, Mention as MentionModel, Merge as MergeModel, Evidence as EvidenceModel, EvidencePath as EvidencePathModel, Hop as HopModel, Step as StepModel, Claim as ClaimModel, Answer as AnswerModel, Job as JobModel, Locator as LocatorModel, UserError as UserErrorModel } from '../domain.ts';
import type { Conversation as ConversationModel, Turn as TurnModel, Reference as ReferenceModel, Clarification as ClarificationModel, ClarificationCandidate as ClarificationCandidateModel } from '../conversation.ts';
import type { IngestItemState, ProjectionState as ProjectionStateModel } from '../ports/ledger.ts';
import type { GraphEdge as GraphEdgeModel } from '../ports/graph-store.ts';
import type { MeasuredNode } from './measured-node.ts';
import type { Grounding as GroundingModel } from '../draw/grounding.ts';
import type { Stated as StatedModel } from '../retrieve/stated.ts';
import type { SimilarEntity as SimilarEntityModel } from '../similar-entities.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A number of bytes: larger than GraphQL's Int may grow. */
  ByteCount: { input: number; output: number; }
  /** An instant, RFC 3339, UTC. */
  DateTime: { input: string; output: string; }
  /** Any JSON object. */
  JSONObject: { input: Readonly<Record<string, unknown>>; output: Readonly<Record<string, unknown>>; }
};

/** An answer with its steps and paths. */
export type Answer = Node & {
  readonly __typename?: 'Answer';
  /** True when nothing was sure enough to say, or nothing bears what would be said. */
  readonly abstained: Scalars['Boolean']['output'];
  /** The picture, recording or text that it was asked about. */
  readonly asset?: Maybe<Asset>;
  /** How sure, 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
  /** When it was asked. */
  readonly createdAt: Scalars['DateTime']['output'];
  /**
   * Where the answer points at, picture by picture, the picture asked about first; none where it rests on no picture. Frames
   * of films and pages of documents are not drawn.
   */
  readonly grounding: ReadonlyArray<Grounding>;
  /** `Answer:` and a number of its own. */
  readonly id: Scalars['ID']['output'];
  /** The best paths from the question to the evidence. */
  readonly paths: ReadonlyArray<EvidencePath>;
  /** What was asked. */
  readonly question: Scalars['String']['output'];
  /** The answer itself, short; null when the graph does not hold it. */
  readonly shortAnswer?: Maybe<Scalars['String']['output']>;
  /** The four steps. */
  readonly steps: ReadonlyArray<Step>;
  /** A full sentence; null when the graph does not hold the answer. */
  readonly text?: Maybe<Scalars['String']['output']>;
  /** What of it still stands, looked up again now. */
  readonly verification: Verification;
  /**
   * What would change the answer: the next best one, on other evidence, that another says the same, or that it rests on one place alone; where nothing
   * is said, what a text would have to tell. Null where nothing is near the question. It is no part of the verification.
   */
  readonly wouldChange?: Maybe<Claim>;
};

/** A step as it is ready, then the answer. */
export type AnswerEvent = {
  readonly __typename?: 'AnswerEvent';
  /** The whole answer, last. */
  readonly answer?: Maybe<Answer>;
  /** A question back instead of an answer, last. */
  readonly clarification?: Maybe<Clarification>;
  /** A step that is ready. */
  readonly step?: Maybe<Step>;
  /** With the last: the turn as it is kept; null without a conversation. */
  readonly turn?: Maybe<Turn>;
};

/** A question. */
export type AskInput = {
  /** A picture, recording, film or text that it is about ("this picture"). */
  readonly asset?: InputMaybe<Scalars['ID']['input']>;
  /** Id of a candidate of the clarification in the conversation's last turn: that turn's question goes on with it. */
  readonly candidate?: InputMaybe<Scalars['ID']['input']>;
  /** Given answers to choose among, 2 to 20. */
  readonly choices?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The conversation that it goes on with: "it", "she", "the second picture" are what that spoke of. */
  readonly conversation?: InputMaybe<Scalars['ID']['input']>;
  /** Below this confidence nothing is said, 0 to 1. */
  readonly minConfidence?: InputMaybe<Scalars['Float']['input']>;
  /**
   * The question in words, at most 2,000 characters. Empty where `candidate` replies for it; with an `asset` and nothing
   * said it is what that shows, lets one hear or tells, or, of a picture with `choices`, which caption fits.
   */
  readonly question: Scalars['String']['input'];
  /**
   * Chains of thought that the language model writes, 1 to 8: the answer that most of them come to counts, and how many do goes
   * into the confidence. Each costs as much as a question. Without a language model it changes nothing.
   */
  readonly samples?: InputMaybe<Scalars['Int']['input']>;
};

/** Result of `ask`. */
export type AskPayload = {
  readonly __typename?: 'AskPayload';
  /** The answer; null when the question was refused or is unclear. */
  readonly answer?: Maybe<Answer>;
  /** A question back, where the question may mean several things, or one that is missing. */
  readonly clarification?: Maybe<Clarification>;
  /** The turn as it is kept; null without a conversation. A clarification starts one. */
  readonly turn?: Maybe<Turn>;
  /** Why the question was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Something that entities have in common, or in which they differ. */
export type Aspect = {
  readonly __typename?: 'Aspect';
  /** Which kind of aspect. */
  readonly kind: AspectKind;
  /** What it is about, e.g. `born in`. */
  readonly label: Scalars['String']['output'];
  /** Those of the entities for which it is known, two at least. */
  readonly sides: ReadonlyArray<ComparedSide>;
  /** The aspect with each side's value. */
  readonly text: Scalars['String']['output'];
};

/** What entities are held against each other by. */
export type AspectKind =
  /** What they are joined with, or passages that name several of them. */
  | 'COMPANY'
  /** The date of the same doing of each. */
  | 'DATE'
  /** What kind of thing each is. */
  | 'KIND'
  /** A quantity of the same unit and verb of each. */
  | 'QUANTITY'
  /** A verb that joins each with something. */
  | 'RELATION';

/** One ingested thing. Its id is the hash of its bytes: the same bytes are the same asset. */
export type Asset = Node & {
  readonly __typename?: 'Asset';
  /** Number of bytes. */
  readonly byteSize: Scalars['ByteCount']['output'];
  /** When it was ingested. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Length of the recording. */
  readonly durationSeconds?: Maybe<Scalars['Float']['output']>;
  /** Pixels of the upright picture. */
  readonly height?: Maybe<Scalars['Int']['output']>;
  /** `Asset:` and the SHA-256 of the bytes. */
  readonly id: Scalars['ID']['output'];
  /** Media type, by its content. */
  readonly mediaType: Scalars['String']['output'];
  /** What it is made of. */
  readonly modality: Modality;
  /** Pages of the document. */
  readonly pages?: Maybe<Scalars['Int']['output']>;
  /** Its parts, in order. */
  readonly segments: SegmentConnection;
  /** Path on this server of a small JPEG (at most 256 pixels on its longer side); null for what is no picture. */
  readonly thumbnailUrl?: Maybe<Scalars['String']['output']>;
  /** Given by its sender, its first heading, or its file name. */
  readonly title: Scalars['String']['output'];
  /** Path of its bytes on this server. */
  readonly url: Scalars['String']['output'];
  /** Pixels of the upright picture. */
  readonly width?: Maybe<Scalars['Int']['output']>;
};


/** One ingested thing. Its id is the hash of its bytes: the same bytes are the same asset. */
export type AssetSegmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of assets. */
export type AssetConnection = {
  readonly __typename?: 'AssetConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<AssetEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Asset>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** An asset of a page. */
export type AssetEdge = {
  readonly __typename?: 'AssetEdge';
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The asset. */
  readonly node: Asset;
};

/** A claim, looked up again. */
export type CheckedClaim = {
  readonly __typename?: 'CheckedClaim';
  /** Its evidence. */
  readonly evidence: ReadonlyArray<CheckedEvidence>;
  /** Whether it has evidence and all of it holds. */
  readonly holds: Scalars['Boolean']['output'];
  /** The step that makes it. */
  readonly step: StepKind;
  /** The claim. */
  readonly text: Scalars['String']['output'];
};

/** A piece of evidence, looked up again. */
export type CheckedEvidence = {
  readonly __typename?: 'CheckedEvidence';
  /** As it was when the answer was given. */
  readonly evidence: Evidence;
  /** Whether it is still there, word for word and in its place. */
  readonly holds: Scalars['Boolean']['output'];
  /** What is wrong with it. */
  readonly problems: ReadonlyArray<EvidenceProblem>;
};

/** A hop, walked again. */
export type CheckedHop = {
  readonly __typename?: 'CheckedHop';
  /** Whether both nodes, the relation and its evidence are there. */
  readonly holds: Scalars['Boolean']['output'];
  /** As it was when the answer was given. */
  readonly hop: Hop;
  /** What is wrong with it. */
  readonly problems: ReadonlyArray<EvidenceProblem>;
};

/** A path, walked again. */
export type CheckedPath = {
  readonly __typename?: 'CheckedPath';
  /** Whether every hop holds. */
  readonly holds: Scalars['Boolean']['output'];
  /** Its hops. */
  readonly hops: ReadonlyArray<CheckedHop>;
  /** The path's id. */
  readonly id: Scalars['ID']['output'];
  /** The hops in words. */
  readonly summary: Scalars['String']['output'];
};

/** A sentence with what it rests on. */
export type Claim = {
  readonly __typename?: 'Claim';
  /** What it rests on. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** The sentence. */
  readonly text: Scalars['String']['output'];
};

/** A question back, instead of a guess. Reply by `ask` in the same conversation with a `candidate`, or in words. */
export type Clarification = {
  readonly __typename?: 'Clarification';
  /** What may be meant, at most 6; none where nothing is near. */
  readonly candidates: ReadonlyArray<ClarificationCandidate>;
  /** The words that are unclear. */
  readonly phrase: Scalars['String']['output'];
  /** Why. */
  readonly reason: ClarificationReason;
  /** The question back, in words. */
  readonly text: Scalars['String']['output'];
};

/** One thing that may be meant. */
export type ClarificationCandidate = {
  readonly __typename?: 'ClarificationCandidate';
  /** What it is called. */
  readonly caption: Scalars['String']['output'];
  /** Where it is seen (the picture is at `asset { url }`, with the box), heard (with the time) or named (with the passage). */
  readonly evidence?: Maybe<Evidence>;
  /** Give it as `candidate` to choose it. */
  readonly id: Scalars['ID']['output'];
  /** The entity or asset; null when it is gone. */
  readonly node?: Maybe<Node>;
};

/** Why a question can't be answered as it is. */
export type ClarificationReason =
  /** It is about a picture or recording, and there is none. */
  | 'NO_ASSET'
  /** Nothing was spoken of that the words could mean. */
  | 'NO_REFERENT'
  /** Several answer to the name. */
  | 'SEVERAL_ENTITIES'
  /** Several things were spoken of that they could mean. */
  | 'SEVERAL_REFERENTS';

/** Entities that belong together by who is joined to whom, with what is said of them. */
export type Community = {
  readonly __typename?: 'Community';
  /** The sentences in the middle of what is said that together name its main entities, at most 4, each with its place. */
  readonly claims: ReadonlyArray<Claim>;
  /** The most central of them, at most 20. */
  readonly entities: ReadonlyArray<Entity>;
  /** Names its most central entity and where it was looked for: `community(id)` gives the community that this entity is in then. */
  readonly id: Scalars['ID']['output'];
  /** How many entities it has. */
  readonly size: Scalars['Int']['output'];
  /** The claims in a row. */
  readonly text: Scalars['String']['output'];
  /** Its most central entities. */
  readonly title: Scalars['String']['output'];
};

/** A page of communities. */
export type CommunityConnection = {
  readonly __typename?: 'CommunityConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<CommunityEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Community>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A community of a page. */
export type CommunityEdge = {
  readonly __typename?: 'CommunityEdge';
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The community. */
  readonly node: Community;
};

/** One entity's part of a comparison. */
export type ComparedSide = {
  readonly __typename?: 'ComparedSide';
  /** The entity. */
  readonly entity: Entity;
  /** What says so; never none. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** What holds for it. */
  readonly value: Scalars['String']['output'];
};

/** What entities share and where they differ. */
export type Comparison = {
  readonly __typename?: 'Comparison';
  /** In what two or more of them differ, at most 20. */
  readonly different: ReadonlyArray<Aspect>;
  /** The entities, in the order asked. */
  readonly entities: ReadonlyArray<Entity>;
  /** What two or more of them have in common, at most 20. */
  readonly shared: ReadonlyArray<Aspect>;
  /** The aspects in a row. */
  readonly text: Scalars['String']['output'];
};

/** Questions that follow one another. */
export type Conversation = Node & {
  readonly __typename?: 'Conversation';
  /** When it was started. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The turn, of another conversation, up to which this one is a copy; null for any other, and when that is gone. */
  readonly forkedFrom?: Maybe<Turn>;
  /** `Conversation:` and a number of its own. */
  readonly id: Scalars['ID']['output'];
  /** The first question; empty until it is asked. */
  readonly title: Scalars['String']['output'];
  /** How many turns it has. */
  readonly turnCount: Scalars['Int']['output'];
  /** The turns in their order. */
  readonly turns: TurnConnection;
};


/** Questions that follow one another. */
export type ConversationTurnsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of conversations. */
export type ConversationConnection = {
  readonly __typename?: 'ConversationConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<ConversationEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Conversation>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A conversation of a page. */
export type ConversationEdge = {
  readonly __typename?: 'ConversationEdge';
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The conversation. */
  readonly node: Conversation;
};

/** Result of `startConversation` and `forkConversation`. */
export type ConversationPayload = {
  readonly __typename?: 'ConversationPayload';
  /** The conversation; null when nothing was done. */
  readonly conversation?: Maybe<Conversation>;
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How exactly a text tells a date. */
export type DatePrecision =
  /** To a hundred years. */
  | 'CENTURY'
  /** To the day. */
  | 'DAY'
  /** To ten years. */
  | 'DECADE'
  /** To the month. */
  | 'MONTH'
  /** A season of a year: anywhere in that year, as seasons have other months in the south. */
  | 'SEASON'
  /** To the year. */
  | 'YEAR';

/** The days that a date may be. */
export type DateRange = {
  readonly __typename?: 'DateRange';
  /** The first day it may be, ISO 8601; the year 0000 is 1 BC. */
  readonly from: Scalars['String']['output'];
  /** How exactly the text tells it. */
  readonly precision: DatePrecision;
  /** As it is written. */
  readonly text: Scalars['String']['output'];
  /** The last day it may be, ISO 8601. */
  readonly to: Scalars['String']['output'];
};

/** Result of `deleteConversation`. */
export type DeleteConversationPayload = {
  readonly __typename?: 'DeleteConversationPayload';
  /** Answers deleted: those that no fork has. */
  readonly answers: Scalars['Int']['output'];
  /** The conversation's id; null when nothing was deleted. */
  readonly deletedId?: Maybe<Scalars['ID']['output']>;
  /** Turns deleted. */
  readonly turns: Scalars['Int']['output'];
  /** Why nothing was deleted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Result of deleting an asset. */
export type DeletePayload = {
  readonly __typename?: 'DeletePayload';
  /** Id of the asset that is gone; null when it was not there. */
  readonly deletedId?: Maybe<Scalars['ID']['output']>;
  /** Entities that nothing else names. */
  readonly entities: Scalars['Int']['output'];
  /** Mentions that went with it. */
  readonly mentions: Scalars['Int']['output'];
  /** Relations that nothing else supports. */
  readonly relations: Scalars['Int']['output'];
  /** Segments that went with it. */
  readonly segments: Scalars['Int']['output'];
  /** Why nothing was deleted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** One thing in the world, resolved across modalities and files. */
export type Entity = Node & {
  readonly __typename?: 'Entity';
  /** Other names it goes by. */
  readonly aliases: ReadonlyArray<Scalars['String']['output']>;
  /** `Entity:` and a hash. */
  readonly id: Scalars['ID']['output'];
  /** What it is. */
  readonly kind: EntityKind;
  /** Where it is named, seen or heard, strongest first. */
  readonly mentions: MentionConnection;
  /** Names that were taken for it, and why. */
  readonly merges: ReadonlyArray<Merge>;
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** WordNet 3.1 noun synset, where it is a concept known there. */
  readonly synset?: Maybe<Scalars['Int']['output']>;
};


/** One thing in the world, resolved across modalities and files. */
export type EntityMentionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of entities. */
export type EntityConnection = {
  readonly __typename?: 'EntityConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<EntityEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Entity>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** An entity of a page. */
export type EntityEdge = {
  readonly __typename?: 'EntityEdge';
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The entity. */
  readonly node: Entity;
};

/** What an entity is. */
export type EntityKind =
  /** A kind of thing, named in text or seen in a picture. */
  | 'CONCEPT'
  /** A date. */
  | 'DATE'
  /** An event. */
  | 'EVENT'
  /** A proper name whose kind the text does not tell. */
  | 'NAME'
  /** An organisation. */
  | 'ORGANISATION'
  /** A person. */
  | 'PERSON'
  /** A place. */
  | 'PLACE'
  /** A number with its unit. */
  | 'QUANTITY'
  /** A work: a book, a film, a painting. */
  | 'WORK';

/** Result of a change to an entity. */
export type EntityPayload = {
  readonly __typename?: 'EntityPayload';
  /** The entity as it is now; null when nothing changed. */
  readonly entity?: Maybe<Entity>;
  /** Why nothing changed. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Something an answer rests on. */
export type Evidence = {
  readonly __typename?: 'Evidence';
  /** The asset. */
  readonly asset: Asset;
  /** Path on this server that gives the picture as PNG with this evidence's box drawn on it; null where it is on no picture. */
  readonly drawingUrl?: Maybe<Scalars['String']['output']>;
  /** Identity. */
  readonly id: Scalars['ID']['output'];
  /** Exactly where. */
  readonly locator: Locator;
  /** The words there: sentence, line, transcript, labels. */
  readonly quote: Scalars['String']['output'];
  /** The reading it comes from, where it is no text. */
  readonly reading?: Maybe<Reading>;
  /** How well it fits, 0 to 1. */
  readonly score: Scalars['Float']['output'];
  /** The part of the asset. */
  readonly segment: Segment;
};

/** A page of evidence. */
export type EvidenceConnection = {
  readonly __typename?: 'EvidenceConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<EvidenceEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Evidence>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** Evidence of a page. */
export type EvidenceEdge = {
  readonly __typename?: 'EvidenceEdge';
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The evidence. */
  readonly node: Evidence;
};

/** Ordered hops from the question to the answer. */
export type EvidencePath = {
  readonly __typename?: 'EvidencePath';
  /** The hops. */
  readonly hops: ReadonlyArray<Hop>;
  /** Identity. */
  readonly id: Scalars['ID']['output'];
  /** How well it joins question and evidence. */
  readonly score: Scalars['Float']['output'];
  /** The hops in words. */
  readonly summary: Scalars['String']['output'];
};

/** Why something that an answer rests on no longer bears it. */
export type EvidenceProblem =
  /** The asset was deleted. */
  | 'ASSET_GONE'
  /** The asset's bytes are missing, or are not those that were ingested. */
  | 'BYTES_LOST'
  /** The relation between the two nodes is gone. */
  | 'EDGE_GONE'
  /** A node of the path is gone. */
  | 'NODE_GONE'
  /** The place lies outside the asset, or other words stand there. */
  | 'PLACE_WRONG'
  /** The words quoted no longer stand in that part. */
  | 'QUOTE_CHANGED'
  /** What a model read there is gone or reads otherwise. */
  | 'READING_GONE'
  /** The part of the asset is no longer there. */
  | 'SEGMENT_GONE';

/** What an entity is, as far as what was ingested tells. */
export type Explanation = {
  readonly __typename?: 'Explanation';
  /**
   * The sentences that say most of it, then where it is seen and heard, each with its evidence: at most 4 sentences, and 3
   * places of each sense.
   */
  readonly claims: ReadonlyArray<Claim>;
  /** The entity. */
  readonly entity: Entity;
  /** Of what it is named, seen or heard in. */
  readonly modalities: ReadonlyArray<Modality>;
  /** Its strongest relations, strongest first. */
  readonly relations: ReadonlyArray<StatedRelation>;
  /** The claims in a row. */
  readonly text: Scalars['String']['output'];
};

/** An edge as the graph holds it. */
export type GraphEdge = {
  readonly __typename?: 'GraphEdge';
  /** Id of the node it leaves. */
  readonly from: Scalars['ID']['output'];
  /** Identity. */
  readonly id: Scalars['ID']['output'];
  /** The verb, of a relation. */
  readonly predicate?: Maybe<Scalars['String']['output']>;
  /** Id of the node it reaches. */
  readonly to: Scalars['ID']['output'];
  /** `HAS_SEGMENT`, `MENTIONS`, `ABOUT`, `IS_A`, `RELATES_TO` or `CO_OCCURS`. */
  readonly type: Scalars['String']['output'];
  /** Strength, 0 to 1. */
  readonly weight: Scalars['Float']['output'];
};

/** A node as the graph holds it. */
export type GraphNode = {
  readonly __typename?: 'GraphNode';
  /** What a person reads on it. */
  readonly caption: Scalars['String']['output'];
  /**
   * Which nodes given with it belong together, by who is joined to whom (Louvain): the number of its community, 0 the
   * largest. Null where it was not given with a neighbourhood.
   */
  readonly community?: Maybe<Scalars['Int']['output']>;
  /** Global id. */
  readonly id: Scalars['ID']['output'];
  /** `Asset`, `Segment` or `Entity`. */
  readonly label: Scalars['String']['output'];
  /** What else the graph holds of it. */
  readonly properties: Scalars['JSONObject']['output'];
  /**
   * How central it is among the nodes given with it: its PageRank there, of all of which the sum is 1. Null where it was
   * not given with a neighbourhood.
   */
  readonly rank?: Maybe<Scalars['Float']['output']>;
};

/** A place of a picture that an answer rests on, as it is drawn. */
export type GroundedBox = {
  readonly __typename?: 'GroundedBox';
  /** What is there: labels, the line read. It is not drawn, so that it can be in any script: show it as the number's legend. */
  readonly caption: Scalars['String']['output'];
  /** Colour of the box and its number, `#rrggbb`. */
  readonly colour: Scalars['String']['output'];
  /** What of the answer's evidence is there. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** The number drawn beside the box, from 1. */
  readonly number: Scalars['Int']['output'];
  /** Where, in pixels of the original held upright. */
  readonly region: ImageRegion;
};

/** Where a phrase is in a picture. */
export type GroundedPhrase = {
  readonly __typename?: 'GroundedPhrase';
  /** The model that found it. */
  readonly model: Scalars['String']['output'];
  /** Version of that model. */
  readonly modelVersion: Scalars['String']['output'];
  /** The box around it. */
  readonly region: ImageRegion;
  /** How sure the model is, 0 to 1, on a scale of its own. */
  readonly score: Scalars['Float']['output'];
};

/** Where an answer points at in one picture. */
export type Grounding = {
  readonly __typename?: 'Grounding';
  /** The picture. */
  readonly asset: Asset;
  /** The boxes, at most 20: those that the answer itself rests on, else those of the steps before it, else the picture's frame. */
  readonly boxes: ReadonlyArray<GroundedBox>;
  /**
   * Path on this server that gives the picture as PNG with the boxes drawn on it, for whoever may read the picture: at most
   * 2.56 million pixels, a small picture enlarged.
   */
  readonly url: Scalars['String']['output'];
};

/** State of the server. */
export type Health = {
  readonly __typename?: 'Health';
  /** Rows by table. */
  readonly counts: Scalars['JSONObject']['output'];
  /** The change to another text model that is under way; null when there is none. */
  readonly migration?: Maybe<ModelMigration>;
  /** The encoders. */
  readonly models: ReadonlyArray<Model>;
  /** True when the stores answer. */
  readonly ok: Scalars['Boolean']['output'];
  /** How far the graph is behind the ledger. */
  readonly projection: ProjectionState;
  /** Version of Sensegraph. */
  readonly version: Scalars['String']['output'];
};

/** Result of `hear`. */
export type HearPayload = {
  readonly __typename?: 'HearPayload';
  /** The words; null when nothing was understood. */
  readonly heard?: Maybe<HeardQuestion>;
  /** Why nothing was. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What was said in a recording that is a question. */
export type HeardQuestion = {
  readonly __typename?: 'HeardQuestion';
  /** The model that heard them. */
  readonly model: Model;
  /** Its words, to be asked as they are or shown first. */
  readonly text: Scalars['String']['output'];
};

/** One step of a path. */
export type Hop = {
  readonly __typename?: 'Hop';
  /** What supports it. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** The node it leaves; null when it is gone. */
  readonly from?: Maybe<Node>;
  /** Caption of that node when the path was found. */
  readonly fromCaption: Scalars['String']['output'];
  /** The relation taken. */
  readonly predicate: Scalars['String']['output'];
  /** Strength, 0 to 1. */
  readonly score: Scalars['Float']['output'];
  /** The node it reaches; null when it is gone. */
  readonly to?: Maybe<Node>;
  /** Caption of that node when the path was found. */
  readonly toCaption: Scalars['String']['output'];
};

/** A box on a picture, in pixels of the original held upright, origin top left; on a page of a document, in points (1/72 inch). */
export type ImageRegion = {
  readonly __typename?: 'ImageRegion';
  /** Height. */
  readonly height: Scalars['Float']['output'];
  /** Page of the document, from 1; null on a picture. */
  readonly page?: Maybe<Scalars['Int']['output']>;
  /** Width. */
  readonly width: Scalars['Float']['output'];
  /** Left edge. */
  readonly x: Scalars['Float']['output'];
  /** Upper edge. */
  readonly y: Scalars['Float']['output'];
};

/** One thing to ingest: a text, or a file that was uploaded. */
export type IngestItemInput = {
  /** Its name, when it is no upload. */
  readonly fileName?: InputMaybe<Scalars['String']['input']>;
  /** The text itself. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** A title; otherwise its first heading or its file name. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /** Id of an upload that has its bytes. */
  readonly uploadId?: InputMaybe<Scalars['ID']['input']>;
};

/** What became of one item. */
export type IngestItemResult = {
  readonly __typename?: 'IngestItemResult';
  /** Id of the asset it is or will be; null when it was refused. */
  readonly assetId?: Maybe<Scalars['ID']['output']>;
  /** True when these bytes were known: nothing is done again. */
  readonly duplicate: Scalars['Boolean']['output'];
  /** Its place in the call. */
  readonly ordinal: Scalars['Int']['output'];
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Result of `ingest`. */
export type IngestPayload = {
  readonly __typename?: 'IngestPayload';
  /** One result an item, in order. */
  readonly items: ReadonlyArray<IngestItemResult>;
  /** The work; null when there is none to do. */
  readonly job?: Maybe<Job>;
  /** Why the whole call was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Durable work: it goes on after a restart. */
export type Job = Node & {
  readonly __typename?: 'Job';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Items done. */
  readonly done: Scalars['Int']['output'];
  /** Items that failed or were refused. */
  readonly failed: Scalars['Int']['output'];
  /** When it ended. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** `Job:` and a number of its own. */
  readonly id: Scalars['ID']['output'];
  /** Its items; failed ones say why. */
  readonly items: ReadonlyArray<JobItem>;
  /** How far it is. */
  readonly state: JobState;
  /** Items in it. */
  readonly total: Scalars['Int']['output'];
};

/** A change of a job. */
export type JobEvent = {
  readonly __typename?: 'JobEvent';
  /** The job as it is now. */
  readonly job: Job;
};

/** One item of a job. */
export type JobItem = {
  readonly __typename?: 'JobItem';
  /** The asset it became. */
  readonly asset?: Maybe<Asset>;
  /** Its place in the call. */
  readonly ordinal: Scalars['Int']['output'];
  /** How far it is. */
  readonly state: JobItemState;
  /** Why it failed. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How far an item is. */
export type JobItemState =
  /** It is an asset. */
  | 'DONE'
  /** It could not be ingested. */
  | 'FAILED'
  /** It waits. */
  | 'QUEUED';

/** Result of `cancelJob`. */
export type JobPayload = {
  readonly __typename?: 'JobPayload';
  /** The job as it is now. */
  readonly job?: Maybe<Job>;
  /** Why nothing was cancelled. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How far a job is. */
export type JobState =
  /** It was stopped. */
  | 'CANCELLED'
  /** All of its items are done or failed. */
  | 'COMPLETED'
  /** It waits. */
  | 'QUEUED'
  /** It runs. */
  | 'RUNNING';

/** Where in its asset a thing is. */
export type Locator = ImageRegion | TextSpan | TimeSpan | VideoSpan;

/** What a model says that looks at one picture and at nothing else: no graph, no other file. */
export type Look = {
  readonly __typename?: 'Look';
  /** The given answers in their order; empty without. */
  readonly choices: ReadonlyArray<WeighedChoice>;
  /** The model that looked. */
  readonly model: Model;
  /** Of the answer among those given; without them, the mean probability of its words' tokens. 0 to 1. */
  readonly probability: Scalars['Float']['output'];
  /** A caption, an answer in free words, or the likeliest of the given answers. */
  readonly text: Scalars['String']['output'];
};

/** A segment that names, shows or says an entity. */
export type Mention = {
  readonly __typename?: 'Mention';
  /** What. */
  readonly entity?: Maybe<Entity>;
  /** Identity. */
  readonly id: Scalars['ID']['output'];
  /** Exactly where. */
  readonly locator: Locator;
  /** How. */
  readonly method: MentionMethod;
  /** Confidence, 0 to 1. */
  readonly score: Scalars['Float']['output'];
  /** Where. */
  readonly segment?: Maybe<Segment>;
  /** The words there. */
  readonly surface: Scalars['String']['output'];
};

/** A page of mentions. */
export type MentionConnection = {
  readonly __typename?: 'MentionConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<MentionEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Mention>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A mention of a page. */
export type MentionEdge = {
  readonly __typename?: 'MentionEdge';
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The mention. */
  readonly node: Mention;
};

/** How an entity is mentioned. */
export type MentionMethod =
  /** Seen in a picture. */
  | 'DEPICTED'
  /** Heard in a recording. */
  | 'HEARD'
  /** Named in text. */
  | 'NAMED'
  /** Named in a line read in a picture. */
  | 'READ'
  /** Its voice: who speaks there, the same entity in every recording of that voice. */
  | 'SPEAKS'
  /** The asset's title names it. */
  | 'TITLE';

/** A name that was taken for an entity; `splitEntity` undoes it. */
export type Merge = {
  readonly __typename?: 'Merge';
  /** When. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The name as it would have been an entity of its own. */
  readonly fromName: Scalars['String']['output'];
  /** Identity. */
  readonly id: Scalars['ID']['output'];
  /** Why. */
  readonly reason: MergeReason;
  /** How sure, 0 to 1. */
  readonly score: Scalars['Float']['output'];
};

/** Why two names are one entity. */
export type MergeReason =
  /** A name known as an alias. */
  | 'ALIAS'
  /** The same normal form, one of a kind that was not told. */
  | 'EXACT'
  /** Somebody said so. */
  | 'MANUAL'
  /** Nearly the same spelling. */
  | 'TRIGRAM'
  /** The same by their vectors. */
  | 'VECTOR';

/** What an asset is made of. */
export type Modality =
  /** A recording. */
  | 'AUDIO'
  /** A document with pages. */
  | 'DOCUMENT'
  /** A picture. */
  | 'IMAGE'
  /** Plain text or Markdown. */
  | 'TEXT'
  /** A film. */
  | 'VIDEO';

/** An encoder. */
export type Model = {
  readonly __typename?: 'Model';
  /** Execution provider really in use (`cpu`, `cuda`), or `not loaded` before its first use. */
  readonly device: Scalars['String']['output'];
  /** Name. */
  readonly id: Scalars['String']['output'];
  /** Licence of its weights. */
  readonly licence: Scalars['String']['output'];
  /** Whether it is in memory: each is loaded at its first use. */
  readonly loaded: Scalars['Boolean']['output'];
  /** Version of its weights. */
  readonly version: Scalars['String']['output'];
};

/** A change of the text model: everything is embedded anew while the old model answers. */
export type ModelMigration = {
  readonly __typename?: 'ModelMigration';
  /** Assets that are embedded anew. */
  readonly done: Scalars['Int']['output'];
  /** The space that answers. */
  readonly from: Space;
  /** The space that is being filled. */
  readonly to: Space;
  /** Assets. */
  readonly total: Scalars['Int']['output'];
};

/** What can be changed. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Asks, and keeps the answer. */
  readonly ask: AskPayload;
  /** Stops a job; what is done stays. */
  readonly cancelJob: JobPayload;
  /** A one-time URL that takes a file's bytes by PUT; then name the upload in `ingest`. */
  readonly createUpload: UploadPayload;
  /** Deletes an asset with its segments, readings, vectors, mentions and bytes, and what only it supported. */
  readonly deleteAsset: DeletePayload;
  /** Deletes a conversation with its turns, their answers that no fork has, and all that the graph has of it. */
  readonly deleteConversation: DeleteConversationPayload;
  /** Copies a conversation up to one of its turns, to go on from there otherwise. */
  readonly forkConversation: ConversationPayload;
  /** Writes down a spoken question of at most 60 seconds, for `ask`. The recording is not ingested; the upload is gone after. */
  readonly hear: HearPayload;
  /** Ingests up to 1,000 items: checks each at once, then works in the background. */
  readonly ingest: IngestPayload;
  /** Says that entities are one; recorded, and undone by `splitEntity`. */
  readonly mergeEntities: EntityPayload;
  /** Takes mentions out of an entity into one of their own. */
  readonly splitEntity: EntityPayload;
  /** Starts a conversation: ask with its id. */
  readonly startConversation: ConversationPayload;
};


/** What can be changed. */
export type MutationAskArgs = {
  input: AskInput;
};


/** What can be changed. */
export type MutationCancelJobArgs = {
  id: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationCreateUploadArgs = {
  byteSize: Scalars['ByteCount']['input'];
  fileName: Scalars['String']['input'];
  mediaType?: InputMaybe<Scalars['String']['input']>;
};


/** What can be changed. */
export type MutationDeleteAssetArgs = {
  id: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationDeleteConversationArgs = {
  id: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationForkConversationArgs = {
  atTurn: Scalars['ID']['input'];
  id: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationHearArgs = {
  uploadId: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationIngestArgs = {
  items: ReadonlyArray<IngestItemInput>;
};


/** What can be changed. */
export type MutationMergeEntitiesArgs = {
  from: ReadonlyArray<Scalars['ID']['input']>;
  into: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationSplitEntityArgs = {
  id: Scalars['ID']['input'];
  mentions: ReadonlyArray<Scalars['ID']['input']>;
};

/** A question to go on with. */
export type NextQuestion = {
  readonly __typename?: 'NextQuestion';
  /** What it is about. */
  readonly about: Entity;
  /** What answers it, found by retrieval for these very words. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** The question in words, to be given to `ask`. */
  readonly question: Scalars['String']['output'];
};

/** Anything with a global id. */
export type Node = {
  /** Typed global id, e.g. `Asset:…`, `Segment:…`, `Entity:…`, `Answer:…`, `Conversation:…`, `Turn:…`, `Job:…`. Treat it as opaque. */
  readonly id: Scalars['ID']['output'];
};

/** Relay's page marker. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the last item: give it as `after` for the next page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more items follow. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Always false: lists are read forwards. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** A change that the graph refused, put aside so that those behind it go on. */
export type ParkedChange = {
  readonly __typename?: 'ParkedChange';
  /** When it was written. */
  readonly enqueuedAt: Scalars['DateTime']['output'];
  /** Its number in the outbox. */
  readonly id: Scalars['ID']['output'];
  /** When it was put aside. */
  readonly parkedAt: Scalars['DateTime']['output'];
  /** Why the graph refused it. */
  readonly reason: Scalars['String']['output'];
};

/** How far the graph is behind the ledger, which it follows change by change. */
export type ProjectionState = {
  readonly __typename?: 'ProjectionState';
  /** How long the oldest of them has waited, in seconds. */
  readonly lagSeconds: Scalars['Float']['output'];
  /** Changes that the graph refused, put aside: sensegraph doctor --repair mends it. */
  readonly parked: Scalars['Int']['output'];
  /** These changes, oldest first. */
  readonly parkedChanges: ReadonlyArray<ParkedChange>;
  /** Changes that wait to be applied. */
  readonly pending: Scalars['Int']['output'];
};


/** How far the graph is behind the ledger, which it follows change by change. */
export type ProjectionStateParkedChangesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What can be asked of the server. */
export type Query = {
  readonly __typename?: 'Query';
  /** An answer that was given before. */
  readonly answer?: Maybe<Answer>;
  /** An asset by its id. */
  readonly asset?: Maybe<Asset>;
  /** All assets, newest first. */
  readonly assets: AssetConnection;
  /**
   * Which entities belong together, the largest community first (Louvain), each with an extractive summary. Looks at no more
   * than 2,000 nodes: 3 hops around a node, or around the 100 newest assets; 20 edges a node, type and direction. A summary
   * reads at most 40 segments.
   */
  readonly communities: CommunityConnection;
  /**
   * A community by its id, as the graph is now; or by the id of an entity, the one it is in. Null when there is none. Looks at
   * as much as `communities`.
   */
  readonly community?: Maybe<Community>;
  /**
   * What entities share and where they differ: kinds, relations by their verb, what they are joined with, dates and quantities
   * of the same doing. Reads at most 200 mentions, and 50 relations a type and direction, of each.
   */
  readonly compare: Comparison;
  /** A conversation. */
  readonly conversation?: Maybe<Conversation>;
  /** Conversations, newest first. */
  readonly conversations: ConversationConnection;
  /** Entities by a part of their name, best match first; all of them without `search`. */
  readonly entities: EntityConnection;
  /** An entity by its id. */
  readonly entity?: Maybe<Entity>;
  /**
   * What an entity is: the sentences that say most of it, where it is seen and heard, its strongest relations. Reads at most
   * 200 mentions, and 30 relations a type and direction, whatever the size of the graph.
   */
  readonly explain: Explanation;
  /** Where in a picture a phrase is, e.g. "the dog": the box of the one thing that fits it most; null where nothing fits. Colours and numbers in the phrase do not choose among things of one kind. */
  readonly ground?: Maybe<GroundedPhrase>;
  /** Whether the server works, with its models and the sizes of its stores. */
  readonly health: Health;
  /** A job by its id. */
  readonly job?: Maybe<Job>;
  /**
   * Looks at a picture: describes it, answers a question about it, or chooses among given answers. `ask` weighs what was
   * seen with everything else and says where.
   */
  readonly look: Look;
  /** What is around some nodes. Bounded: the cost follows the neighbourhood, not the graph. */
  readonly neighbourhood: Subgraph;
  /**
   * Questions to go on with, made from relations and from neighbours that nothing was said of yet; each was tried: what
   * answers it is among the five best places that retrieval finds. Never the question that the answer was given to. At most
   * 12 retrievals.
   */
  readonly nextQuestions: ReadonlyArray<NextQuestion>;
  /** Any node by its global id; null when there is none. */
  readonly node?: Maybe<Node>;
  /** Several nodes at once, in the order asked, null where there is none. At most 100. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** The best ways from one node to another, hop by hop, with what supports each hop. */
  readonly paths: ReadonlyArray<EvidencePath>;
  /** The best evidence for words, for what is like an asset, or for both. */
  readonly search: EvidenceConnection;
  /** Entities that are mentioned in the same passages and related to the same things as one, most alike first. */
  readonly similarEntities: ReadonlyArray<SimilarEntity>;
  /**
   * Dated sentences about an entity in the order of their dates, then the undated moments of recordings and films where it
   * is named, seen or heard. Reads at most its 500 strongest mentions.
   */
  readonly timeline: TimelineConnection;
  /** Walks everything an answer rests on again: bytes, segments, quotes, places, relations. An error NOT_FOUND when there is no such answer. */
  readonly verifyAnswer: Verification;
};


/** What can be asked of the server. */
export type QueryAnswerArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked of the server. */
export type QueryAssetArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked of the server. */
export type QueryAssetsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  modalities?: InputMaybe<ReadonlyArray<Modality>>;
};


/** What can be asked of the server. */
export type QueryCommunitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  around?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked of the server. */
export type QueryCommunityArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked of the server. */
export type QueryCompareArgs = {
  entities: ReadonlyArray<Scalars['ID']['input']>;
};


/** What can be asked of the server. */
export type QueryConversationArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked of the server. */
export type QueryConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked of the server. */
export type QueryEntitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<ReadonlyArray<EntityKind>>;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked of the server. */
export type QueryEntityArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked of the server. */
export type QueryExplainArgs = {
  entity: Scalars['ID']['input'];
  relations?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked of the server. */
export type QueryGroundArgs = {
  asset: Scalars['ID']['input'];
  phrase: Scalars['String']['input'];
};


/** What can be asked of the server. */
export type QueryJobArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked of the server. */
export type QueryLookArgs = {
  asset: Scalars['ID']['input'];
  choices?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  question?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked of the server. */
export type QueryNeighbourhoodArgs = {
  fanout?: InputMaybe<Scalars['Int']['input']>;
  hops?: InputMaybe<Scalars['Int']['input']>;
  of: ReadonlyArray<Scalars['ID']['input']>;
  predicates?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


/** What can be asked of the server. */
export type QueryNextQuestionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  of: Scalars['ID']['input'];
};


/** What can be asked of the server. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked of the server. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** What can be asked of the server. */
export type QueryPathsArgs = {
  from: Scalars['ID']['input'];
  maxHops?: InputMaybe<Scalars['Int']['input']>;
  to: Scalars['ID']['input'];
};


/** What can be asked of the server. */
export type QuerySearchArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asset?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  modalities?: InputMaybe<ReadonlyArray<Modality>>;
  query?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked of the server. */
export type QuerySimilarEntitiesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};


/** What can be asked of the server. */
export type QueryTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  entity: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked of the server. */
export type QueryVerifyAnswerArgs = {
  id: Scalars['ID']['input'];
};

/** What a model read off a segment. */
export type Reading = {
  readonly __typename?: 'Reading';
  /** Identity. */
  readonly id: Scalars['ID']['output'];
  /** What it is. */
  readonly kind: ReadingKind;
  /** Where it was read. */
  readonly locator: Locator;
  /** The model that read it. */
  readonly model: Scalars['String']['output'];
  /** Version of that model. */
  readonly modelVersion: Scalars['String']['output'];
  /** Confidence, 0 to 1. */
  readonly score: Scalars['Float']['output'];
  /** What was read. */
  readonly text: Scalars['String']['output'];
};

/** What a reading is. */
export type ReadingKind =
  /** A sentence about a picture. */
  | 'CAPTION'
  /** A kind of thing seen. */
  | 'LABEL'
  /** A sound, with its time: "Bark". */
  | 'SOUND_EVENT'
  /** A line of text in a picture. */
  | 'TEXT_LINE'
  /** Words that were spoken. */
  | 'TRANSCRIPT';

/** Words of a question, and what they were taken for. */
export type Reference = {
  readonly __typename?: 'Reference';
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /**
   * The entity, the asset, or, of "that sound" or "that scene", the segment that the answer before rested on; null for a name
   * that the graph does not know, and when it is gone.
   */
  readonly node?: Maybe<Node>;
  /** The words: "she", "that ship", "the second picture". */
  readonly phrase: Scalars['String']['output'];
};

/** A part of an asset that evidence can point at. */
export type Segment = Node & {
  readonly __typename?: 'Segment';
  /** The asset it is part of. */
  readonly asset?: Maybe<Asset>;
  /** `Segment:`, the asset's hash and its number. */
  readonly id: Scalars['ID']['output'];
  /** What it is. */
  readonly kind: SegmentKind;
  /** Where in the asset it is. */
  readonly locator: Locator;
  /** The entities that are named, seen or heard here. */
  readonly mentions: ReadonlyArray<Mention>;
  /** Its number in the asset, from 0. */
  readonly ordinal: Scalars['Int']['output'];
  /** What models read here. */
  readonly readings: ReadonlyArray<Reading>;
  /** What a search in words finds here: passage, line, transcript; labels of a picture. */
  readonly text: Scalars['String']['output'];
};

/** A page of segments. */
export type SegmentConnection = {
  readonly __typename?: 'SegmentConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<SegmentEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Segment>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A segment of a page. */
export type SegmentEdge = {
  readonly __typename?: 'SegmentEdge';
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The segment. */
  readonly node: Segment;
};

/** What a segment is. */
export type SegmentKind =
  /** A picture within a document. */
  | 'FIGURE'
  /** A whole picture. */
  | 'IMAGE'
  /** A passage of a text or document. */
  | 'PASSAGE'
  /** A stretch of a film between two cuts. */
  | 'SHOT'
  /** A stretch of a recording with sounds that are no speech, or a whole one in which nothing is made out. */
  | 'SOUND'
  /** A stretch of speech. */
  | 'SPEECH'
  /** A line of text read in a picture. */
  | 'TEXT_LINE';

/** An entity whose place in the graph is like another's. */
export type SimilarEntity = {
  readonly __typename?: 'SimilarEntity';
  /** The entity. */
  readonly entity: Entity;
  /** What both are mentioned in or related to, by what either is: 0 to 1 (Jaccard). */
  readonly score: Scalars['Float']['output'];
  /** How many passages and things they share. */
  readonly shared: Scalars['Int']['output'];
  /** Some of those, at most 5. */
  readonly through: ReadonlyArray<GraphNode>;
};

/** A vector space. */
export type Space = {
  readonly __typename?: 'Space';
  /** Numbers of a vector. */
  readonly dimension: Scalars['Int']['output'];
  /** Model whose vectors it holds. */
  readonly model: Scalars['String']['output'];
  /** Name. */
  readonly name: Scalars['String']['output'];
  /** Version of the model. */
  readonly version: Scalars['String']['output'];
};

/** A relation with the sentences that state it. */
export type StatedRelation = {
  readonly __typename?: 'StatedRelation';
  /** How sure, 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
  /** At most three of the sentences that state it; never none. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** Identity. */
  readonly id: Scalars['ID']['output'];
  /** What the verb joins it with; null when it is gone. */
  readonly object?: Maybe<Entity>;
  /** The verb, as the text has it. */
  readonly predicate: Scalars['String']['output'];
  /** What it is said of; null when it is gone. */
  readonly subject?: Maybe<Entity>;
  /** Subject, verb and object in a row. */
  readonly text: Scalars['String']['output'];
};

/** One step of reasoning. */
export type Step = {
  readonly __typename?: 'Step';
  /** Its claims, each with evidence. */
  readonly claims: ReadonlyArray<Claim>;
  /** Which. */
  readonly kind: StepKind;
  /** The language model that wrote it; null without one. */
  readonly model?: Maybe<Scalars['String']['output']>;
  /** The step in words. */
  readonly text: Scalars['String']['output'];
};

/** The steps of a multimodal chain of thought. */
export type StepKind =
  /** The answer. */
  | 'ANSWER'
  /** What the pictures, sounds and texts at hand show. */
  | 'DESCRIBE'
  /** Entities, regions and times that the question needs. */
  | 'KEY_ELEMENTS'
  /** The evidence paths, hop by hop. */
  | 'RELATE';

/** A part of the graph. */
export type Subgraph = {
  readonly __typename?: 'Subgraph';
  /** Its edges; both ends are among the nodes. */
  readonly edges: ReadonlyArray<GraphEdge>;
  /** Its nodes. */
  readonly nodes: ReadonlyArray<GraphNode>;
};

/** What can be listened to, over WebSocket (graphql-transport-ws). */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * Asks, and sends each step as it is ready: the first as soon as the evidence is found, before it is answered. No step is
   * withdrawn, so what a language model writes comes when its answer has been checked. Leaving ends the work.
   */
  readonly answerSteps: AnswerEvent;
  /** The job as it is, then at each change, until it ends. */
  readonly jobProgress: JobEvent;
};


/** What can be listened to, over WebSocket (graphql-transport-ws). */
export type SubscriptionAnswerStepsArgs = {
  input: AskInput;
};


/** What can be listened to, over WebSocket (graphql-transport-ws). */
export type SubscriptionJobProgressArgs = {
  id: Scalars['ID']['input'];
};

/** Characters of a text. */
export type TextSpan = {
  readonly __typename?: 'TextSpan';
  /** Where the words stand on that page, a box a line; null where pages have no layout. Points (1/72 inch), origin top left. */
  readonly boxes?: Maybe<ReadonlyArray<ImageRegion>>;
  /** One past the last character. */
  readonly end: Scalars['Int']['output'];
  /** Page, from 1, when the text has pages; the offsets then count from the page's start. */
  readonly page?: Maybe<Scalars['Int']['output']>;
  /** The characters themselves. */
  readonly quote: Scalars['String']['output'];
  /** First character, in UTF-16 code units. */
  readonly start: Scalars['Int']['output'];
};

/** A stretch of a recording. */
export type TimeSpan = {
  readonly __typename?: 'TimeSpan';
  /** End, in seconds. */
  readonly endSeconds: Scalars['Float']['output'];
  /** Begin, in seconds. */
  readonly startSeconds: Scalars['Float']['output'];
};

/** A page of a timeline. */
export type TimelineConnection = {
  readonly __typename?: 'TimelineConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<TimelineEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<TimelineEntry>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of a page. */
export type TimelineEdge = {
  readonly __typename?: 'TimelineEdge';
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: TimelineEntry;
};

/** What happens with an entity at a date, or at a moment of a recording or film. */
export type TimelineEntry = {
  readonly __typename?: 'TimelineEntry';
  /** The date that the sentence tells; null where it is the moment of a recording or film alone. */
  readonly date?: Maybe<DateRange>;
  /** Where it says so. */
  readonly evidence: Evidence;
  /** Identity. */
  readonly id: Scalars['ID']['output'];
  /** When it is said, heard or seen in a recording or film; null for texts and pictures. */
  readonly moment?: Maybe<TimeSpan>;
  /** The sentence, or what is seen or heard. */
  readonly text: Scalars['String']['output'];
};

/** One question of a conversation, with what came of it. */
export type Turn = Node & {
  readonly __typename?: 'Turn';
  /** The answer; null where the question was unclear. */
  readonly answer?: Maybe<Answer>;
  /** The picture, recording or text that it was taken to be about; null without one, and when it is gone. */
  readonly asset?: Maybe<Asset>;
  /** The question back, where it was unclear. */
  readonly clarification?: Maybe<Clarification>;
  /** Its conversation. */
  readonly conversation?: Maybe<Conversation>;
  /** When it was asked. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** `Turn:` and a number of its own. */
  readonly id: Scalars['ID']['output'];
  /** Its place in the conversation, from 1. */
  readonly number: Scalars['Int']['output'];
  /** The question as it was asked. */
  readonly question: Scalars['String']['output'];
  /** What words of the question were taken for. */
  readonly references: ReadonlyArray<Reference>;
  /** The question as one that stands alone, which is what was answered; null where it was unclear. */
  readonly understoodAs?: Maybe<Scalars['String']['output']>;
};

/** A page of turns. */
export type TurnConnection = {
  readonly __typename?: 'TurnConnection';
  /** The items with their cursors. */
  readonly edges: ReadonlyArray<TurnEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Turn>;
  /** Where the page ends. */
  readonly pageInfo: PageInfo;
};

/** A turn of a page. */
export type TurnEdge = {
  readonly __typename?: 'TurnEdge';
  /** Give it as `after` to go on behind this item. */
  readonly cursor: Scalars['String']['output'];
  /** The turn. */
  readonly node: Turn;
};

/** Where to put a file's bytes. */
export type Upload = {
  readonly __typename?: 'Upload';
  /** Until when. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** Name it in `ingest`. */
  readonly id: Scalars['ID']['output'];
  /** Path on this server that takes one PUT of the bytes. */
  readonly url: Scalars['String']['output'];
};

/** Result of `createUpload`. */
export type UploadPayload = {
  readonly __typename?: 'UploadPayload';
  /** The upload; null when it was refused. */
  readonly upload?: Maybe<Upload>;
  /** Why it was refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A failure of one input that its sender can mend. It never fails the rest of a batch. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** Stable, for programs. */
  readonly code: UserErrorCode;
  /** Path of the input field at fault, e.g. `["items", "3", "text"]`. */
  readonly field: ReadonlyArray<Scalars['String']['output']>;
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** Stable codes of failures. */
export type UserErrorCode =
  /** Text in an encoding that can't be read. */
  | 'BAD_ENCODING'
  /** An argument out of its bounds. */
  | 'BAD_INPUT'
  /** It was cancelled. */
  | 'CANCELLED'
  /** Damaged or cut off. */
  | 'CORRUPT'
  /** Another process has the data directory. */
  | 'DATA_DIR_LOCKED'
  /** There is nothing in it. */
  | 'EMPTY'
  /** A fault of the server; its log says more. */
  | 'INTERNAL'
  /** The language model did not answer as asked. */
  | 'LANGUAGE_MODEL_FAILED'
  /** A model's files are damaged. */
  | 'MODEL_CORRUPT'
  /** A model's files are missing. */
  | 'MODEL_MISSING'
  /** There is no such thing. */
  | 'NOT_FOUND'
  /** Too many requests wait already; try again in a few seconds. */
  | 'OVERLOADED'
  /** A database or an encoder behind a network address did not answer, or not as asked. */
  | 'REMOTE_FAILED'
  /** More bytes than are taken. */
  | 'TOO_LARGE'
  /** A longer recording or text than is taken. */
  | 'TOO_LONG'
  /** More items in one call than are taken. */
  | 'TOO_MANY_ITEMS'
  /** A picture of more pixels than are taken. */
  | 'TOO_MANY_PIXELS'
  /** The content is not what its name or media type claims. */
  | 'TYPE_MISMATCH'
  /** A kind of content that can't be ingested. */
  | 'UNSUPPORTED_TYPE'
  /** The upload has not got its bytes yet. */
  | 'UPLOAD_INCOMPLETE'
  /** There is no such upload, or it was used or has expired. */
  | 'UPLOAD_NOT_FOUND';

/** What of an answer still stands, as the stores are now. */
export type Verification = {
  readonly __typename?: 'Verification';
  /** The answer. */
  readonly answerId: Scalars['ID']['output'];
  /** When it was looked up. */
  readonly checkedAt: Scalars['DateTime']['output'];
  /** Each claim of each step. */
  readonly claims: ReadonlyArray<CheckedClaim>;
  /** Each path. */
  readonly paths: ReadonlyArray<CheckedPath>;
  /** There is an answer or a refusal, and every claim and every hop of the first path (the one to the answer) holds. */
  readonly verified: Scalars['Boolean']['output'];
};

/** A box on a film during a time. */
export type VideoSpan = {
  readonly __typename?: 'VideoSpan';
  /** End, in seconds. */
  readonly endSeconds: Scalars['Float']['output'];
  /** Height, in pixels. */
  readonly height: Scalars['Float']['output'];
  /** Begin, in seconds. */
  readonly startSeconds: Scalars['Float']['output'];
  /** Width, in pixels. */
  readonly width: Scalars['Float']['output'];
  /** Left edge, in pixels. */
  readonly x: Scalars['Float']['output'];
  /** Upper edge, in pixels. */
  readonly y: Scalars['Float']['output'];
};

/** A given answer with its probability. */
export type WeighedChoice = {
  readonly __typename?: 'WeighedChoice';
  /** Among those given, 0 to 1; they sum to 1. */
  readonly probability: Scalars['Float']['output'];
  /** The answer as it was given. */
  readonly text: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( AnswerModel )
    | ( AssetModel )
    | ( ConversationModel )
    | ( EntityModel )
    | ( JobModel )
    | ( SegmentModel )
    | ( TurnModel )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Answer: ResolverTypeWrapper<AnswerModel>;
  AnswerEvent: ResolverTypeWrapper<Omit<AnswerEvent, 'answer' | 'clarification' | 'step' | 'turn'> & { answer?: Maybe<ResolversTypes['Answer']>, clarification?: Maybe<ResolversTypes['Clarification']>, step?: Maybe<ResolversTypes['Step']>, turn?: Maybe<ResolversTypes['Turn']> }>;
  AskInput: AskInput;
  AskPayload: ResolverTypeWrapper<Omit<AskPayload, 'answer' | 'clarification' | 'turn' | 'userErrors'> & { answer?: Maybe<ResolversTypes['Answer']>, clarification?: Maybe<ResolversTypes['Clarification']>, turn?: Maybe<ResolversTypes['Turn']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  Aspect: ResolverTypeWrapper<Omit<Aspect, 'sides'> & { sides: ReadonlyArray<ResolversTypes['ComparedSide']> }>;
  AspectKind: AspectKind;
  Asset: ResolverTypeWrapper<AssetModel>;
  AssetConnection: ResolverTypeWrapper<Omit<AssetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AssetEdge']>, nodes: ReadonlyArray<ResolversTypes['Asset']> }>;
  AssetEdge: ResolverTypeWrapper<Omit<AssetEdge, 'node'> & { node: ResolversTypes['Asset'] }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ByteCount: ResolverTypeWrapper<Scalars['ByteCount']['output']>;
  CheckedClaim: ResolverTypeWrapper<Omit<CheckedClaim, 'evidence'> & { evidence: ReadonlyArray<ResolversTypes['CheckedEvidence']> }>;
  CheckedEvidence: ResolverTypeWrapper<Omit<CheckedEvidence, 'evidence'> & { evidence: ResolversTypes['Evidence'] }>;
  CheckedHop: ResolverTypeWrapper<Omit<CheckedHop, 'hop'> & { hop: ResolversTypes['Hop'] }>;
  CheckedPath: ResolverTypeWrapper<Omit<CheckedPath, 'hops'> & { hops: ReadonlyArray<ResolversTypes['CheckedHop']> }>;
  Claim: ResolverTypeWrapper<ClaimModel>;
  Clarification: ResolverTypeWrapper<ClarificationModel>;
  ClarificationCandidate: ResolverTypeWrapper<ClarificationCandidateModel>;
  ClarificationReason: ClarificationReason;
  Community: ResolverTypeWrapper<Omit<Community, 'claims' | 'entities'> & { claims: ReadonlyArray<ResolversTypes['Claim']>, entities: ReadonlyArray<ResolversTypes['Entity']> }>;
  CommunityConnection: ResolverTypeWrapper<Omit<CommunityConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['CommunityEdge']>, nodes: ReadonlyArray<ResolversTypes['Community']> }>;
  CommunityEdge: ResolverTypeWrapper<Omit<CommunityEdge, 'node'> & { node: ResolversTypes['Community'] }>;
  ComparedSide: ResolverTypeWrapper<Omit<ComparedSide, 'entity' | 'evidence'> & { entity: ResolversTypes['Entity'], evidence: ReadonlyArray<ResolversTypes['Evidence']> }>;
  Comparison: ResolverTypeWrapper<Omit<Comparison, 'different' | 'entities' | 'shared'> & { different: ReadonlyArray<ResolversTypes['Aspect']>, entities: ReadonlyArray<ResolversTypes['Entity']>, shared: ReadonlyArray<ResolversTypes['Aspect']> }>;
  Conversation: ResolverTypeWrapper<ConversationModel>;
  ConversationConnection: ResolverTypeWrapper<Omit<ConversationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ConversationEdge']>, nodes: ReadonlyArray<ResolversTypes['Conversation']> }>;
  ConversationEdge: ResolverTypeWrapper<Omit<ConversationEdge, 'node'> & { node: ResolversTypes['Conversation'] }>;
  ConversationPayload: ResolverTypeWrapper<Omit<ConversationPayload, 'conversation' | 'userErrors'> & { conversation?: Maybe<ResolversTypes['Conversation']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  DatePrecision: DatePrecision;
  DateRange: ResolverTypeWrapper<DateRange>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteConversationPayload: ResolverTypeWrapper<Omit<DeleteConversationPayload, 'userErrors'> & { userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  DeletePayload: ResolverTypeWrapper<Omit<DeletePayload, 'userErrors'> & { userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  Entity: ResolverTypeWrapper<EntityModel>;
  EntityConnection: ResolverTypeWrapper<Omit<EntityConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EntityEdge']>, nodes: ReadonlyArray<ResolversTypes['Entity']> }>;
  EntityEdge: ResolverTypeWrapper<Omit<EntityEdge, 'node'> & { node: ResolversTypes['Entity'] }>;
  EntityKind: EntityKind;
  EntityPayload: ResolverTypeWrapper<Omit<EntityPayload, 'entity' | 'userErrors'> & { entity?: Maybe<ResolversTypes['Entity']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  Evidence: ResolverTypeWrapper<EvidenceModel>;
  EvidenceConnection: ResolverTypeWrapper<Omit<EvidenceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EvidenceEdge']>, nodes: ReadonlyArray<ResolversTypes['Evidence']> }>;
  EvidenceEdge: ResolverTypeWrapper<Omit<EvidenceEdge, 'node'> & { node: ResolversTypes['Evidence'] }>;
  EvidencePath: ResolverTypeWrapper<EvidencePathModel>;
  EvidenceProblem: EvidenceProblem;
  Explanation: ResolverTypeWrapper<Omit<Explanation, 'claims' | 'entity' | 'relations'> & { claims: ReadonlyArray<ResolversTypes['Claim']>, entity: ResolversTypes['Entity'], relations: ReadonlyArray<ResolversTypes['StatedRelation']> }>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GraphEdge: ResolverTypeWrapper<GraphEdgeModel>;
  GraphNode: ResolverTypeWrapper<MeasuredNode>;
  GroundedBox: ResolverTypeWrapper<Omit<GroundedBox, 'evidence'> & { evidence: ReadonlyArray<ResolversTypes['Evidence']> }>;
  GroundedPhrase: ResolverTypeWrapper<GroundedPhrase>;
  Grounding: ResolverTypeWrapper<GroundingModel>;
  Health: ResolverTypeWrapper<Omit<Health, 'projection'> & { projection: ResolversTypes['ProjectionState'] }>;
  HearPayload: ResolverTypeWrapper<Omit<HearPayload, 'userErrors'> & { userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  HeardQuestion: ResolverTypeWrapper<HeardQuestion>;
  Hop: ResolverTypeWrapper<HopModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ImageRegion: ResolverTypeWrapper<ImageRegion>;
  IngestItemInput: IngestItemInput;
  IngestItemResult: ResolverTypeWrapper<Omit<IngestItemResult, 'userErrors'> & { userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  IngestPayload: ResolverTypeWrapper<Omit<IngestPayload, 'items' | 'job' | 'userErrors'> & { items: ReadonlyArray<ResolversTypes['IngestItemResult']>, job?: Maybe<ResolversTypes['Job']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSONObject: ResolverTypeWrapper<Scalars['JSONObject']['output']>;
  Job: ResolverTypeWrapper<JobModel>;
  JobEvent: ResolverTypeWrapper<Omit<JobEvent, 'job'> & { job: ResolversTypes['Job'] }>;
  JobItem: ResolverTypeWrapper<IngestItemState>;
  JobItemState: JobItemState;
  JobPayload: ResolverTypeWrapper<Omit<JobPayload, 'job' | 'userErrors'> & { job?: Maybe<ResolversTypes['Job']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  JobState: JobState;
  Locator: ResolverTypeWrapper<LocatorModel>;
  Look: ResolverTypeWrapper<Look>;
  Mention: ResolverTypeWrapper<MentionModel>;
  MentionConnection: ResolverTypeWrapper<Omit<MentionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['MentionEdge']>, nodes: ReadonlyArray<ResolversTypes['Mention']> }>;
  MentionEdge: ResolverTypeWrapper<Omit<MentionEdge, 'node'> & { node: ResolversTypes['Mention'] }>;
  MentionMethod: MentionMethod;
  Merge: ResolverTypeWrapper<MergeModel>;
  MergeReason: MergeReason;
  Modality: Modality;
  Model: ResolverTypeWrapper<Model>;
  ModelMigration: ResolverTypeWrapper<ModelMigration>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NextQuestion: ResolverTypeWrapper<Omit<NextQuestion, 'about' | 'evidence'> & { about: ResolversTypes['Entity'], evidence: ReadonlyArray<ResolversTypes['Evidence']> }>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParkedChange: ResolverTypeWrapper<ParkedChange>;
  ProjectionState: ResolverTypeWrapper<ProjectionStateModel>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reading: ResolverTypeWrapper<ReadingModel>;
  ReadingKind: ReadingKind;
  Reference: ResolverTypeWrapper<ReferenceModel>;
  Segment: ResolverTypeWrapper<SegmentModel>;
  SegmentConnection: ResolverTypeWrapper<Omit<SegmentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SegmentEdge']>, nodes: ReadonlyArray<ResolversTypes['Segment']> }>;
  SegmentEdge: ResolverTypeWrapper<Omit<SegmentEdge, 'node'> & { node: ResolversTypes['Segment'] }>;
  SegmentKind: SegmentKind;
  SimilarEntity: ResolverTypeWrapper<SimilarEntityModel>;
  Space: ResolverTypeWrapper<Space>;
  StatedRelation: ResolverTypeWrapper<StatedModel>;
  Step: ResolverTypeWrapper<StepModel>;
  StepKind: StepKind;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subgraph: ResolverTypeWrapper<Omit<Subgraph, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['GraphEdge']>, nodes: ReadonlyArray<ResolversTypes['GraphNode']> }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TextSpan: ResolverTypeWrapper<TextSpan>;
  TimeSpan: ResolverTypeWrapper<TimeSpan>;
  TimelineConnection: ResolverTypeWrapper<Omit<TimelineConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['TimelineEdge']>, nodes: ReadonlyArray<ResolversTypes['TimelineEntry']> }>;
  TimelineEdge: ResolverTypeWrapper<Omit<TimelineEdge, 'node'> & { node: ResolversTypes['TimelineEntry'] }>;
  TimelineEntry: ResolverTypeWrapper<Omit<TimelineEntry, 'date' | 'evidence'> & { date?: Maybe<ResolversTypes['DateRange']>, evidence: ResolversTypes['Evidence'] }>;
  Turn: ResolverTypeWrapper<TurnModel>;
  TurnConnection: ResolverTypeWrapper<Omit<TurnConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['TurnEdge']>, nodes: ReadonlyArray<ResolversTypes['Turn']> }>;
  TurnEdge: ResolverTypeWrapper<Omit<TurnEdge, 'node'> & { node: ResolversTypes['Turn'] }>;
  Upload: ResolverTypeWrapper<Upload>;
  UploadPayload: ResolverTypeWrapper<Omit<UploadPayload, 'userErrors'> & { userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  UserError: ResolverTypeWrapper<UserErrorModel>;
  UserErrorCode: UserErrorCode;
  Verification: ResolverTypeWrapper<Omit<Verification, 'claims' | 'paths'> & { claims: ReadonlyArray<ResolversTypes['CheckedClaim']>, paths: ReadonlyArray<ResolversTypes['CheckedPath']> }>;
  VideoSpan: ResolverTypeWrapper<VideoSpan>;
  WeighedChoice: ResolverTypeWrapper<WeighedChoice>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Answer: AnswerModel;
  AnswerEvent: Omit<AnswerEvent, 'answer' | 'clarification' | 'step' | 'turn'> & { answer?: Maybe<ResolversParentTypes['Answer']>, clarification?: Maybe<ResolversParentTypes['Clarification']>, step?: Maybe<ResolversParentTypes['Step']>, turn?: Maybe<ResolversParentTypes['Turn']> };
  AskInput: AskInput;
  AskPayload: Omit<AskPayload, 'answer' | 'clarification' | 'turn' | 'userErrors'> & { answer?: Maybe<ResolversParentTypes['Answer']>, clarification?: Maybe<ResolversParentTypes['Clarification']>, turn?: Maybe<ResolversParentTypes['Turn']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  Aspect: Omit<Aspect, 'sides'> & { sides: ReadonlyArray<ResolversParentTypes['ComparedSide']> };
  Asset: AssetModel;
  AssetConnection: Omit<AssetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AssetEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Asset']> };
  AssetEdge: Omit<AssetEdge, 'node'> & { node: ResolversParentTypes['Asset'] };
  Boolean: Scalars['Boolean']['output'];
  ByteCount: Scalars['ByteCount']['output'];
  CheckedClaim: Omit<CheckedClaim, 'evidence'> & { evidence: ReadonlyArray<ResolversParentTypes['CheckedEvidence']> };
  CheckedEvidence: Omit<CheckedEvidence, 'evidence'> & { evidence: ResolversParentTypes['Evidence'] };
  CheckedHop: Omit<CheckedHop, 'hop'> & { hop: ResolversParentTypes['Hop'] };
  CheckedPath: Omit<CheckedPath, 'hops'> & { hops: ReadonlyArray<ResolversParentTypes['CheckedHop']> };
  Claim: ClaimModel;
  Clarification: ClarificationModel;
  ClarificationCandidate: ClarificationCandidateModel;
  Community: Omit<Community, 'claims' | 'entities'> & { claims: ReadonlyArray<ResolversParentTypes['Claim']>, entities: ReadonlyArray<ResolversParentTypes['Entity']> };
  CommunityConnection: Omit<CommunityConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['CommunityEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Community']> };
  CommunityEdge: Omit<CommunityEdge, 'node'> & { node: ResolversParentTypes['Community'] };
  ComparedSide: Omit<ComparedSide, 'entity' | 'evidence'> & { entity: ResolversParentTypes['Entity'], evidence: ReadonlyArray<ResolversParentTypes['Evidence']> };
  Comparison: Omit<Comparison, 'different' | 'entities' | 'shared'> & { different: ReadonlyArray<ResolversParentTypes['Aspect']>, entities: ReadonlyArray<ResolversParentTypes['Entity']>, shared: ReadonlyArray<ResolversParentTypes['Aspect']> };
  Conversation: ConversationModel;
  ConversationConnection: Omit<ConversationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ConversationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Conversation']> };
  ConversationEdge: Omit<ConversationEdge, 'node'> & { node: ResolversParentTypes['Conversation'] };
  ConversationPayload: Omit<ConversationPayload, 'conversation' | 'userErrors'> & { conversation?: Maybe<ResolversParentTypes['Conversation']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  DateRange: DateRange;
  DateTime: Scalars['DateTime']['output'];
  DeleteConversationPayload: Omit<DeleteConversationPayload, 'userErrors'> & { userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  DeletePayload: Omit<DeletePayload, 'userErrors'> & { userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  Entity: EntityModel;
  EntityConnection: Omit<EntityConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EntityEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Entity']> };
  EntityEdge: Omit<EntityEdge, 'node'> & { node: ResolversParentTypes['Entity'] };
  EntityPayload: Omit<EntityPayload, 'entity' | 'userErrors'> & { entity?: Maybe<ResolversParentTypes['Entity']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  Evidence: EvidenceModel;
  EvidenceConnection: Omit<EvidenceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EvidenceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Evidence']> };
  EvidenceEdge: Omit<EvidenceEdge, 'node'> & { node: ResolversParentTypes['Evidence'] };
  EvidencePath: EvidencePathModel;
  Explanation: Omit<Explanation, 'claims' | 'entity' | 'relations'> & { claims: ReadonlyArray<ResolversParentTypes['Claim']>, entity: ResolversParentTypes['Entity'], relations: ReadonlyArray<ResolversParentTypes['StatedRelation']> };
  Float: Scalars['Float']['output'];
  GraphEdge: GraphEdgeModel;
  GraphNode: MeasuredNode;
  GroundedBox: Omit<GroundedBox, 'evidence'> & { evidence: ReadonlyArray<ResolversParentTypes['Evidence']> };
  GroundedPhrase: GroundedPhrase;
  Grounding: GroundingModel;
  Health: Omit<Health, 'projection'> & { projection: ResolversParentTypes['ProjectionState'] };
  HearPayload: Omit<HearPayload, 'userErrors'> & { userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  HeardQuestion: HeardQuestion;
  Hop: HopModel;
  ID: Scalars['ID']['output'];
  ImageRegion: ImageRegion;
  IngestItemInput: IngestItemInput;
  IngestItemResult: Omit<IngestItemResult, 'userErrors'> & { userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  IngestPayload: Omit<IngestPayload, 'items' | 'job' | 'userErrors'> & { items: ReadonlyArray<ResolversParentTypes['IngestItemResult']>, job?: Maybe<ResolversParentTypes['Job']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  Int: Scalars['Int']['output'];
  JSONObject: Scalars['JSONObject']['output'];
  Job: JobModel;
  JobEvent: Omit<JobEvent, 'job'> & { job: ResolversParentTypes['Job'] };
  JobItem: IngestItemState;
  JobPayload: Omit<JobPayload, 'job' | 'userErrors'> & { job?: Maybe<ResolversParentTypes['Job']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  Locator: LocatorModel;
  Look: Look;
  Mention: MentionModel;
  MentionConnection: Omit<MentionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['MentionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Mention']> };
  MentionEdge: Omit<MentionEdge, 'node'> & { node: ResolversParentTypes['Mention'] };
  Merge: MergeModel;
  Model: Model;
  ModelMigration: ModelMigration;
  Mutation: Record<PropertyKey, never>;
  NextQuestion: Omit<NextQuestion, 'about' | 'evidence'> & { about: ResolversParentTypes['Entity'], evidence: ReadonlyArray<ResolversParentTypes['Evidence']> };
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  ParkedChange: ParkedChange;
  ProjectionState: ProjectionStateModel;
  Query: Record<PropertyKey, never>;
  Reading: ReadingModel;
  Reference: ReferenceModel;
  Segment: SegmentModel;
  SegmentConnection: Omit<SegmentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SegmentEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Segment']> };
  SegmentEdge: Omit<SegmentEdge, 'node'> & { node: ResolversParentTypes['Segment'] };
  SimilarEntity: SimilarEntityModel;
  Space: Space;
  StatedRelation: StatedModel;
  Step: StepModel;
  String: Scalars['String']['output'];
  Subgraph: Omit<Subgraph, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['GraphEdge']>, nodes: ReadonlyArray<ResolversParentTypes['GraphNode']> };
  Subscription: Record<PropertyKey, never>;
  TextSpan: TextSpan;
  TimeSpan: TimeSpan;
  TimelineConnection: Omit<TimelineConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['TimelineEdge']>, nodes: ReadonlyArray<ResolversParentTypes['TimelineEntry']> };
  TimelineEdge: Omit<TimelineEdge, 'node'> & { node: ResolversParentTypes['TimelineEntry'] };
  TimelineEntry: Omit<TimelineEntry, 'date' | 'evidence'> & { date?: Maybe<ResolversParentTypes['DateRange']>, evidence: ResolversParentTypes['Evidence'] };
  Turn: TurnModel;
  TurnConnection: Omit<TurnConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['TurnEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Turn']> };
  TurnEdge: Omit<TurnEdge, 'node'> & { node: ResolversParentTypes['Turn'] };
  Upload: Upload;
  UploadPayload: Omit<UploadPayload, 'userErrors'> & { userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  UserError: UserErrorModel;
  Verification: Omit<Verification, 'claims' | 'paths'> & { claims: ReadonlyArray<ResolversParentTypes['CheckedClaim']>, paths: ReadonlyArray<ResolversParentTypes['CheckedPath']> };
  VideoSpan: VideoSpan;
  WeighedChoice: WeighedChoice;
};

export type AnswerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Answer'] = ResolversParentTypes['Answer']> = {
  abstained?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  asset?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  grounding?: Resolver<ReadonlyArray<ResolversTypes['Grounding']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  paths?: Resolver<ReadonlyArray<ResolversTypes['EvidencePath']>, ParentType, ContextType>;
  question?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  shortAnswer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['Step']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  verification?: Resolver<ResolversTypes['Verification'], ParentType, ContextType>;
  wouldChange?: Resolver<Maybe<ResolversTypes['Claim']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AnswerEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AnswerEvent'] = ResolversParentTypes['AnswerEvent']> = {
  answer?: Resolver<Maybe<ResolversTypes['Answer']>, ParentType, ContextType>;
  clarification?: Resolver<Maybe<ResolversTypes['Clarification']>, ParentType, ContextType>;
  step?: Resolver<Maybe<ResolversTypes['Step']>, ParentType, ContextType>;
  turn?: Resolver<Maybe<ResolversTypes['Turn']>, ParentType, ContextType>;
};

export type AskPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AskPayload'] = ResolversParentTypes['AskPayload']> = {
  answer?: Resolver<Maybe<ResolversTypes['Answer']>, ParentType, ContextType>;
  clarification?: Resolver<Maybe<ResolversTypes['Clarification']>, ParentType, ContextType>;
  turn?: Resolver<Maybe<ResolversTypes['Turn']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AspectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Aspect'] = ResolversParentTypes['Aspect']> = {
  kind?: Resolver<ResolversTypes['AspectKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sides?: Resolver<ReadonlyArray<ResolversTypes['ComparedSide']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AssetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Asset'] = ResolversParentTypes['Asset']> = {
  byteSize?: Resolver<ResolversTypes['ByteCount'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  durationSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mediaType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  modality?: Resolver<ResolversTypes['Modality'], ParentType, ContextType>;
  pages?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  segments?: Resolver<ResolversTypes['SegmentConnection'], ParentType, ContextType, RequireFields<AssetSegmentsArgs, 'first'>>;
  thumbnailUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AssetConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssetConnection'] = ResolversParentTypes['AssetConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AssetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Asset']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AssetEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssetEdge'] = ResolversParentTypes['AssetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
};

export interface ByteCountScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['ByteCount'], any> {
  name: 'ByteCount';
}

export type CheckedClaimResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckedClaim'] = ResolversParentTypes['CheckedClaim']> = {
  evidence?: Resolver<ReadonlyArray<ResolversTypes['CheckedEvidence']>, ParentType, ContextType>;
  holds?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['StepKind'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CheckedEvidenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckedEvidence'] = ResolversParentTypes['CheckedEvidence']> = {
  evidence?: Resolver<ResolversTypes['Evidence'], ParentType, ContextType>;
  holds?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['EvidenceProblem']>, ParentType, ContextType>;
};

export type CheckedHopResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckedHop'] = ResolversParentTypes['CheckedHop']> = {
  holds?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hop?: Resolver<ResolversTypes['Hop'], ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['EvidenceProblem']>, ParentType, ContextType>;
};

export type CheckedPathResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckedPath'] = ResolversParentTypes['CheckedPath']> = {
  holds?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hops?: Resolver<ReadonlyArray<ResolversTypes['CheckedHop']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ClaimResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Claim'] = ResolversParentTypes['Claim']> = {
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ClarificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Clarification'] = ResolversParentTypes['Clarification']> = {
  candidates?: Resolver<ReadonlyArray<ResolversTypes['ClarificationCandidate']>, ParentType, ContextType>;
  phrase?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ClarificationReason'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ClarificationCandidateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClarificationCandidate'] = ResolversParentTypes['ClarificationCandidate']> = {
  caption?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  evidence?: Resolver<Maybe<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
};

export type CommunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Community'] = ResolversParentTypes['Community']> = {
  claims?: Resolver<ReadonlyArray<ResolversTypes['Claim']>, ParentType, ContextType>;
  entities?: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CommunityConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommunityConnection'] = ResolversParentTypes['CommunityConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CommunityEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Community']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CommunityEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommunityEdge'] = ResolversParentTypes['CommunityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Community'], ParentType, ContextType>;
};

export type ComparedSideResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ComparedSide'] = ResolversParentTypes['ComparedSide']> = {
  entity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ComparisonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Comparison'] = ResolversParentTypes['Comparison']> = {
  different?: Resolver<ReadonlyArray<ResolversTypes['Aspect']>, ParentType, ContextType>;
  entities?: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  shared?: Resolver<ReadonlyArray<ResolversTypes['Aspect']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConversationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Conversation'] = ResolversParentTypes['Conversation']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  forkedFrom?: Resolver<Maybe<ResolversTypes['Turn']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  turnCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  turns?: Resolver<ResolversTypes['TurnConnection'], ParentType, ContextType, RequireFields<ConversationTurnsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConversationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationConnection'] = ResolversParentTypes['ConversationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ConversationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Conversation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ConversationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationEdge'] = ResolversParentTypes['ConversationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
};

export type ConversationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationPayload'] = ResolversParentTypes['ConversationPayload']> = {
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DateRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DateRange'] = ResolversParentTypes['DateRange']> = {
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  precision?: Resolver<ResolversTypes['DatePrecision'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteConversationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteConversationPayload'] = ResolversParentTypes['DeleteConversationPayload']> = {
  answers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  turns?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeletePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeletePayload'] = ResolversParentTypes['DeletePayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  entities?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  mentions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  relations?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  segments?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Entity'] = ResolversParentTypes['Entity']> = {
  aliases?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['EntityKind'], ParentType, ContextType>;
  mentions?: Resolver<ResolversTypes['MentionConnection'], ParentType, ContextType, RequireFields<EntityMentionsArgs, 'first'>>;
  merges?: Resolver<ReadonlyArray<ResolversTypes['Merge']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  synset?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EntityConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EntityConnection'] = ResolversParentTypes['EntityConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EntityEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EntityEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EntityEdge'] = ResolversParentTypes['EntityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
};

export type EntityPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EntityPayload'] = ResolversParentTypes['EntityPayload']> = {
  entity?: Resolver<Maybe<ResolversTypes['Entity']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EvidenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Evidence'] = ResolversParentTypes['Evidence']> = {
  asset?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  drawingUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locator?: Resolver<ResolversTypes['Locator'], ParentType, ContextType>;
  quote?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reading?: Resolver<Maybe<ResolversTypes['Reading']>, ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  segment?: Resolver<ResolversTypes['Segment'], ParentType, ContextType>;
};

export type EvidenceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EvidenceConnection'] = ResolversParentTypes['EvidenceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EvidenceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EvidenceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EvidenceEdge'] = ResolversParentTypes['EvidenceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Evidence'], ParentType, ContextType>;
};

export type EvidencePathResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EvidencePath'] = ResolversParentTypes['EvidencePath']> = {
  hops?: Resolver<ReadonlyArray<ResolversTypes['Hop']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExplanationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Explanation'] = ResolversParentTypes['Explanation']> = {
  claims?: Resolver<ReadonlyArray<ResolversTypes['Claim']>, ParentType, ContextType>;
  entity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  modalities?: Resolver<ReadonlyArray<ResolversTypes['Modality']>, ParentType, ContextType>;
  relations?: Resolver<ReadonlyArray<ResolversTypes['StatedRelation']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GraphEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GraphEdge'] = ResolversParentTypes['GraphEdge']> = {
  from?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  predicate?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type GraphNodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GraphNode'] = ResolversParentTypes['GraphNode']> = {
  caption?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  community?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  properties?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  rank?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type GroundedBoxResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroundedBox'] = ResolversParentTypes['GroundedBox']> = {
  caption?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  colour?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['ImageRegion'], ParentType, ContextType>;
};

export type GroundedPhraseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroundedPhrase'] = ResolversParentTypes['GroundedPhrase']> = {
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  modelVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['ImageRegion'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type GroundingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Grounding'] = ResolversParentTypes['Grounding']> = {
  asset?: Resolver<ResolversTypes['Asset'], ParentType, ContextType>;
  boxes?: Resolver<ReadonlyArray<ResolversTypes['GroundedBox']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HealthResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Health'] = ResolversParentTypes['Health']> = {
  counts?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  migration?: Resolver<Maybe<ResolversTypes['ModelMigration']>, ParentType, ContextType>;
  models?: Resolver<ReadonlyArray<ResolversTypes['Model']>, ParentType, ContextType>;
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  projection?: Resolver<ResolversTypes['ProjectionState'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HearPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HearPayload'] = ResolversParentTypes['HearPayload']> = {
  heard?: Resolver<Maybe<ResolversTypes['HeardQuestion']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type HeardQuestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HeardQuestion'] = ResolversParentTypes['HeardQuestion']> = {
  model?: Resolver<ResolversTypes['Model'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HopResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Hop'] = ResolversParentTypes['Hop']> = {
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  fromCaption?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  predicate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  toCaption?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ImageRegionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageRegion'] = ResolversParentTypes['ImageRegion']> = {
  height?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  page?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  width?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  x?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  y?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IngestItemResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IngestItemResult'] = ResolversParentTypes['IngestItemResult']> = {
  assetId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ordinal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type IngestPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IngestPayload'] = ResolversParentTypes['IngestPayload']> = {
  items?: Resolver<ReadonlyArray<ResolversTypes['IngestItemResult']>, ParentType, ContextType>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface JsonObjectScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSONObject'], any> {
  name: 'JSONObject';
}

export type JobResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Job'] = ResolversParentTypes['Job']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['JobItem']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['JobState'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JobEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobEvent'] = ResolversParentTypes['JobEvent']> = {
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type JobItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobItem'] = ResolversParentTypes['JobItem']> = {
  asset?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  ordinal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['JobItemState'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type JobPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobPayload'] = ResolversParentTypes['JobPayload']> = {
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type LocatorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Locator'] = ResolversParentTypes['Locator']> = {
  __resolveType: TypeResolveFn<'ImageRegion' | 'TextSpan' | 'TimeSpan' | 'VideoSpan', ParentType, ContextType>;
};

export type LookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Look'] = ResolversParentTypes['Look']> = {
  choices?: Resolver<ReadonlyArray<ResolversTypes['WeighedChoice']>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['Model'], ParentType, ContextType>;
  probability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MentionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mention'] = ResolversParentTypes['Mention']> = {
  entity?: Resolver<Maybe<ResolversTypes['Entity']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locator?: Resolver<ResolversTypes['Locator'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['MentionMethod'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  segment?: Resolver<Maybe<ResolversTypes['Segment']>, ParentType, ContextType>;
  surface?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MentionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MentionConnection'] = ResolversParentTypes['MentionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MentionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Mention']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MentionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MentionEdge'] = ResolversParentTypes['MentionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Mention'], ParentType, ContextType>;
};

export type MergeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Merge'] = ResolversParentTypes['Merge']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  fromName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['MergeReason'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ModelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Model'] = ResolversParentTypes['Model']> = {
  device?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  licence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  loaded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ModelMigrationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelMigration'] = ResolversParentTypes['ModelMigration']> = {
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  ask?: Resolver<ResolversTypes['AskPayload'], ParentType, ContextType, RequireFields<MutationAskArgs, 'input'>>;
  cancelJob?: Resolver<ResolversTypes['JobPayload'], ParentType, ContextType, RequireFields<MutationCancelJobArgs, 'id'>>;
  createUpload?: Resolver<ResolversTypes['UploadPayload'], ParentType, ContextType, RequireFields<MutationCreateUploadArgs, 'byteSize' | 'fileName'>>;
  deleteAsset?: Resolver<ResolversTypes['DeletePayload'], ParentType, ContextType, RequireFields<MutationDeleteAssetArgs, 'id'>>;
  deleteConversation?: Resolver<ResolversTypes['DeleteConversationPayload'], ParentType, ContextType, RequireFields<MutationDeleteConversationArgs, 'id'>>;
  forkConversation?: Resolver<ResolversTypes['ConversationPayload'], ParentType, ContextType, RequireFields<MutationForkConversationArgs, 'atTurn' | 'id'>>;
  hear?: Resolver<ResolversTypes['HearPayload'], ParentType, ContextType, RequireFields<MutationHearArgs, 'uploadId'>>;
  ingest?: Resolver<ResolversTypes['IngestPayload'], ParentType, ContextType, RequireFields<MutationIngestArgs, 'items'>>;
  mergeEntities?: Resolver<ResolversTypes['EntityPayload'], ParentType, ContextType, RequireFields<MutationMergeEntitiesArgs, 'from' | 'into'>>;
  splitEntity?: Resolver<ResolversTypes['EntityPayload'], ParentType, ContextType, RequireFields<MutationSplitEntityArgs, 'id' | 'mentions'>>;
  startConversation?: Resolver<ResolversTypes['ConversationPayload'], ParentType, ContextType>;
};

export type NextQuestionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NextQuestion'] = ResolversParentTypes['NextQuestion']> = {
  about?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  question?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Answer' | 'Asset' | 'Conversation' | 'Entity' | 'Job' | 'Segment' | 'Turn', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParkedChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParkedChange'] = ResolversParentTypes['ParkedChange']> = {
  enqueuedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  parkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProjectionStateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProjectionState'] = ResolversParentTypes['ProjectionState']> = {
  lagSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  parked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parkedChanges?: Resolver<ReadonlyArray<ResolversTypes['ParkedChange']>, ParentType, ContextType, RequireFields<ProjectionStateParkedChangesArgs, 'first'>>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  answer?: Resolver<Maybe<ResolversTypes['Answer']>, ParentType, ContextType, RequireFields<QueryAnswerArgs, 'id'>>;
  asset?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType, RequireFields<QueryAssetArgs, 'id'>>;
  assets?: Resolver<ResolversTypes['AssetConnection'], ParentType, ContextType, RequireFields<QueryAssetsArgs, 'first'>>;
  communities?: Resolver<ResolversTypes['CommunityConnection'], ParentType, ContextType, RequireFields<QueryCommunitiesArgs, 'first'>>;
  community?: Resolver<Maybe<ResolversTypes['Community']>, ParentType, ContextType, RequireFields<QueryCommunityArgs, 'id'>>;
  compare?: Resolver<ResolversTypes['Comparison'], ParentType, ContextType, RequireFields<QueryCompareArgs, 'entities'>>;
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType, RequireFields<QueryConversationArgs, 'id'>>;
  conversations?: Resolver<ResolversTypes['ConversationConnection'], ParentType, ContextType, RequireFields<QueryConversationsArgs, 'first'>>;
  entities?: Resolver<ResolversTypes['EntityConnection'], ParentType, ContextType, RequireFields<QueryEntitiesArgs, 'first'>>;
  entity?: Resolver<Maybe<ResolversTypes['Entity']>, ParentType, ContextType, RequireFields<QueryEntityArgs, 'id'>>;
  explain?: Resolver<ResolversTypes['Explanation'], ParentType, ContextType, RequireFields<QueryExplainArgs, 'entity' | 'relations'>>;
  ground?: Resolver<Maybe<ResolversTypes['GroundedPhrase']>, ParentType, ContextType, RequireFields<QueryGroundArgs, 'asset' | 'phrase'>>;
  health?: Resolver<ResolversTypes['Health'], ParentType, ContextType>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType, RequireFields<QueryJobArgs, 'id'>>;
  look?: Resolver<ResolversTypes['Look'], ParentType, ContextType, RequireFields<QueryLookArgs, 'asset'>>;
  neighbourhood?: Resolver<ResolversTypes['Subgraph'], ParentType, ContextType, RequireFields<QueryNeighbourhoodArgs, 'fanout' | 'hops' | 'of'>>;
  nextQuestions?: Resolver<ReadonlyArray<ResolversTypes['NextQuestion']>, ParentType, ContextType, RequireFields<QueryNextQuestionsArgs, 'first' | 'of'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  paths?: Resolver<ReadonlyArray<ResolversTypes['EvidencePath']>, ParentType, ContextType, RequireFields<QueryPathsArgs, 'from' | 'maxHops' | 'to'>>;
  search?: Resolver<ResolversTypes['EvidenceConnection'], ParentType, ContextType, RequireFields<QuerySearchArgs, 'first'>>;
  similarEntities?: Resolver<ReadonlyArray<ResolversTypes['SimilarEntity']>, ParentType, ContextType, RequireFields<QuerySimilarEntitiesArgs, 'first' | 'id'>>;
  timeline?: Resolver<ResolversTypes['TimelineConnection'], ParentType, ContextType, RequireFields<QueryTimelineArgs, 'entity' | 'first'>>;
  verifyAnswer?: Resolver<ResolversTypes['Verification'], ParentType, ContextType, RequireFields<QueryVerifyAnswerArgs, 'id'>>;
};

export type ReadingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reading'] = ResolversParentTypes['Reading']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ReadingKind'], ParentType, ContextType>;
  locator?: Resolver<ResolversTypes['Locator'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  modelVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reference'] = ResolversParentTypes['Reference']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  phrase?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SegmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Segment'] = ResolversParentTypes['Segment']> = {
  asset?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SegmentKind'], ParentType, ContextType>;
  locator?: Resolver<ResolversTypes['Locator'], ParentType, ContextType>;
  mentions?: Resolver<ReadonlyArray<ResolversTypes['Mention']>, ParentType, ContextType>;
  ordinal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  readings?: Resolver<ReadonlyArray<ResolversTypes['Reading']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SegmentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentConnection'] = ResolversParentTypes['SegmentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SegmentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Segment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SegmentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SegmentEdge'] = ResolversParentTypes['SegmentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Segment'], ParentType, ContextType>;
};

export type SimilarEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SimilarEntity'] = ResolversParentTypes['SimilarEntity']> = {
  entity?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  shared?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  through?: Resolver<ReadonlyArray<ResolversTypes['GraphNode']>, ParentType, ContextType>;
};

export type SpaceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Space'] = ResolversParentTypes['Space']> = {
  dimension?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StatedRelationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatedRelation'] = ResolversParentTypes['StatedRelation']> = {
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  object?: Resolver<Maybe<ResolversTypes['Entity']>, ParentType, ContextType>;
  predicate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['Entity']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Step'] = ResolversParentTypes['Step']> = {
  claims?: Resolver<ReadonlyArray<ResolversTypes['Claim']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StepKind'], ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubgraphResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subgraph'] = ResolversParentTypes['Subgraph']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['GraphEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['GraphNode']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  answerSteps?: SubscriptionResolver<ResolversTypes['AnswerEvent'], "answerSteps", ParentType, ContextType, RequireFields<SubscriptionAnswerStepsArgs, 'input'>>;
  jobProgress?: SubscriptionResolver<ResolversTypes['JobEvent'], "jobProgress", ParentType, ContextType, RequireFields<SubscriptionJobProgressArgs, 'id'>>;
};

export type TextSpanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TextSpan'] = ResolversParentTypes['TextSpan']> = {
  boxes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ImageRegion']>>, ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  page?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  quote?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TimeSpanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimeSpan'] = ResolversParentTypes['TimeSpan']> = {
  endSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  startSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TimelineConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimelineConnection'] = ResolversParentTypes['TimelineConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TimelineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TimelineEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TimelineEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimelineEdge'] = ResolversParentTypes['TimelineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TimelineEntry'], ParentType, ContextType>;
};

export type TimelineEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimelineEntry'] = ResolversParentTypes['TimelineEntry']> = {
  date?: Resolver<Maybe<ResolversTypes['DateRange']>, ParentType, ContextType>;
  evidence?: Resolver<ResolversTypes['Evidence'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  moment?: Resolver<Maybe<ResolversTypes['TimeSpan']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TurnResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Turn'] = ResolversParentTypes['Turn']> = {
  answer?: Resolver<Maybe<ResolversTypes['Answer']>, ParentType, ContextType>;
  asset?: Resolver<Maybe<ResolversTypes['Asset']>, ParentType, ContextType>;
  clarification?: Resolver<Maybe<ResolversTypes['Clarification']>, ParentType, ContextType>;
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  question?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  references?: Resolver<ReadonlyArray<ResolversTypes['Reference']>, ParentType, ContextType>;
  understoodAs?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TurnConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TurnConnection'] = ResolversParentTypes['TurnConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TurnEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Turn']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TurnEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TurnEdge'] = ResolversParentTypes['TurnEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Turn'], ParentType, ContextType>;
};

export type UploadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Upload'] = ResolversParentTypes['Upload']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UploadPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadPayload'] = ResolversParentTypes['UploadPayload']> = {
  upload?: Resolver<Maybe<ResolversTypes['Upload']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VerificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Verification'] = ResolversParentTypes['Verification']> = {
  answerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  checkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  claims?: Resolver<ReadonlyArray<ResolversTypes['CheckedClaim']>, ParentType, ContextType>;
  paths?: Resolver<ReadonlyArray<ResolversTypes['CheckedPath']>, ParentType, ContextType>;
  verified?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type VideoSpanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VideoSpan'] = ResolversParentTypes['VideoSpan']> = {
  endSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  height?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  startSeconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  width?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  x?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  y?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WeighedChoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WeighedChoice'] = ResolversParentTypes['WeighedChoice']> = {
  probability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Answer?: AnswerResolvers<ContextType>;
  AnswerEvent?: AnswerEventResolvers<ContextType>;
  AskPayload?: AskPayloadResolvers<ContextType>;
  Aspect?: AspectResolvers<ContextType>;
  Asset?: AssetResolvers<ContextType>;
  AssetConnection?: AssetConnectionResolvers<ContextType>;
  AssetEdge?: AssetEdgeResolvers<ContextType>;
  ByteCount?: GraphQLScalarType;
  CheckedClaim?: CheckedClaimResolvers<ContextType>;
  CheckedEvidence?: CheckedEvidenceResolvers<ContextType>;
  CheckedHop?: CheckedHopResolvers<ContextType>;
  CheckedPath?: CheckedPathResolvers<ContextType>;
  Claim?: ClaimResolvers<ContextType>;
  Clarification?: ClarificationResolvers<ContextType>;
  ClarificationCandidate?: ClarificationCandidateResolvers<ContextType>;
  Community?: CommunityResolvers<ContextType>;
  CommunityConnection?: CommunityConnectionResolvers<ContextType>;
  CommunityEdge?: CommunityEdgeResolvers<ContextType>;
  ComparedSide?: ComparedSideResolvers<ContextType>;
  Comparison?: ComparisonResolvers<ContextType>;
  Conversation?: ConversationResolvers<ContextType>;
  ConversationConnection?: ConversationConnectionResolvers<ContextType>;
  ConversationEdge?: ConversationEdgeResolvers<ContextType>;
  ConversationPayload?: ConversationPayloadResolvers<ContextType>;
  DateRange?: DateRangeResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteConversationPayload?: DeleteConversationPayloadResolvers<ContextType>;
  DeletePayload?: DeletePayloadResolvers<ContextType>;
  Entity?: EntityResolvers<ContextType>;
  EntityConnection?: EntityConnectionResolvers<ContextType>;
  EntityEdge?: EntityEdgeResolvers<ContextType>;
  EntityPayload?: EntityPayloadResolvers<ContextType>;
  Evidence?: EvidenceResolvers<ContextType>;
  EvidenceConnection?: EvidenceConnectionResolvers<ContextType>;
  EvidenceEdge?: EvidenceEdgeResolvers<ContextType>;
  EvidencePath?: EvidencePathResolvers<ContextType>;
  Explanation?: ExplanationResolvers<ContextType>;
  GraphEdge?: GraphEdgeResolvers<ContextType>;
  GraphNode?: GraphNodeResolvers<ContextType>;
  GroundedBox?: GroundedBoxResolvers<ContextType>;
  GroundedPhrase?: GroundedPhraseResolvers<ContextType>;
  Grounding?: GroundingResolvers<ContextType>;
  Health?: HealthResolvers<ContextType>;
  HearPayload?: HearPayloadResolvers<ContextType>;
  HeardQuestion?: HeardQuestionResolvers<ContextType>;
  Hop?: HopResolvers<ContextType>;
  ImageRegion?: ImageRegionResolvers<ContextType>;
  IngestItemResult?: IngestItemResultResolvers<ContextType>;
  IngestPayload?: IngestPayloadResolvers<ContextType>;
  JSONObject?: GraphQLScalarType;
  Job?: JobResolvers<ContextType>;
  JobEvent?: JobEventResolvers<ContextType>;
  JobItem?: JobItemResolvers<ContextType>;
  JobPayload?: JobPayloadResolvers<ContextType>;
  Locator?: LocatorResolvers<ContextType>;
  Look?: LookResolvers<ContextType>;
  Mention?: MentionResolvers<ContextType>;
  MentionConnection?: MentionConnectionResolvers<ContextType>;
  MentionEdge?: MentionEdgeResolvers<ContextType>;
  Merge?: MergeResolvers<ContextType>;
  Model?: ModelResolvers<ContextType>;
  ModelMigration?: ModelMigrationResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NextQuestion?: NextQuestionResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParkedChange?: ParkedChangeResolvers<ContextType>;
  ProjectionState?: ProjectionStateResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reading?: ReadingResolvers<ContextType>;
  Reference?: ReferenceResolvers<ContextType>;
  Segment?: SegmentResolvers<ContextType>;
  SegmentConnection?: SegmentConnectionResolvers<ContextType>;
  SegmentEdge?: SegmentEdgeResolvers<ContextType>;
  SimilarEntity?: SimilarEntityResolvers<ContextType>;
  Space?: SpaceResolvers<ContextType>;
  StatedRelation?: StatedRelationResolvers<ContextType>;
  Step?: StepResolvers<ContextType>;
  Subgraph?: SubgraphResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TextSpan?: TextSpanResolvers<ContextType>;
  TimeSpan?: TimeSpanResolvers<ContextType>;
  TimelineConnection?: TimelineConnectionResolvers<ContextType>;
  TimelineEdge?: TimelineEdgeResolvers<ContextType>;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  Turn?: TurnResolvers<ContextType>;
  TurnConnection?: TurnConnectionResolvers<ContextType>;
  TurnEdge?: TurnEdgeResolvers<ContextType>;
  Upload?: UploadResolvers<ContextType>;
  UploadPayload?: UploadPayloadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Verification?: VerificationResolvers<ContextType>;
  VideoSpan?: VideoSpanResolvers<ContextType>;
  WeighedChoice?: WeighedChoiceResolvers<ContextType>;
};

