// A small app on Node's own http server, with its default settings (keep-alive of 5 s included).
// PORT and APP_VERSION come from the environment. /ws is there when the package `ws` can be loaded.
'use strict';
const http = require('node:http');

const port = Number(process.env.PORT);
const version = process.env.APP_VERSION || 'v1';
if (!Number.isInteger(port) || port < 1 || port > 65535) {
  console.error('PORT must be a number from 1 to 65535.');
  process.exit(2);
}

let healthy = true;

function text(response, status, body) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

const routes = {
  'GET /': (request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>${version}</title><h1>${version}</h1><p>A Node app.</p>`);
  },
  'GET /version': (request, response) => text(response, 200, version),
  'GET /health': (request, response) => (healthy ? text(response, 200, 'ok') : text(response, 500, 'told to be unhealthy')),
  'POST /demo/unhealthy': (request, response) => { healthy = false; text(response, 200, 'unhealthy from now on'); },
  'POST /demo/healthy': (request, response) => { healthy = true; text(response, 200, 'healthy again'); },
  'POST /echo': (request, response) => {
    response.setHeader('content-type', request.headers['content-type'] || 'application/octet-stream');
    if (request.headers['content-length']) response.setHeader('content-length', request.headers['content-length']);
    request.pipe(response);
  },
  'GET /slow': (request, response, query) => {
    const ms = Math.min(Math.max(Number(query.get('ms') ?? 1000) || 0, 0), 600000);
    const timer = setTimeout(() => text(response, 200, version), ms);
    response.on('close', () => clearTimeout(timer));
  },
  'GET /events': (request, response) => {
    let number = 0;
    const send = () => response.write(`id: ${++number}\ndata: ${version} ${number}\n\n`);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    send();
    const timer = setInterval(send, 200);
    response.on('close', () => clearInterval(timer));
  },
};

const server = http.createServer((request, response) => {
  response.setHeader('x-app-version', version);
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const route = routes[`${request.method} ${pathname}`];
  if (route) route(request, response, searchParams);
  else text(response, 404, 'not found');
});

try {
  const { WebSocketServer } = require('ws');
  const sockets = new WebSocketServer({ server, path: '/ws' });
  sockets.on('connection', socket => socket.on('message', data => socket.send(`${version}: ${data}`)));
} catch (fault) {
  if (fault.code !== 'MODULE_NOT_FOUND') throw fault;
}

server.listen(port, '127.0.0.1', () => console.log(`${version} listens on 127.0.0.1:${port}`));
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    server.close();
    setTimeout(() => process.exit(0), 1000).unref();
    server.closeIdleConnections();
  });
}
