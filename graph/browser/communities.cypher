// What belongs together: the largest communities by their most central entities. First run: sensegraph graph analyse
MATCH (entity:Entity {tenant: $tenant}) WHERE entity.community IS NOT NULL
WITH entity ORDER BY entity.pageRank DESC
WITH entity.community AS community, count(*) AS entities, collect(entity.caption)[..8] AS central
RETURN community, entities, central ORDER BY entities DESC LIMIT 25
