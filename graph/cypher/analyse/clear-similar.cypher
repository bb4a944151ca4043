MATCH (node:Entity) WHERE node.tenant = $tenant AND node.similar IS NOT NULL
CALL (node) { REMOVE node.similar, node.similarity } IN TRANSACTIONS OF 10000 ROWS
