// Edges of one type; what an edge held before is replaced. rows: [{from, to, key, properties}], `properties` with key.
UNWIND $rows AS row
MATCH (from:Sensegraph {tenant: $tenant, id: row.from})
MATCH (to:Sensegraph {tenant: $tenant, id: row.to})
MERGE (from)-[edge:EDGE_TYPE {key: row.key}]->(to)
SET edge = row.properties
