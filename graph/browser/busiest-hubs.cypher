// The entities with most edges: a search doesn't walk through the busiest of them.
MATCH (entity:Entity {tenant: $tenant})
RETURN entity.caption AS entity, entity.kind AS kind, COUNT { (entity)--() } AS edges
ORDER BY edges DESC LIMIT 30
