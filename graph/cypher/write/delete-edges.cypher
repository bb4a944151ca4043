// Edges of one type. rows: [{from, to, key}].
UNWIND $rows AS row
MATCH (from:Sensegraph {tenant: $tenant, id: row.from})
MATCH (to:Sensegraph {tenant: $tenant, id: row.to})
MATCH (from)-[edge:EDGE_TYPE {key: row.key}]->(to)
DELETE edge
