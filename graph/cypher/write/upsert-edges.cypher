// Edges of one type; what an edge held before is replaced. Rows whose ends are not both there write nothing, and are
// not counted. rows: [{from, to, key, properties}], `properties` with key.
UNWIND $rows AS row
MATCH (from:Sensegraph {tenant: $tenant, id: row.from})
MATCH (to:Sensegraph {tenant: $tenant, id: row.to})
MERGE (from)-[edge:EDGE_TYPE {key: row.key}]->(to)
SET edge = row.properties
RETURN count(edge) AS written
