UNWIND $ids AS id
MATCH (node:Sensegraph {tenant: $tenant, id: id})
RETURN labels(node) AS labels, properties(node) AS properties
