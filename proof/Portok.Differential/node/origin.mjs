// Node's http parser as an origin that tells what it has read: node origin.mjs PORT
import { createHash } from 'node:crypto';
import http from 'node:http';

const server = http.createServer({ maxHeaderSize: 256 * 1024 }, (request, response) => {
  const hash = createHash('sha256');
  let length = 0;
  request.on('error', () => {});
  request.on('data', (piece) => { hash.update(piece); length += piece.length; });
  // A message that does not end is not told of.
  request.on('end', () => {
    const target = Buffer.from(request.url, 'latin1').toString('base64');
    response.writeHead(200, { 'x-read': `${request.method} ${target} ${length} ${hash.digest('hex').slice(0, 16)}`, 'content-length': '0' });
    response.end();
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1');
