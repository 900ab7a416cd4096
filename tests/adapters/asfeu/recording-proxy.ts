import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordingProxy {
  readonly url: string;
  readonly exchanges: { readonly method: string; readonly url: string; readonly requestHeaders: IncomingHttpHeaders; readonly requestBody: string; readonly status: number; readonly responseBody: string }[];
  readonly stop: () => Promise<void>;
}

/** Stands between two sides of a contract and writes down what they say. */
export async function recordingProxy(target: string): Promise<RecordingProxy> {
  const exchanges: RecordingProxy['exchanges'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void (async () => {
        const { method = 'GET', url = '/', headers } = request;
        const requestBody = Buffer.concat(chunks).toString();
        const passed = ['idempotency-key', 'content-type', 'accept', 'authorization'].flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]] as const] : []));
        const answer = await fetch(target + url, { method, headers: Object.fromEntries(passed), ...(method === 'GET' ? {} : { body: requestBody }) });
        const responseBody = await answer.text();
        exchanges.push({ method, url, requestHeaders: headers, requestBody, status: answer.status, responseBody });
        response.writeHead(answer.status, { 'content-type': 'application/json', ...(answer.headers.has('retry-after') ? { 'retry-after': answer.headers.get('retry-after') ?? '' } : {}) });
        response.end(responseBody);
      })();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
