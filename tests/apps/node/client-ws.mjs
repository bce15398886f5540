// ws as a client: text, binary, fragments, ping, a large message; then close, or wait to be closed.
// usage: node client-ws.mjs <ws url> [wait]   Prints "open", and at the end "closed <code>".
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import WebSocket from 'ws';

const [url, mode] = process.argv.slice(2);
const socket = new WebSocket(url, { perMessageDeflate: mode === 'deflate' });
const closed = once(socket, 'close');
await once(socket, 'open');

async function echo(data) {
  const reply = once(socket, 'message');
  socket.send(data);
  const [got, isBinary] = await reply;
  assert.equal(isBinary, typeof data !== 'string');
  assert.ok(Buffer.from(data).equals(got), 'echo');
}

await echo('hello');
await echo('ü'.repeat(200));
await echo(randomBytes(70_000));
for (let index = 0; index < 100; index++) await echo(`message ${index}`);

const pong = once(socket, 'pong');
socket.ping('are you there');
assert.equal((await pong)[0].toString(), 'are you there');

console.log('open');
if (mode === 'wait') {
  // Keeps the tunnel busy, so that the close frame has to find a frame boundary.
  const timer = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send(randomBytes(3000)), 5);
  socket.on('message', () => {});
  const [code] = await closed;
  clearInterval(timer);
  console.log(`closed ${code}`);
} else {
  socket.close(1000);
  const [code] = await closed;
  console.log(`closed ${code}`);
}
process.exit(0);
