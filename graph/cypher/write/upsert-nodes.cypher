// Nodes of one label; what a node held before is replaced, but for what an analysis found about it.
// rows: [{id, properties}], `properties` with tenant and id.
UNWIND $rows AS row
MERGE (node:Sensegraph {tenant: $tenant, id: row.id})
WITH node, row, node { .pageRank, .community, .similar, .similarity } AS measures
SET node = row.properties, node += measures, node:NODE_LABEL
