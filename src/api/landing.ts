/** The page at `/`: no script, nothing from elsewhere. */
export function landingPage(version: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sensegraph</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #1c2630; }
  h1 { margin-bottom: 0; } small { color: #5b6b7a; }
  pre { background: #f2f5f7; padding: 1rem; overflow-x: auto; border-radius: .4rem; }
</style>
<h1>Sensegraph</h1>
<p><small>version ${version}</small></p>
<p>GraphQL is at <code>/graphql</code> (POST; subscriptions by WebSocket, graphql-transport-ws). Any GraphQL client can read the schema there.</p>
<pre>curl -s http://HOST/graphql -H 'content-type: application/json' \\
  -d '{"query":"{ health { ok version counts } }"}'</pre>
<p>Files go in by <code>createUpload</code>, a PUT to the URL it gives, then <code>ingest</code>. Questions go to <code>ask</code>. The state of the server is at <a href="/healthz">/healthz</a>.</p>
</html>
`;
}
