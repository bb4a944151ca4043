MATCH (node:Sensegraph) WHERE node.tenant = $tenant AND node.community IS NOT NULL
WITH node.community AS community, count(*) AS nodes ORDER BY nodes DESC, community
WITH collect({ community: community, size: nodes }) AS found
RETURN size(found) AS count, found[..$limit] AS largest
