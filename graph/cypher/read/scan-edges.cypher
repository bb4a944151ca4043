// All edges that leave the nodes.
UNWIND $ids AS id
MATCH (:Sensegraph {tenant: $tenant, id: id})-[edge]->(other)
RETURN type(edge) AS type, id AS from, other.id AS to, properties(edge) AS properties
