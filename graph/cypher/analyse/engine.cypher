// The procedures that are called, where the library is there.
SHOW PROCEDURES YIELD name
WHERE name IN ['gds.pageRank.write', 'gds.leiden.write', 'gds.nodeSimilarity.stream']
RETURN count(name) AS procedures
