// Nodes of one label; what a node held before is replaced. rows: [{id, properties}], `properties` with tenant and id.
UNWIND $rows AS row
MERGE (node:Sensegraph {tenant: $tenant, id: row.id})
SET node = row.properties, node:NODE_LABEL
