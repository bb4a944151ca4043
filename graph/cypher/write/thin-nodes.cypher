// Some edges of nodes that are to be deleted, where these have more than a transaction should hold in memory.
MATCH (node:Sensegraph)
WHERE node.tenant = $tenant AND node.id IN $ids
WITH collect(node) AS nodes, sum(COUNT { (node)--() }) AS edges
WHERE edges > $most
UNWIND nodes AS node
MATCH (node)-[edge]-()
WITH DISTINCT edge LIMIT $most
DELETE edge
RETURN count(edge) AS gone
