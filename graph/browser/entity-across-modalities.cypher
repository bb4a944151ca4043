// One entity, and where it is named, seen and heard. Set its name first — :param name => 'Thomas Miller'
MATCH (entity:Entity {tenant: $tenant})
WHERE toLower(entity.caption) = toLower($name) OR any(alias IN entity.aliases WHERE toLower(alias) = toLower($name))
MATCH path = (asset:Asset)-[:HAS_SEGMENT]->(:Segment)-[:MENTIONS|ABOUT]->(entity)
RETURN path LIMIT 100
