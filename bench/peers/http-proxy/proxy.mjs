// npm http-proxy 1.18.1, the engine of npm portok, with an agent that keeps its connections: node proxy.mjs LISTEN ORIGIN
// One process, as npm portok is.
import http from 'node:http';
import httpProxy from 'http-proxy';

const [listen, origin] = process.argv.slice(2).map(Number);
const proxy = httpProxy.createProxyServer({
  target: { host: '127.0.0.1', port: origin },
  agent: new http.Agent({ keepAlive: true, maxSockets: 1024, maxFreeSockets: 1024 }),
  xfwd: true,
});
proxy.on('error', (error, request, response) => {
  if (response.headersSent || !response.writeHead) response.destroy();
  else response.writeHead(502, { 'content-type': 'text/plain' }).end(error.code ?? 'failed');
});
const server = http.createServer({ keepAliveTimeout: 300_000, requestTimeout: 0 }, (request, response) => proxy.web(request, response));
server.maxRequestsPerSocket = 0;
server.on('upgrade', (request, socket, head) => proxy.ws(request, socket, head));
server.listen({ port: listen, host: '127.0.0.1', backlog: 4096 });
