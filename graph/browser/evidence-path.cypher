// The shortest ways between two entities, over relations and over passages that speak of both.
// Set their names first — :params {from: 'lantern bell', to: 'Westbrook'}
MATCH (from:Entity {tenant: $tenant}), (to:Entity {tenant: $tenant})
WHERE toLower(from.caption) = toLower($from) AND toLower(to.caption) = toLower($to)
MATCH path = SHORTEST 5 (from)-[:RELATES_TO|IS_A|CO_OCCURS|MENTIONS|ABOUT]-{1,6}(to)
RETURN path
