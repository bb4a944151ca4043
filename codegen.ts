import type { CodegenConfig } from '@graphql-codegen/cli';

const domain = '../domain.ts#';
const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    'src/api/generated.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        contextType: './context.ts#Context',
        scalars: {
          ID: 'string',
          DateTime: 'string',
          JSONObject: 'Readonly<Record<string, unknown>>',
          ByteCount: 'number',
        },
        maybeValue: 'T | null | undefined',
        immutableTypes: true,
        resolversNonOptionalTypename: false,
        mappers: {
          Asset: `${domain}Asset as AssetModel`,
          Segment: `${domain}Segment as SegmentModel`,
          Reading: `${domain}Reading as ReadingModel`,
          Entity: `${domain}Entity as EntityModel`,
          Mention: `${domain}Mention as MentionModel`,
          Merge: `${domain}Merge as MergeModel`,
          Evidence: `${domain}Evidence as EvidenceModel`,
          EvidencePath: `${domain}EvidencePath as EvidencePathModel`,
          Hop: `${domain}Hop as HopModel`,
          Step: `${domain}Step as StepModel`,
          Claim: `${domain}Claim as ClaimModel`,
          Answer: `${domain}Answer as AnswerModel`,
          Job: `${domain}Job as JobModel`,
          Conversation: '../conversation.ts#Conversation as ConversationModel',
          Turn: '../conversation.ts#Turn as TurnModel',
          Reference: '../conversation.ts#Reference as ReferenceModel',
          Clarification: '../conversation.ts#Clarification as ClarificationModel',
          ClarificationCandidate: '../conversation.ts#ClarificationCandidate as ClarificationCandidateModel',
          Locator: `${domain}Locator as LocatorModel`,
          UserError: `${domain}UserError as UserErrorModel`,
          JobItem: '../ports/ledger.ts#IngestItemState',
          ProjectionState: '../ports/ledger.ts#ProjectionState as ProjectionStateModel',
          GraphEdge: '../ports/graph-store.ts#GraphEdge as GraphEdgeModel',
          GraphNode: './measured-node.ts#MeasuredNode',
          Grounding: '../draw/grounding.ts#Grounding as GroundingModel',
          StatedRelation: '../retrieve/stated.ts#Stated as StatedModel',
          SimilarEntity: '../similar-entities.ts#SimilarEntity as SimilarEntityModel',
        },
      },
    },
  },
};
export default config;
