// Nodes without any edge. In a sound graph: none but assets without a segment.
MATCH (node:Sensegraph {tenant: $tenant}) WHERE NOT (node)--()
RETURN node LIMIT 100
