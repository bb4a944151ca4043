// How much there is of each kind.
MATCH (node:Sensegraph {tenant: $tenant})
RETURN [label IN labels(node) WHERE label <> 'Sensegraph'][0] AS label, coalesce(node.modality, node.kind) AS kind, count(*) AS nodes
ORDER BY nodes DESC
