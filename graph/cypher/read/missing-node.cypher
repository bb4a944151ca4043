// One of the ids that no node has.
UNWIND $ids AS id
OPTIONAL MATCH (node:Sensegraph {tenant: $tenant, id: id})
WITH id, node WHERE node IS NULL
RETURN id LIMIT 1
