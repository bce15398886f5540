// Node's http client: reads lines {"id", "port", "method"}, asks for / and then /next on one kept connection, and writes a line
// {"id", "answers": [{status, length, hash, error}]}.
import { createHash } from 'node:crypto';
import http from 'node:http';
import { createInterface } from 'node:readline';

function ask(agent, port, method, path) {
  return new Promise((resolve) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, agent, maxHeaderSize: 256 * 1024 }, (response) => {
      const hash = createHash('sha256');
      let length = 0;
      response.on('data', (piece) => { hash.update(piece); length += piece.length; });
      response.on('end', () => resolve({ status: response.statusCode, length, hash: hash.digest('hex').slice(0, 16), error: null }));
      response.on('error', (error) => resolve({ status: response.statusCode, length, hash: '', error: error.code ?? error.message }));
    });
    request.setTimeout(5000, () => request.destroy(new Error('timeout')));
    request.on('error', (error) => resolve({ status: 0, length: 0, hash: '', error: error.code ?? error.message }));
    request.end();
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, port, method } = JSON.parse(line);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const answers = [await ask(agent, port, method, '/')];
  answers.push(await ask(agent, port, 'GET', '/next'));
  agent.destroy();
  console.log(JSON.stringify({ id, answers }));
}
