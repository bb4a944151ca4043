// rows: [{id, pageRank, community, similar, similarity}]
UNWIND $rows AS row
MATCH (node:Sensegraph {tenant: $tenant, id: row.id})
SET node.pageRank = row.pageRank, node.community = row.community, node.similar = row.similar, node.similarity = row.similarity
