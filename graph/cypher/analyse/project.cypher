// The tenant's graph in the engine's memory, each edge walked both ways by its weight.
MATCH (source:Sensegraph) WHERE source.tenant = $tenant AND source.id > '' AND NOT source:Conversation AND NOT source:Turn
OPTIONAL MATCH (source)-[edge]->(target)
RETURN gds.graph.project($graph, source, target,
  { relationshipProperties: CASE WHEN edge IS NULL THEN NULL ELSE { weight: edge.weight } END },
  { undirectedRelationshipTypes: ['*'] }) AS projected
