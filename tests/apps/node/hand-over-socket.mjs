// Does what systemd does with a socket unit: opens the listening socket, and hands it to the program as descriptor 3.
// usage: node hand-over-socket.mjs <port> <program>
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';

const [port, program] = process.argv.slice(2);
const server = net.createServer();
server.listen(Number(port), '127.0.0.1');
await once(server, 'listening');
// LISTEN_PID must be the program's own id: exec keeps the shell's.
const child = spawn('/bin/sh', ['-c', 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$0"', program], {
  stdio: ['ignore', 'inherit', 'inherit', server._handle],
});
server.close();
process.on('SIGTERM', () => child.kill('SIGTERM'));
const [code] = await once(child, 'exit');
process.exit(code ?? 1);
