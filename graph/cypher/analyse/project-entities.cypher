// Entities and what each is mentioned in or related to, whatever the direction.
MATCH (source:Entity) WHERE source.tenant = $tenant
MATCH (source)-[:MENTIONS|ABOUT|RELATES_TO|IS_A]-(target)
WITH DISTINCT source, target
RETURN gds.graph.project($graph, source, target) AS projected
