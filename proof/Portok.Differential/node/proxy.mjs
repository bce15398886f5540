// npm http-proxy 1.18.1 with an agent that keeps connections: node proxy.mjs LISTEN:ORIGIN...
import http from 'node:http';
import httpProxy from 'http-proxy';

for (const pair of process.argv.slice(2)) {
  const [listen, origin] = pair.split(':').map(Number);
  const proxy = httpProxy.createProxyServer({
    target: { host: '127.0.0.1', port: origin },
    agent: new http.Agent({ keepAlive: true }),
    xfwd: true,
  });
  proxy.on('error', (error, request, response) => {
    // After a head has gone out the answer can only be cut; of an upgrade there is a bare socket.
    if (response.headersSent || !response.writeHead) response.destroy();
    else response.writeHead(502, { 'x-failed': error.code ?? 'unknown' }).end();
  });
  const server = http.createServer((request, response) => proxy.web(request, response));
  server.on('upgrade', (request, socket, head) => proxy.ws(request, socket, head));
  server.listen(listen, '127.0.0.1');
}
