// Said of one thing by the same word, but of different things: worth a look, though both may be true.
MATCH (subject:Entity {tenant: $tenant})-[relation:RELATES_TO]->(object:Entity)
WITH subject, relation.predicate AS predicate, collect(object.caption)[..10] AS objects, count(*) AS places
WHERE places > 1
RETURN subject.caption AS subject, predicate, objects ORDER BY places DESC LIMIT 50
