// Entities that share most of what they are mentioned in and related to: two names of one thing, or close kin.
// First run: sensegraph graph analyse
MATCH (entity:Entity {tenant: $tenant}) WHERE entity.similar IS NOT NULL
UNWIND range(0, size(entity.similar) - 1) AS i
WITH entity, entity.similar[i] AS id, entity.similarity[i] AS similarity WHERE entity.id < id
MATCH (other:Sensegraph {tenant: $tenant, id: id})
RETURN entity.caption AS entity, other.caption AS other, similarity ORDER BY similarity DESC LIMIT 50
