// An origin on Node's http module, with Node's own settings. See ../README.md for its paths.
import { createHash } from 'node:crypto';
import http from 'node:http';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    version: { type: 'string', default: 'v1' },
    mode: { type: 'string', default: 'keep' }, // keep | close | cut
    'idle-ms': { type: 'string' },
  },
});

const period = 251;
let health = 'ok';
const closes = [];

function pattern(offset, count) {
  const bytes = Buffer.allocUnsafe(count);
  for (let index = 0; index < count; index++) bytes[index] = (offset + index) % period;
  return bytes;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function download(query, response) {
  const bytes = Number(query.get('bytes'));
  const piece = Number(query.get('piece') ?? 32768);
  const everyMs = Number(query.get('everyMs') ?? 0);
  response.setHeader('content-type', 'application/octet-stream');
  if (query.get('chunked') !== '1') response.setHeader('content-length', bytes);
  for (let at = 0; at < bytes && !response.destroyed; at += piece) {
    const more = response.write(pattern(at, Math.min(piece, bytes - at)));
    if (!more) await new Promise((resolve) => { response.once('drain', resolve); response.once('close', resolve); });
    if (everyMs > 0) await pause(everyMs);
  }
  response.end();
}

async function upload(request, response) {
  const hash = createHash('sha256');
  let total = 0;
  for await (const piece of request) {
    hash.update(piece);
    total += piece.length;
  }
  response.end(`${total} ${hash.digest('hex')}`);
}

async function events(query, response) {
  response.setHeader('content-type', 'text/event-stream');
  const everyMs = Number(query.get('everyMs') ?? 100);
  for (let number = 0; !response.destroyed; number++) {
    response.write(`data: ${options.version} ${number}\n\n`);
    await pause(everyMs);
  }
}

async function answer(request, response) {
  const url = new URL(request.url, 'http://origin');
  response.setHeader('X-App-Version', options.version);
  if (options.mode === 'close') response.setHeader('connection', 'close');
  if (options.mode === 'cut') response.on('finish', () => request.socket.end());
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /version':
    case 'HEAD /version': return response.end(options.version);
    case 'GET /health':
      if (health === 'hang') return undefined;
      if (health === 'fail') response.statusCode = 500;
      return response.end(health);
    case 'POST /control/health':
      health = url.searchParams.get('state');
      return response.end();
    case 'POST /echo':
      if (request.headers['content-type']) response.setHeader('content-type', request.headers['content-type']);
      return request.pipe(response);
    case 'GET /download': return download(url.searchParams, response);
    case 'POST /upload': return upload(request, response);
    case 'GET /events': return events(url.searchParams, response);
    case 'GET /slow':
      await pause(Number(url.searchParams.get('ms')));
      return response.end(options.version);
    case 'GET /empty':
      response.statusCode = 204;
      return response.end();
    case 'GET /moved':
      response.writeHead(302, { location: '/version' });
      return response.end();
    case 'GET /ws/closes': return response.end(closes.join(' '));
    default:
      response.statusCode = 404;
      return response.end();
  }
}

const server = http.createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
if (options['idle-ms'] !== undefined) server.keepAliveTimeout = Number(options['idle-ms']);

new WebSocketServer({ server, path: '/ws' }).on('connection', (socket) => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  socket.on('close', (code) => closes.push(code));
});

server.listen(Number(options.port), '127.0.0.1');
