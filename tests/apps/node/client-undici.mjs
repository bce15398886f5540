// undici as a client: GET, HEAD, POST, chunked upload, download and pipelining. Prints "ok" or what was wrong.
// usage: node client-undici.mjs <base url> <version>
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { Client, fetch } from 'undici';

const [base, version] = process.argv.slice(2);

async function plain() {
  const response = await fetch(`${base}/version`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('x-app-version'), version);
  assert.equal(await response.text(), version);

  const head = await fetch(`${base}/version`, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), '');

  const empty = await fetch(`${base}/empty`);
  assert.equal(empty.status, 204);

  const followed = await fetch(`${base}/moved`);
  assert.equal(followed.redirected, true);
  assert.equal(await followed.text(), version);
}

async function bodies() {
  const body = randomBytes(100_000);
  const echo = await fetch(`${base}/echo`, { method: 'POST', body });
  assert.deepEqual(Buffer.from(await echo.arrayBuffer()), body);

  const pieces = Array.from({ length: 50 }, () => randomBytes(5000));
  const chunked = await fetch(`${base}/upload`, { method: 'POST', body: Readable.from(pieces), duplex: 'half' });
  const digest = createHash('sha256').update(Buffer.concat(pieces)).digest('hex');
  assert.equal(await chunked.text(), `250000 ${digest}`);

  for (const form of ['', '&chunked=1']) {
    const download = await fetch(`${base}/download?bytes=500000${form}`);
    const bytes = Buffer.from(await download.arrayBuffer());
    assert.equal(bytes.length, 500_000);
    assert.ok(bytes.every((value, index) => value === index % 251), 'download pattern');
  }
}

async function pipelined() {
  const client = new Client(base, { pipelining: 8 });
  const sizes = Array.from({ length: 40 }, (_, index) => index + 1);
  const answers = await Promise.all(sizes.map(async (bytes) => {
    const { statusCode, body } = await client.request({ path: `/download?bytes=${bytes}`, method: 'GET' });
    assert.equal(statusCode, 200);
    return (await body.arrayBuffer()).byteLength;
  }));
  assert.deepEqual(answers, sizes);
  await client.close();
}

await plain();
await bodies();
await pipelined();
console.log('ok');
process.exit(0);
