MATCH (node:Sensegraph) WHERE node.tenant = $tenant AND node.id > ''
RETURN count(node) AS nodes, sum(COUNT { (node)-->() }) AS edges
