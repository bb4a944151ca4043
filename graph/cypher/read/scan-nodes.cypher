// A page of nodes in the order of their ids.
MATCH (node:Sensegraph) WHERE node.tenant = $tenant AND node.id > $after
WITH node ORDER BY node.id LIMIT $limit
RETURN labels(node) AS labels, properties(node) AS properties
