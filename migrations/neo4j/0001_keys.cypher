// Every node of Sensegraph bears this label beside its own, so that one index finds any of them.
CREATE CONSTRAINT sensegraph_key IF NOT EXISTS FOR (node:Sensegraph) REQUIRE (node.tenant, node.id) IS UNIQUE;

// For people who look for a name in Neo4j Browser; filled in the background, so that writes don't wait for it.
CREATE FULLTEXT INDEX sensegraph_names IF NOT EXISTS FOR (node:Entity) ON EACH [node.caption, node.aliases]
OPTIONS { indexConfig: { `fulltext.eventually_consistent`: true } };
