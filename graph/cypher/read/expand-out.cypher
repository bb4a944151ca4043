// The heaviest edges of one type out of each node.
UNWIND $ids AS id
MATCH (node:Sensegraph {tenant: $tenant, id: id})
CALL (node) {
  MATCH (node)-[edge:EDGE_TYPE]->(other)
  WHERE $predicates IS NULL OR edge.predicate IS NULL OR edge.predicate IN $predicates
  RETURN edge, other ORDER BY edge.weight DESC, other.id, edge.key LIMIT $fanout
}
RETURN type(edge) AS type, id AS from, other.id AS to, properties(edge) AS properties, other.id AS reached,
  COUNT { (other)-->() } + COUNT { (other)<--() } AS degree
