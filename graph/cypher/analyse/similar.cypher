// Jaccard index; an entity of more than $hub neighbours is compared with none.
CALL gds.nodeSimilarity.stream($graph, { topK: $topSimilar, upperDegreeCutoff: $hub })
YIELD node1, node2, similarity
WITH gds.util.asNode(node1) AS node, gds.util.asNode(node2).id AS other, similarity ORDER BY similarity DESC, other
WITH node, collect(other) AS similar, collect(similarity) AS similarities
CALL (node, similar, similarities) {
  SET node.similar = similar, node.similarity = similarities
} IN TRANSACTIONS OF 10000 ROWS
