// Edges of each node in both directions; read off the node's record, without visiting them.
UNWIND $ids AS id
MATCH (node:Sensegraph {tenant: $tenant, id: id})
RETURN id, COUNT { (node)-[:EDGE_TYPES]->() } + COUNT { (node)<-[:EDGE_TYPES]-() } AS degree
