// An app on Node's own http server with Node's own settings: node node-app.js PORT
'use strict';
const body = JSON.stringify({ ok: true });
require('node:http')
  .createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  })
  .listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });
