// Edges of one type. rows: [{from, to, key}].
UNWIND $rows AS row
MATCH (:Sensegraph {tenant: $tenant, id: row.from})-[edge:EDGE_TYPE {key: row.key}]->(:Sensegraph {tenant: $tenant, id: row.to})
RETURN type(edge) AS type, row.from AS from, row.to AS to, properties(edge) AS properties
