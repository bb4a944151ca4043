MATCH (node:Entity) WHERE node.tenant = $tenant AND node.pageRank IS NOT NULL
RETURN node.id AS id, node.caption AS caption, node.pageRank AS pageRank, node.community AS community
ORDER BY pageRank DESC, id LIMIT $limit
