// Nodes with their edges.
UNWIND $ids AS id
MATCH (node:Sensegraph {tenant: $tenant, id: id})
DETACH DELETE node
