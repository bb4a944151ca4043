// One thread and one seed: the same graph gives the same communities.
CALL gds.leiden.write($graph, { writeProperty: 'community', relationshipWeightProperty: 'weight', randomSeed: 42, concurrency: 1 })
YIELD nodePropertiesWritten
RETURN nodePropertiesWritten AS written
