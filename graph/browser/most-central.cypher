// The entities that most ways lead through, and what joins them. First run: sensegraph graph analyse
MATCH (entity:Entity {tenant: $tenant}) WHERE entity.pageRank IS NOT NULL
WITH entity ORDER BY entity.pageRank DESC LIMIT 15
WITH collect(entity) AS central
UNWIND central AS one
OPTIONAL MATCH path = (one)-[:RELATES_TO|IS_A]-(other) WHERE other IN central
RETURN one, path
