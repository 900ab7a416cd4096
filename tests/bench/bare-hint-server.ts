import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least that carries a word from one machine to another: POST /, and every listener of GET / gets its body as an event. */
const listeners = new Set<ServerResponse>();
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
    return;
  }
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => (body += part));
  request.on('end', () => {
    for (const listener of listeners) listener.write(`data: ${body}\n\n`);
    response.end('{}');
  });
});
server.listen(0, '127.0.0.1', () => console.log(`ready ${(server.address() as AddressInfo).port}`)); // it listens on TCP
