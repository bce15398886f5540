// npm http-proxy 1.18.1 with an agent that keeps connections: node proxy.mjs LISTEN:ORIGIN...
import http from 'node:http';
import httpProxy from 'http-proxy';

// Thrown where nothing can catch it: a client waits for ever, and without this line every client's connection would end.
process.on('uncaughtException', (error) => console.error(`uncaught: ${error.code ?? ''} ${error.message}`));

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
  const server = http.createServer((request, response) => {
    // What http-proxy throws would end a process that does not catch it.
    try {
      proxy.web(request, response);
    } catch (error) {
      response.writeHead(500, { 'x-thrown': error.code ?? 'unknown' }).end();
    }
  });
  server.on('upgrade', (request, socket, head) => proxy.ws(request, socket, head));
  server.listen(listen, '127.0.0.1');
}
