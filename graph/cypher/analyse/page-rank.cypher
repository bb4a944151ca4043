CALL gds.pageRank.write($graph, { writeProperty: 'pageRank', relationshipWeightProperty: 'weight' })
YIELD nodePropertiesWritten
RETURN nodePropertiesWritten AS written
